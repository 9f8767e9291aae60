"""When the figures on a page were taken, and from what."""

from __future__ import annotations

import streamlit as st

from section11.reports.figures import CycleFigures
from section11.ui.cache import office
from section11.ui.words import count_of, saved_at


def show_taken(numbers: CycleFigures) -> None:
    st.caption(
        f"Taken at {saved_at(numbers.taken_at, office().clock())} from "
        f"{count_of(numbers.returns_counted, 'submitted return')} of {numbers.returns_expected} expected."
    )
