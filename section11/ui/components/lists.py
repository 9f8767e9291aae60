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


def searched(rows: Sequence[Row], text_of: Callable[[Row], str], *, key: str, most: int = ROWS_ON_A_PAGE) -> list[Row]:
    """Draw a search box over a list of more than ``most`` rows and return those whose text has every word typed."""
    if len(rows) <= most and not st.session_state.get(key):
        return list(rows)
    words = (st.text_input("Search", key=key, type="search") or "").casefold().split()
    if not words:
        return list(rows)
    return [row for row in rows if all(word in text_of(row).casefold() for word in words)]


def paged(rows: Sequence[Row], noun: str, plural: str = "", *, key: str, most: int = ROWS_ON_A_PAGE) -> list[Row]:
    """Return the rows of the chosen page, ``most`` on each, and draw the choice; ``noun`` says what a row is."""
    if not rows:
        st.write("Nothing matches.")
        return []
    pages = (len(rows) + most - 1) // most
    if pages == 1:
        return list(rows)
    st.caption(f"{count_of(len(rows), noun, plural)}, {most} on a page")
    number = st.pagination(pages, key=key)
    return list(rows[(number - 1) * most : number * most])
