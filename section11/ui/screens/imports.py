"""Page: taking in past results, staff surveys and people, and undoing an import as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from section11.domain.cycles import Cycle
from section11.domain.people import User
from section11.domain.uk_time import long_date, uk_date, uk_time
from section11.permissions import Right
from section11.services.directory import managed_partnerships
from section11.services.taking_in.keeping import IMPORT_TITLES, ImportKind
from section11.services.taking_in.undoing import ImportLine, list_imports, undo_import
from section11.ui.cache import office
from section11.ui.components.choosing import chosen_cycle, chosen_from
from section11.ui.components.lists import paged
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.components.people_import import COLUMNS, show_links, take_in_people
from section11.ui.components.results_import import take_in_results
from section11.ui.components.survey_import import take_in_survey
from section11.ui.session import page_state, require_user
from section11.ui.words import plain

_TAKE_IN: dict[ImportKind, Callable[..., None]] = {
    ImportKind.RESULTS: take_in_results,
    ImportKind.SURVEY: take_in_survey,
}
_CAPTIONS = {
    ImportKind.RESULTS: "Ratings from before, on any scale: one row for each organisation and question.",
    ImportKind.SURVEY: "Counted already, or as Microsoft Forms, SmartSurvey or SurveyMonkey export it.",
    ImportKind.PEOPLE: "Everybody with a role, from one list. Each new person gets a link to choose a password.",
}


def main(user: User) -> None:
    state = page_state("imports")
    st.title("Imports")
    st.write("Take in past results, a staff survey or people. You see what would change before anything does.")
    cycle = chosen_cycle(user, Right.IMPORT_RESULTS)
    if cycle is None:
        st.write("No cycle has been opened yet. Results and surveys belong to a cycle that was opened.")
    _take_in(user, cycle, state)
    if state.get("links"):
        show_links(state["links"])
    st.header("Earlier imports")
    lines = list_imports(office(), user)
    if not lines:
        st.write("Nothing has been imported yet.")
        return
    for line in paged(lines, "import", key="page.number"):
        _line(user, line)


def _take_in(user: User, cycle: Cycle | None, state: dict[str, Any]) -> None:
    kinds = [ImportKind.PEOPLE] if cycle is None else list(_CAPTIONS)
    with st.container(border=True):
        kind = st.radio(
            "What do you want to import?",
            kinds,
            format_func=lambda one: IMPORT_TITLES[one],
            captions=[_CAPTIONS[one] for one in kinds],
            key="page.kind",
        )
        if kind is ImportKind.PEOPLE:
            st.markdown(COLUMNS)
        round_number = state.setdefault("round", 0)
        file = st.file_uploader("File", type=["csv", "xlsx"], key=f"page.file.{kind}.{round_number}")
        if file is None:
            return

        def done(words: str, links: dict[str, str] | None = None) -> None:
            state["round"] = round_number + 1
            state["links"] = links
            remember_success(f"{words} You can undo it below.")
            st.rerun()

        here = [one.id for one in managed_partnerships(office(), user, Right.IMPORT_RESULTS)]
        with shown_as_message():
            if kind is ImportKind.PEOPLE or cycle is None:
                place = here[0] if len(here) == 1 else chosen_from("Partnership", here, here, name="partnership")
                take_in_people(user, place, file.getvalue(), file.name, done)
            else:
                place = next(one for one in here if one in cycle.partnership_ids)
                _TAKE_IN[kind](user, cycle, place, file.getvalue(), file.name, done)


def _line(user: User, line: ImportLine) -> None:
    record = line.record
    with st.container(border=True):
        words, button = st.columns([5, 1], vertical_alignment="center")
        at = f"{long_date(uk_date(record.at))} at {uk_time(record.at):%H:%M}"
        cycle = f", cycle {plain(record.cycle_id)}" if record.cycle_id else ""
        undone = ""
        if record.undone_at is not None:
            undone = f"  \n**Undone** on {long_date(uk_date(record.undone_at))}."
        words.markdown(
            f"**{IMPORT_TITLES[line.kind]}**{cycle}: {plain(record.filename)}  \n{at}, {plain(line.by)}.{undone}"
        )
        if record.undone_at is None and button.button("Undo", key=f"page.undo.{line.id}"):
            with shown_as_message():
                with st.spinner("Putting everything back…"):
                    undo_import(office(), user, line.id)
                remember_success(f"{record.filename} is undone. Everything it changed is as it was before.")
                st.rerun()


if __name__ == "__main__":
    main(require_user())
