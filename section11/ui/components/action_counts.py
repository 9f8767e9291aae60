"""How many actions an organisation still has open, on the home page."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.services.actions import count_own_actions
from section11.ui.cache import office
from section11.ui.components.action_reading import totals_words
from section11.ui.navigation import page_path
from section11.ui.words import plain


def show_own_actions(user: User) -> None:
    """Draw the open and overdue actions of each organisation of the person; nothing where none is open."""
    counts = [(organisation, totals) for organisation, totals in count_own_actions(office(), user) if totals.open]
    if not counts:
        return
    st.subheader("Your actions")
    for organisation, totals in counts:
        overdue = ":red-badge[Overdue] " if totals.overdue else ""
        st.markdown(f"{overdue}{plain(organisation.name)}: **{totals_words(totals)}**.")
    st.page_link(page_path("actions.py"), label="Say what became of them")
