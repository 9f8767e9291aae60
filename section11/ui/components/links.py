"""Links that leave Streamlit: downloads, and the sign-in page."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st


def download_link(label: str, path: str, *, key: str, primary: bool = False) -> None:
    """Draw a button that downloads from one of our own routes, which checks the right again."""
    st.link_button(label, path, key=key, icon=":material/download:", type="primary" if primary else "secondary")


def return_download_path(assessment_id: str) -> str:
    return f"/downloads/returns/{quote(assessment_id)}.xlsx"


def return_pdf_path(assessment_id: str) -> str:
    return f"/downloads/returns/{quote(assessment_id)}.pdf"


def history_download_path(assessment_id: str) -> str:
    return f"/downloads/histories/{quote(assessment_id)}.xlsx"


def blank_download_path(assessment_id: str) -> str:
    return f"/downloads/blank-returns/{quote(assessment_id)}.xlsx"


def blank_pdf_download_path(assessment_id: str) -> str:
    return f"/downloads/blank-returns/{quote(assessment_id)}.pdf"


def set_download_path(set_id: str, organisation_type: str, file_format: str) -> str:
    return f"/downloads/sets/{quote(set_id)}/{quote(organisation_type)}.{file_format}"


def workbook_download_path(cycle_id: str) -> str:
    return f"/downloads/cycles/{quote(cycle_id)}.xlsx"


def data_download_path(cycle_id: str, file_format: str) -> str:
    return f"/downloads/cycles/{quote(cycle_id)}/data/{file_format}"
