"""Every table of a cycle as open data, in the format a person's program reads."""

from __future__ import annotations

import streamlit as st

from section11.ui.components.links import data_download_path, download_link

_FORMATS = {
    "csv": "CSV with datapackage.json",
    "ods": "OpenDocument (ODS)",
    "json": "JSON",
}


def data_downloads(cycle_id: str) -> None:
    """Draw the downloads, folded in."""
    with st.expander("Download the same as open data"):
        st.markdown(
            "Organisations, returns, questions, answers, results, actions, moderation and a data dictionary, each as "
            "a table with typed columns, complete."
        )
        with st.container(horizontal=True):
            for file_format, label in _FORMATS.items():
                download_link(label, data_download_path(cycle_id, file_format), key=f"page.data.{file_format}")
