"""One field that reads differently, before and after."""

from __future__ import annotations

import streamlit as st

from section11.reports.return_changes import ChangedField
from section11.reports.word_differences import Stretch
from section11.ui.components.text_difference import drawn
from section11.ui.words import plain


def show_field(field: ChangedField) -> None:
    """Draw how one thing read before and after: marked word by word, in one line, or side by side."""
    if field.parts is not None:
        st.markdown(f"{field.title}: " + " ".join(drawn(one) for one in field.parts))
    elif not field.before or not field.after or max(len(field.before), len(field.after)) <= 60:
        st.markdown(f"{field.title}: {drawn(Stretch(_line(field.before), _line(field.after)))}")
    else:
        left, right = st.columns(2)
        left.markdown(f"{field.title}, before: {plain(field.before)}")
        right.markdown(f"{field.title}, now: {plain(field.after)}")


def _line(words: str) -> str:
    """Marks hold within one line only."""
    return " ".join(words.split())
