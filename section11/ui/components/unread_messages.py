"""How many messages on answers a person has not read, with links to them."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.services.queries import Unread, list_unread
from section11.ui.cache import office
from section11.ui.navigation import page_path
from section11.ui.words import count_of, plain


def show_unread(user: User) -> None:
    """Draw a line for each return with unread messages; nothing when all is read."""
    found = list_unread(office(), user)
    if not found:
        return
    st.subheader(f"{count_of(sum(one.count for one in found), 'new message')}")
    for one in found:
        _line(one)


def _line(one: Unread) -> None:
    about = ", ".join(one.question_ids)
    label = f"{plain(one.organisation_name)}, {plain(one.cycle_name)}: {one.count} new about {plain(about)}"
    if one.is_own:
        address = {"assessment": one.assessment_id, "standard": one.standard_id, "question": one.question_ids[0]}
        st.page_link(page_path("assessment.py"), label=label, query_params=address)
    else:
        st.page_link(page_path("queries.py"), label=label, query_params={"cycle": one.cycle_id})
