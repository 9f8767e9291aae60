"""Offering a person their own Excel file back, with what is wrong marked in its cells."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from section11.errors import Problem
from section11.services.downloads import XLSX
from section11.services.excel_returns import file_with_marks


def offer_marked_copy(content: bytes, problems: Sequence[Problem], filename: str, *, key: str) -> None:
    """Draw a button that makes the copy when it is pressed. Nothing of the file is kept on the server."""
    st.download_button(
        "Download your file with these cells marked",
        lambda: file_with_marks(content, problems, filename).content,
        file_name=f"{filename.removesuffix('.xlsx')}-to-put-right.xlsx",
        mime=XLSX,
        on_click="ignore",
        key=key,
    )
