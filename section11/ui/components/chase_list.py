"""Whom to remind: every return that is still to come, with the words of a reminder to copy or to open as an e-mail."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from section11.domain.cycles import Cycle
from section11.domain.people import User
from section11.domain.uk_time import uk_date
from section11.domain.workflow import STATUS_TITLES
from section11.reports.chasing import ChaseLine, due_sentence
from section11.reports.selection import Selection
from section11.services.chase_mails import SentToday
from section11.services.chasing import ChaseList, chase_list
from section11.ui.cache import office
from section11.ui.components.chase_sending import reminded_today, send_button
from section11.ui.components.figure_tables import table_link
from section11.ui.components.lists import paged, searched
from section11.ui.words import count_of, plain


def show_chase_list(user: User, cycle: Cycle, selection: Selection, *, outstanding: int) -> None:
    """Draw the list with the reminder of each; nothing where every return is in."""
    if not outstanding:
        return
    st.header("Whom to remind")
    days = (uk_date(office().clock()) - cycle.due).days
    st.markdown(f"{count_of(outstanding, 'return')} still to come. The audit {due_sentence(days, cycle.due)}.")
    # Read and drawn only when asked for: with every reminder ready to copy it is the longest list of the page.
    if st.toggle("Show the list, with a reminder for each", key="page.chasing"):
        found = chase_list(office(), user, cycle.id, selection)
        lines = searched(found.lines, lambda line: f"{line.organisation_name} {line.type_title}", key="page.chase")
        shown = paged(lines, "return", key="page.chase.number")
        sent = reminded_today(user, cycle, [line.assessment_id for line in shown])
        for line in shown:
            _line(user, found, line, sent.get(line.assessment_id))
    table_link(cycle.id, "chase-list", selection=selection)


def _line(user: User, found: ChaseList, line: ChaseLine, sent: SentToday | None) -> None:
    reminder = found.reminder(line)
    with st.container(border=True):
        who, what = st.columns([5, 4], vertical_alignment="center")
        answered = f"{line.progress.settled} of {line.progress.asked} answered"
        who.markdown(
            f"**{plain(line.organisation_name)}**  \n"
            f"{plain(line.type_title)}. {STATUS_TITLES[line.status]}, {answered}."
            + (f"  \n{plain(str(sent))}." if sent else "")
        )
        with what, st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
            with st.popover("Reminder", key=f"page.reminder.{line.assessment_id}"):
                send_button(user, line.assessment_id, sent)
                st.code(f"{reminder.subject}\n\n{reminder.body}", language=None, wrap_lines=True)
            address = f"mailto:{quote(','.join(line.addresses), safe='@,')}"
            words = f"subject={quote(reminder.subject)}&body={quote(reminder.body)}"
            st.link_button(
                "E-mail", f"{address}?{words}", key=f"page.mail.{line.assessment_id}", icon=":material/mail:"
            )
