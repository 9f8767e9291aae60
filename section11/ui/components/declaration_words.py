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
        key = f"page.declaration.{partnership_id}"
        # What this person began from, however often the page is drawn again.
        shown = st.session_state.setdefault(f"{key}.shown", words)
        with st.form(key, enter_to_submit=False):
            label = f"Declaration of {plain(names[partnership_id])}"
            changed = st.text_area(label, value=shown, height=130, key=f"{key}.words")
            if st.form_submit_button("Save the declaration"):
                with shown_as_message():
                    change_declaration(office(), user, partnership_id, changed or "", instead_of=shown)
                    for kept in (f"{key}.shown", f"{key}.words"):
                        st.session_state.pop(kept, None)
                    remember_success("The declaration is saved. Returns signed from now on carry these words.")
                    st.rerun()
