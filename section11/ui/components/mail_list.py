"""The e-mails of a partnership: those that could not be delivered with what to do, and the list of all."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from section11.domain.mail import MAIL_TITLES, MailRecord, what_became_of
from section11.domain.people import User
from section11.services.mail_overview import MOST_SHOWN, MailLine, MailOverview, try_again
from section11.ui.cache import office
from section11.ui.components.lists import height_of, paged, searched
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.words import count_of, plain, saved_at


def show_mails(user: User, overview: MailOverview) -> None:
    """Draw what became of the e-mails, the latest first."""
    if not overview.lines:
        st.header("What was sent")
        st.write("No e-mail yet. The first is made when you invite somebody or open a cycle.")
        return
    failed = [one for one in overview.lines if one.record.given_up_at is not None]
    if failed:
        _show_failed(user, failed)
    st.header("What waits and what was sent")
    st.markdown(f"{_waiting(overview.waiting)}, {overview.given_up:,} could not be delivered.")
    why = next((one.record.last_fault for one in overview.lines if one.record.due_at and one.record.last_fault), "")
    if why:
        st.warning(f"The last try to send what waits did not succeed. {plain(why)}")
    lines = searched(overview.lines, lambda one: f"{one.name} {one.masked_email} {_kind(one)}", key="page.search")
    if not lines:
        st.write("Nothing matches.")
        return
    now = office().clock()
    rows = [
        {
            "Made": saved_at(one.record.made_at, now),
            "E-mail": _kind(one),
            "What became of it": _state(one.record, now),
            "To": f"{one.name}, {one.masked_email}",
        }
        for one in lines
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, height=height_of(len(rows)), alt="E-mails, the latest first")
    if len(overview.lines) == MOST_SHOWN:
        st.caption(f"These are the latest {MOST_SHOWN:,}.")


def _show_failed(user: User, failed: list[MailLine]) -> None:
    st.header("Could not be delivered")
    for one in paged(failed, "e-mail", key="page.failed", most=5):
        with st.container(border=True):
            whom = f"**{plain(_kind(one))}** to {plain(one.name)}, {plain(one.masked_email)}"
            st.markdown(f"{whom}  \n{plain(one.record.last_fault)}")
            if not one.may_be_tried_again:
                st.markdown("Its link is erased. Make a new one for this person on the page People.")
            elif st.button(f"Try again to reach {plain(one.name)}", key=f"page.again.{one.record.id}"):
                with shown_as_message():
                    try_again(office(), user, one.record.id)
                    remember_success("It waits to be sent again.")
                    st.rerun()


def _waiting(number: int) -> str:
    return f"{count_of(number, 'e-mail')} waiting to be sent" if number else "Nothing waits to be sent"


def _kind(line: MailLine) -> str:
    return MAIL_TITLES[line.record.kind]


def _state(record: MailRecord, now: datetime) -> str:
    if record.sent_at is not None:
        return f"Sent {saved_at(record.sent_at, now)}"
    return what_became_of(sent_at=None, given_up_at=record.given_up_at, due_at=record.due_at)
