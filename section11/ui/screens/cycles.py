"""Page: creating, opening and closing cycles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import streamlit as st

from section11.domain.cycles import EVERY_TYPE, Cycle, CycleStatus
from section11.domain.people import User
from section11.domain.uk_time import long_date, uk_date
from section11.permissions import Right
from section11.services.cycles import add_missing_forms, close_cycle, create_cycle, list_cycles, open_cycle
from section11.services.directory import managed_partnerships
from section11.ui.cache import office
from section11.ui.components.choosing import say_what_was_removed
from section11.ui.components.declaration_words import show_declarations
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.components.reminder_schedule import show_reminders
from section11.ui.navigation import page_path
from section11.ui.session import page_state, require_user
from section11.ui.words import count_of, plain

USUAL = "The usual set for each kind of organisation"
SAME = "The same set for everyone"
WHO_CAPTIONS = {
    USUAL: "Schools, early years, charities and statutory agencies each answer a set in their own words.",
    SAME: "Everyone answers the set chosen below.",
}
MODERATOR_CAPTIONS = {
    1: "One person judges each return.",
    2: "Two people judge it without seeing each other's judgements until both are done, and then agree.",
}
STATUS_WORDS = {
    CycleStatus.PREPARING: "Being prepared. Nobody sees it yet.",
    CycleStatus.OPEN: "Open. Organisations can answer.",
    CycleStatus.CLOSED: "Closed. Late returns are still taken and shown as late.",
}


def main(user: User) -> None:
    page_state("cycles")
    st.title("Cycles")
    cycles = list_cycles(office(), user, Right.MANAGE_CYCLES)
    titles = office().library.titles()
    st.write("A cycle is one round of the audit: a name, a due date and the questions each kind of organisation gets.")
    for cycle in cycles:
        _cycle(user, cycle, titles)
    if not cycles:
        st.write("No cycle yet. Create the first one below.")
    _create(user, titles)
    show_declarations(user)
    st.subheader("Feedback letters")
    st.page_link(page_path("letter_wording.py"), label="Change the wording of the letters")


def _cycle(user: User, cycle: Cycle, titles: Mapping[str, str]) -> None:
    with st.container(border=True):
        st.markdown(f"#### {plain(cycle.name)}")
        st.markdown(f"Due {long_date(cycle.due)}. **{STATUS_WORDS[cycle.status]}**")
        say_what_was_removed(cycle)
        for set_id, who in _who_answers(cycle).items():
            st.markdown(f"- **{plain(titles.get(set_id, set_id))}**: {plain(who)}")
        show_reminders(user, cycle)
        with st.container(horizontal=True, vertical_alignment="center"), shown_as_message():
            if cycle.status is CycleStatus.PREPARING:
                if st.button("Open", type="primary", key=f"page.open.{cycle.id}"):
                    with st.spinner("Giving every organisation its form…"):
                        count = open_cycle(office(), user, cycle.id)
                    remember_success(f"Opened. {count_of(count, 'organisation')} can answer now.")
                    st.rerun()
                return
            st.page_link(page_path("returns.py"), label="Who has returned", query_params={"cycle": cycle.id})
            if cycle.status is CycleStatus.OPEN:
                if st.button("Give forms to new organisations", key=f"page.more.{cycle.id}"):
                    count = add_missing_forms(office(), user, cycle.id)
                    remember_success(f"{count_of(count, 'form')} added.")
                    st.rerun()
                if st.button("Close", key=f"page.close.{cycle.id}"):
                    close_cycle(office(), user, cycle.id)
                    remember_success("Closed. Late returns are still taken.")
                    st.rerun()


def _who_answers(cycle: Cycle) -> dict[str, str]:
    """Return who answers each set of a cycle, in words."""
    titles_by_set: dict[str, list[str]] = {}
    for kind, set_id in cycle.set_ids_by_type.items():
        if kind != EVERY_TYPE:
            titles_by_set.setdefault(set_id, []).append(office().types[kind].title)
    words = {set_id: ", ".join(sorted(kinds)) for set_id, kinds in titles_by_set.items()}
    rest = cycle.set_ids_by_type.get(EVERY_TYPE)
    if rest is not None:
        words[rest] = "everyone else" if words else "everyone"
    return words


def _create(user: User, titles: Mapping[str, str]) -> None:
    partnerships = managed_partnerships(office(), user, Right.MANAGE_CYCLES)
    usual = office().types.usual_set_ids
    with st.form("page.create", enter_to_submit=False):
        st.subheader("Create a cycle")
        name = st.text_input("Name, for example Section 11 audit 2027")
        due = st.date_input("Due date", value=uk_date(office().clock()) + timedelta(days=84), format="DD/MM/YYYY")
        chosen = st.multiselect(
            "Partnerships that run it",
            partnerships,
            default=partnerships if len(partnerships) == 1 else [],
            format_func=lambda one: one.name,
        )
        who = SAME
        if set(usual.values()) <= titles.keys():
            who = st.radio("Questions", list(WHO_CAPTIONS), captions=list(WHO_CAPTIONS.values()))
        first = list(titles).index(usual[EVERY_TYPE]) if usual[EVERY_TYPE] in titles else 0
        set_id = st.selectbox("The set for everyone", list(titles), index=first, format_func=lambda one: titles[one])
        moderators = st.radio(
            "Moderators of each return",
            list(MODERATOR_CAPTIONS),
            format_func=lambda one: count_of(one, "moderator"),
            captions=list(MODERATOR_CAPTIONS.values()),
        )
        if st.form_submit_button("Create", type="primary"):
            with shown_as_message():
                cycle = create_cycle(
                    office(),
                    user,
                    name=name or "",
                    due=due,
                    set_ids_by_type=usual if who == USUAL else {EVERY_TYPE: set_id},
                    partnership_ids=frozenset(one.id for one in chosen),
                    moderators_per_return=moderators,
                )
                remember_success(f"{cycle.name} is created. Open it when the organisations are in place.")
                st.rerun()


if __name__ == "__main__":
    main(require_user())
