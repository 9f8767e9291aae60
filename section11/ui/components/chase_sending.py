"""Sending a reminder of the chase list as an e-mail, and telling who did so today."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from section11.domain.cycles import Cycle
from section11.domain.people import User
from section11.permissions import Right, may
from section11.services.chase_mails import SentToday, send_chase_mail, sent_today
from section11.services.places import cycle_place
from section11.ui.cache import office
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.words import count_of, plain


def reminded_today(user: User, cycle: Cycle, assessment_ids: Collection[str]) -> dict[str, SentToday]:
    """Return who sent the reminders of these returns today; nothing for those who do not send any."""
    if office().mail is None or not may(user, Right.REMIND, cycle_place(cycle)):
        return {}
    return sent_today(office(), user, cycle.id, assessment_ids)


def send_button(user: User, assessment_id: str, sent: SentToday | None) -> None:
    """Draw the button that sends a reminder to the people of the return; nothing where mail is not set up."""
    if office().mail is None:
        return
    if sent:
        st.success(f"{plain(str(sent))}.")
    # Two buttons: a press on a page from before somebody else sent it must not count as a wish to send it once more.
    label, name = ("Send it once more", "again") if sent else ("Send this as e-mail", "first")
    if st.button(label, key=f"page.send.{name}.{assessment_id}", icon=":material/send:"):
        with shown_as_message():
            people = send_chase_mail(office(), user, assessment_id, once_more=sent is not None)
            remember_success(f"The reminder is on its way to {count_of(people, 'person', 'people')}.")
            st.rerun()
    st.caption("It goes to the people of this return whose turn it is, one e-mail each.")
