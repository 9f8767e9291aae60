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


def results_download_path(assessment_id: str) -> str:
    return f"/downloads/results/{quote(assessment_id)}.csv"


def history_download_path(assessment_id: str) -> str:
    return f"/downloads/histories/{quote(assessment_id)}.xlsx"


def blank_download_path(assessment_id: str) -> str:
    return f"/downloads/blank-returns/{quote(assessment_id)}.xlsx"


def blank_pdf_download_path(assessment_id: str) -> str:
    return f"/downloads/blank-returns/{quote(assessment_id)}.pdf"


def set_download_path(set_id: str, organisation_type: str, file_format: str) -> str:
    return f"/downloads/sets/{quote(set_id)}/{quote(organisation_type)}.{file_format}"


def board_pack_path(cycle_id: str, number: int) -> str:
    """Return where a board pack is shown in the browser; number 0 is the draft."""
    return f"/board-packs/{quote(cycle_id)}/{number or 'draft'}"


def board_pack_download_path(cycle_id: str, number: int, form: str, *, for_sharing: bool = False) -> str:
    copy = "/for-sharing" if for_sharing else ""
    return f"/downloads/board-packs/{quote(cycle_id)}/{number or 'draft'}{copy}.{form}"


def workbook_download_path(cycle_id: str) -> str:
    return f"/downloads/cycles/{quote(cycle_id)}.xlsx"


def letter_path(assessment_id: str, letter_format: str) -> str:
    return f"/downloads/letters/{quote(assessment_id)}.{letter_format}"


def letter_bundle_path(bundle_id: str) -> str:
    return f"/downloads/letter-bundles/{quote(bundle_id)}.zip"


def letter_template_path(partnership_id: str) -> str:
    return f"/downloads/letter-templates/{quote(partnership_id)}.docx"


def data_download_path(cycle_id: str, file_format: str) -> str:
    return f"/downloads/cycles/{quote(cycle_id)}/data/{file_format}"


def personal_data_path(person_id: str) -> str:
    return f"/downloads/people/{quote(person_id)}.zip"
