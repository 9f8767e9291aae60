"""Page: what scrutiny asked about the returns of a cycle, and what came back."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.permissions import Right
from section11.services.queries import ReturnThreads, list_threads
from section11.ui.cache import office
from section11.ui.components.choosing import chosen_cycle
from section11.ui.components.lists import paged, searched
from section11.ui.components.query_threads import show_scrutiny_thread
from section11.ui.navigation import page_path
from section11.ui.session import page_state, require_user
from section11.ui.words import count_of, plain


def main(user: User) -> None:
    page_state("queries")
    st.title("Questions and notes")
    cycle = chosen_cycle(user, Right.READ_RETURNED)
    if cycle is None:
        st.write("No cycle has been opened yet. When returns come in, you can ask about their answers.")
        return
    found = list_threads(office(), user, cycle.id)
    if not found:
        st.write("Nothing has been asked in this cycle yet. Open a submitted return to ask about an answer.")
        return
    unread = sum(one.unread for one in found)
    st.markdown(
        f"{plain(cycle.name)}: {count_of(len(found), 'return')} with questions or notes, "
        f"{count_of(unread, 'new message')}. Returns with new messages come first."
    )
    rows = searched(found, lambda one: one.organisation_name, key="page.search")
    for one in paged(rows, "return", key="page.page"):
        _threads(user, one)


def _threads(user: User, one: ReturnThreads) -> None:
    st.header(plain(one.organisation_name))
    if one.is_returned:
        address = {"assessment": one.assessment_id}
        st.page_link(page_path("organisation.py"), label="Open the return, to ask more", query_params=address)
    else:
        st.caption("The organisation is working on this return. Its replies are below; its answers are not yet yours.")
    for thread in one.threads:
        show_scrutiny_thread(user, thread)


if __name__ == "__main__":
    main(require_user())
