"""When the figures on a page were taken, and from what."""

from __future__ import annotations

import streamlit as st

from section11.reports.figures import CycleFigures
from section11.ui.words import saved_at


def show_taken(numbers: CycleFigures) -> None:
    st.caption(
        f"Taken at {saved_at(numbers.taken_at)} from {numbers.returns_counted} submitted returns "
        f"of {numbers.returns_expected} expected."
    )
