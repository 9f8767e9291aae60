"""The cell of a heat map that is chosen: what it says in words, and the way to the answers behind it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from section11.reports.figures import OrganisationFigures
from section11.ui.navigation import page_path
from section11.ui.words import plain


def show_cell(organisation: OrganisationFigures, subject: str, titles: Mapping[str, str]) -> None:
    """Draw links from an organisation's row, or from its cell under ``subject``, to its answers and its profile."""
    with st.container(border=True, key="heat-map-cell"):
        about = f": {plain(titles[subject])}" if subject else ""
        st.markdown(f"**{plain(organisation.name)}**{about}")
        if not organisation.counts:
            st.write("Its return is not submitted, so there is no answer to read yet.")
            return
        with st.container(horizontal=True):
            address = {"assessment": organisation.assessment_id}
            asked = address | ({"about": subject} if subject else {})
            label = f"Read its answers to {subject}" if subject else "Read its answers"
            st.page_link(page_path("organisation.py"), label=plain(label), query_params=asked)
            st.page_link(page_path("profile.py"), label="See its profile", query_params=address)
