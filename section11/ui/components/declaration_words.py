"""The words that approvers sign, for the administrator to change."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.permissions import Right
from section11.services.declarations import change_declaration, list_declarations
from section11.services.directory import managed_partnerships
from section11.ui.cache import office
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.words import plain


def show_declarations(user: User) -> None:
    """Draw a form for each partnership whose declaration this person may change."""
    names = {one.id: one.name for one in managed_partnerships(office(), user, Right.CHANGE_DECLARATION)}
    words_by_partnership = list_declarations(office(), user)
    if not words_by_partnership:
        return
    st.subheader("Declaration")
    st.write("What an approver agrees to when signing a return. Clear the box to go back to the usual words.")
    for partnership_id, words in words_by_partnership.items():
        with st.form(f"page.declaration.{partnership_id}", enter_to_submit=False):
            changed = st.text_area(f"Declaration of {plain(names[partnership_id])}", value=words, height=130)
            if st.form_submit_button("Save the declaration"):
                with shown_as_message():
                    change_declaration(office(), user, partnership_id, changed or "")
                    remember_success("The declaration is saved. Returns signed from now on carry these words.")
                    st.rerun()
