"""Helping somebody back in, and ending the access of somebody who left."""

from __future__ import annotations

import streamlit as st

from section11.config import settings
from section11.domain.people import Person, User
from section11.services.invitations import create_invitation
from section11.services.leaving import end_access, list_leavers, reopen_account
from section11.services.second_steps import remove_second_step
from section11.ui.cache import office
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.components.personal_data import show_personal_data
from section11.ui.words import count_of, plain


def care_for(user: User, person: Person, *, manages_people: bool) -> None:
    """Draw what can be done for one person of the list; nothing for the person at the screen."""
    if person.id == user.id:
        return
    rest = ", end their access, or see what is kept about them" if manages_people else ", or end their access"
    with st.expander(f"Help {plain(person.name)} to sign in{rest}"):
        _new_link(user, person)
        if manages_people:
            _remove_step(user, person)
        _end(user, person)
        if manages_people:
            show_personal_data(user, person)


def show_leavers(user: User) -> None:
    """Draw the people whose account is closed, with opening it again."""
    leavers = list_leavers(office(), user)
    if not leavers:
        return
    st.header("People who have left")
    st.markdown("Their accounts are closed and kept: what they wrote and signed stays theirs.")
    for person in leavers:
        with st.container(border=True):
            st.markdown(f"**{plain(person.name)}**, {plain(person.email)}")
            if st.button(f"Open the account of {plain(person.name)} again", key=f"page.reopen.{person.id}"):
                with shown_as_message():
                    reopen_account(office(), user, person.id)
                    remember_success(f"{person.name} has an account again, without a role. Invite them to give one.")
                    st.rerun()
            with st.expander(f"What is kept about {plain(person.name)}"):
                show_personal_data(user, person)


def _new_link(user: User, person: Person) -> None:
    st.markdown(
        "**Forgotten the password, or lost the invitation?** Make a link with which they choose a password. It works "
        "once. Speak to them first, so that you know it is them."
    )
    if st.button(f"Make a link for {plain(person.name)}", key=f"page.link.{person.id}"):
        with shown_as_message():
            path = create_invitation(office(), user, person.id)
            if office().mail:
                st.success(f"An e-mail with the link is on its way to {plain(person.email)}.")
                return
            st.markdown("Send this link to them and to nobody else:")
            st.code(settings().base_url + path, language=None, wrap_lines=True)


def _remove_step(user: User, person: Person) -> None:
    st.markdown("**Lost the phone and the recovery codes?** Remove the second step; they can set it up anew.")
    if st.button(f"Remove two-step sign-in of {plain(person.name)}", key=f"page.step.{person.id}"):
        with shown_as_message():
            remove_second_step(office(), user, person.id)
            st.success("Removed. They are signed out, and sign in with their password alone next time.")


def _end(user: User, person: Person) -> None:
    st.markdown("**Have they left?** Their roles here end and they are signed out at once. Nothing they wrote is lost.")
    is_sure = st.checkbox(f"Yes, {plain(person.name)} has left", key=f"page.left.{person.id}")
    if st.button(f"End the access of {plain(person.name)}", key=f"page.end.{person.id}", disabled=not is_sure):
        with shown_as_message():
            left = end_access(office(), user, person.id)
            closed = " The account is closed." if left.is_closed else " They keep their roles elsewhere."
            remember_success(f"{person.name}: {count_of(left.ended, 'role')} ended.{closed}")
            st.rerun()
