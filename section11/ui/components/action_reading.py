"""One action as it is read: what was promised, how it stands, and what was reported about it."""

from __future__ import annotations

from datetime import date

import streamlit as st

from section11.domain.actions import ACTION_STATUS_TITLES, ActionStatus, TrackedAction
from section11.domain.uk_time import long_date, uk_date
from section11.reports.action_figures import ActionTotals
from section11.services.action_lines import ActionLine
from section11.ui.cache import office
from section11.ui.words import count_of, due_words, plain


def show_action(line: ActionLine, *, whose: bool) -> None:
    """Draw an action without the means to change it; ``whose`` says the organisation's name too."""
    action = line.action
    today = uk_date(office().clock())
    st.markdown(f"**{plain(action.what) or 'Nothing written yet'}**")
    st.markdown(f"{_badge(line)} {plain(standing_words(action, today))}")
    who = f"{plain(line.organisation.name)}. " if whose else ""
    owner = plain(action.owner) or "no owner yet"
    st.markdown(
        f"{who}Owner: {owner}. From {plain(line.cycle.name)}, question {plain(action.question_id)}: "
        f"{plain(line.question.text)}"
    )
    for title, text in (("What shows it", action.completion), ("What it changed for children", action.change)):
        if text:
            st.markdown(f"**{title}:** {plain(text)}")
    if line.updates:
        with st.expander(f"{count_of(len(line.updates), 'update')}, the latest on {_day(line)}"):
            for update, who_wrote in line.updates:
                words = plain(update.words) or "No words."
                day = long_date(uk_date(update.at))
                title = ACTION_STATUS_TITLES[update.status].lower()
                st.markdown(f"**{day}**, {plain(who_wrote)}, {title}: {words}")


def standing_words(action: TrackedAction, today: date) -> str:
    """Return how an action stands in time: how far its due date is, or when it was closed."""
    if action.status is ActionStatus.OPEN:
        return f"{_capital(due_words(action.due, today))}." if action.due else "No due date."
    closed = f" on {long_date(uk_date(action.closed_at))}" if action.closed_at else ""
    verb = "Dropped" if action.status is ActionStatus.DROPPED else "Done"
    due = f" Was due {long_date(action.due)}." if action.due else ""
    return f"{verb}{closed}.{due}"


def totals_words(totals: ActionTotals) -> str:
    """Return ``3 open actions, 1 of them overdue``."""
    return f"{count_of(totals.open, 'open action')}, {totals.overdue} of them overdue"


def _badge(line: ActionLine) -> str:
    if line.is_overdue:
        return ":red-badge[Overdue]"
    title = ACTION_STATUS_TITLES[line.action.status]
    return f":gray-badge[{plain(title)}]"


def _day(line: ActionLine) -> str:
    return long_date(uk_date(line.updates[0][0].at))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
