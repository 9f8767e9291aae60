"""How a text changed: words that are gone are struck out, words that are new are bold."""

from __future__ import annotations

import streamlit as st

from section11.reports.word_differences import Stretch, stretches
from section11.ui.words import plain

LEGEND = "~~Struck out~~ is gone, **bold** is new."


def show_difference(before: str, after: str, *, was: str) -> None:
    """Draw a text with its changes, or the text before under ``was`` where the two have little in common."""
    found = stretches(before, after)
    if found is None:
        st.markdown(f"**{was}:** {plain(before)}")
        return
    st.markdown(f"**Changed since:** {' '.join(drawn(one) for one in found)}")
    st.caption(LEGEND)


def drawn(one: Stretch) -> str:
    """Return Markdown for one stretch of words."""
    if one.is_same:
        return plain(one.come)
    gone = f"~~{plain(one.gone)}~~" if one.gone else ""
    come = f"**{plain(one.come)}**" if one.come else ""
    return f"{gone} {come}".strip()
