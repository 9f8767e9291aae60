"""The reminders of a cycle: what comes next, whom it would go to, and changing the days and the people."""

from __future__ import annotations

import streamlit as st

from section11.domain.cycles import Cycle, CycleStatus
from section11.domain.people import ROLE_TITLES, Role, User
from section11.domain.reminders import ReminderSchedule
from section11.domain.uk_time import long_date
from section11.services.reminder_schedules import (
    ReminderView,
    change_reminders,
    preview_reminders,
    view_reminders,
)
from section11.services.reminders import PlannedReminder
from section11.ui.cache import office
from section11.ui.components.lists import paged
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.session import page_state
from section11.ui.words import count_of, plain

ROLES = (Role.CONTRIBUTOR, Role.APPROVER)


def show_reminders(user: User, cycle: Cycle) -> None:
    """Draw the reminders of a cycle that is being prepared or open; nothing for one that is closed."""
    if cycle.status is CycleStatus.CLOSED:
        return
    view = view_reminders(office(), user, cycle.id)
    st.markdown(plain(next_words(view)))
    with st.expander("Reminders by e-mail", key=f"page.reminders.{cycle.id}"):
        if not view.is_mail_set_up:
            st.info("E-mail is not set up here, so nobody is reminded yet. Whoever runs the server can set it up.")
        _change(user, cycle, view.schedule)
        is_open = cycle.status is CycleStatus.OPEN
        # Drawn only when asked for: it reads the people of every organisation.
        if is_open and st.toggle("Show whom a reminder would go to today", key=f"page.reminded.{cycle.id}"):
            _preview(preview_reminders(office(), user, cycle.id), cycle)


def next_words(view: ReminderView) -> str:
    """Return "Next: 12 returns will be reminded on 3 October 2026", or why nothing comes next."""
    if not view.schedule.is_on:
        return "Reminders are switched off."
    if view.next_day is None:
        return "No further reminder is to come."
    day = "today" if view.next_day == view.today else f"on {long_date(view.next_day)}"
    if view.cycle.status is CycleStatus.PREPARING:
        return f"Reminders begin {day}, if the cycle is open then."
    if not view.waiting:
        return "Every return is in, so nobody is reminded."
    if not view.is_mail_set_up:
        return f"Reminders would go out {day}, but e-mail is not set up."
    return f"Next: {count_of(view.waiting, 'return')} will be reminded {day}, unless they come in before."


def _change(user: User, cycle: Cycle, schedule: ReminderSchedule) -> None:
    # What this person began from, however often the page is drawn again.
    state, name = page_state("cycles"), f"reminders of {cycle.id}"
    opened: ReminderSchedule = state.setdefault(name, schedule)
    keys = {one: f"page.schedule.{cycle.id}.{one}" for one in ("on", "before", "after", "roles")}
    with st.form(f"page.schedule.{cycle.id}", enter_to_submit=False, border=False):
        is_on = st.checkbox("Remind organisations whose return is still to come", value=opened.is_on, key=keys["on"])
        left, right = st.columns(2)
        before = left.text_input(
            "Days before the due date", value=_written(opened.before), placeholder="28, 14, 3", key=keys["before"]
        )
        after = right.text_input(
            "Days after the due date", value=_written(opened.after), placeholder="1, 7, 14", key=keys["after"]
        )
        roles = st.multiselect(
            "Whom to remind",
            ROLES,
            default=[role for role in ROLES if role in opened.roles],
            format_func=lambda role: ROLE_TITLES[role],
            help="Where nobody has the role, the others of the organisation are reminded. A return that only waits for "
            "its signature is a matter of its approvers.",
            key=keys["roles"],
        )
        if st.form_submit_button("Save the reminders"):
            with shown_as_message():
                change_reminders(
                    office(),
                    user,
                    cycle.id,
                    is_on=is_on,
                    before=before or "",
                    after=after or "",
                    roles=roles,
                    instead_of=opened,
                )
                for key in keys.values():
                    st.session_state.pop(key, None)
                state.pop(name)
                remember_success(f"The reminders of {cycle.name} are saved.")
                st.rerun()


def _preview(planned: tuple[PlannedReminder, ...], cycle: Cycle) -> None:
    if not planned:
        st.write("Nobody: every return is in, or nobody of the organisations has an account that wants reminders.")
        return
    returns = {late.assessment_id for one in planned for late in one.returns}
    people = count_of(len(planned), "person", "people")
    st.markdown(f"{people} about {count_of(len(returns), 'return')}, one e-mail each:")
    for one in paged(planned, "person", "people", key=f"page.reminded.list.{cycle.id}"):
        names = ", ".join(late.organisation_name for late in one.returns)
        st.markdown(f"- **{plain(one.to.name)}**: {plain(names)}")


def _written(days: tuple[int, ...]) -> str:
    return ", ".join(str(day) for day in days)
