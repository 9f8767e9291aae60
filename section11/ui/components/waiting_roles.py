"""Roles that wait for their one-time link to be used, with withdrawing them and making a new link."""

from __future__ import annotations

import streamlit as st

from section11.config import settings
from section11.domain.people import ROLE_TITLES, User
from section11.domain.uk_time import long_date, uk_date
from section11.services.waiting_roles import (
    WaitingRole,
    list_waiting_roles,
    renew_waiting_role,
    withdraw_waiting_role,
)
from section11.ui.cache import office
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.words import plain

NEW_LINK = "page.waiting.new"


def show_waiting_roles(user: User) -> None:
    """Draw what was offered to people who have an account and was not taken up; nothing where nothing waits."""
    waiting = list_waiting_roles(office(), user)
    if not waiting:
        return
    st.header("Roles that wait")
    st.markdown("Somebody who has an account already takes up a further role with the link you sent them.")
    for one in waiting:
        _line(user, one)


def _line(user: User, one: WaitingRole) -> None:
    roles = ", ".join(f"{ROLE_TITLES[role]}, {place}" for role, place in one.roles)
    until = long_date(uk_date(one.until))
    state = f"The link ran out on {until}." if one.has_run_out else f"Waiting for the link to be used until {until}."
    key = f"page.waiting.{one.link_id[:16]}"
    with st.container(border=True):
        st.markdown(f"**{plain(one.email)}**: {plain(roles)}  \n{state}")
        made_for, address = st.session_state.get(NEW_LINK, ("", ""))
        with st.container(horizontal=True):
            if st.button(f"Make a new link for {plain(one.email)}", key=f"{key}.renew"):
                with shown_as_message():
                    path = renew_waiting_role(office(), user, one.link_id)
                    st.session_state[NEW_LINK] = (f"{one.email} {roles}", settings().base_url + path)
                    st.rerun()
            if st.button(f"Withdraw the role of {plain(one.email)}", key=f"{key}.withdraw"):
                with shown_as_message():
                    withdraw_waiting_role(office(), user, one.link_id)
                    remember_success(f"Withdrawn. The link sent to {one.email} opens nothing any more.")
                    st.rerun()
        if made_for == f"{one.email} {roles}":
            st.markdown("Send this new link to them and to nobody else. The one before opens nothing any more.")
            st.code(address, language=None, wrap_lines=True)
