"""Long lists: a search box and pages, when there are more than twenty rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from section11.ui.words import count_of

ROWS_ON_A_PAGE = 20
Row = TypeVar("Row")


def height_of(rows: int) -> int:
    """Return the height in pixels of a data frame that shows all its rows, up to a screenful."""
    return min(36 * rows + 40, 720)


def searched(rows: Sequence[Row], text_of: Callable[[Row], str], *, key: str) -> list[Row]:
    """Draw a search box over a long list and return the rows whose text has every word typed."""
    if len(rows) <= ROWS_ON_A_PAGE and not st.session_state.get(key):
        return list(rows)
    words = (st.text_input("Search", key=key, type="search") or "").casefold().split()
    return [row for row in rows if all(word in text_of(row).casefold() for word in words)]


def paged(rows: Sequence[Row], noun: str, plural: str = "", *, key: str) -> list[Row]:
    """Return the rows of the chosen page and draw the choice of pages; ``noun`` says what a row is."""
    if not rows:
        st.write("Nothing matches.")
        return []
    pages = (len(rows) + ROWS_ON_A_PAGE - 1) // ROWS_ON_A_PAGE
    if pages == 1:
        return list(rows)
    st.caption(f"{count_of(len(rows), noun, plural)}, {ROWS_ON_A_PAGE} on a page")
    number = st.pagination(pages, key=key)
    return list(rows[(number - 1) * ROWS_ON_A_PAGE : number * ROWS_ON_A_PAGE])
