"""Page: the partnership's actions with their totals, and verifying completion by sample, for scrutiny."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from section11.domain.actions import ActionStatus
from section11.domain.cycles import CycleStatus
from section11.domain.people import User
from section11.permissions import Right
from section11.reports.action_figures import ActionFigures, ActionTotals
from section11.reports.selection import ALL_RETURNS, Selection
from section11.reports.tables.actions import actions_by_organisation, actions_by_standard
from section11.services.action_lines import ActionLine
from section11.services.action_register import (
    EVERY_CYCLE,
    ActionRegister,
    updates_about,
)
from section11.services.cycles import list_cycles
from section11.services.trends import promises_before
from section11.ui.cache import action_register, office, promises
from section11.ui.components.action_checking import check_completion
from section11.ui.components.action_reading import show_action
from section11.ui.components.choosing import chosen_from
from section11.ui.components.figure_tables import show_figure_table, table_link
from section11.ui.components.filters import chosen_selection
from section11.ui.components.lists import paged, searched
from section11.ui.components.promises import actions_chart, show_promises
from section11.ui.session import page_state, require_user
from section11.ui.words import count_of, saved_at

LARGEST_SAMPLE = 50
"""More than this is no sample, and too much for one page."""

_ALL = "All"
_FILTERS: dict[str, Callable[[ActionLine], bool]] = {
    _ALL: lambda line: True,
    "Overdue": lambda line: line.is_overdue,
    "Open": lambda line: line.action.status is ActionStatus.OPEN,
    "Open, never updated": lambda line: line.action.status is ActionStatus.OPEN and not line.action.updates,
    "Done, not yet verified": lambda line: line.action.status is ActionStatus.DONE,
    "Verified": lambda line: line.action.status is ActionStatus.VERIFIED,
    "Dropped": lambda line: line.action.status is ActionStatus.DROPPED,
}


def main(user: User) -> None:
    problems = page_state("action register")
    st.title("Action register")
    cycle_id = _chosen_cycle(user)
    selection = ALL_RETURNS if cycle_id == EVERY_CYCLE else chosen_selection(user, cycle_id, with_ratings=False)
    register = action_register(user, cycle_id, selection)
    if not register.lines and selection.is_everything:
        st.write("No action has been promised in a submitted return yet. When one is, this page follows it.")
        return
    st.write("What organisations promised in returns that are submitted. Check by sample that what is done is done.")
    if cycle_id != EVERY_CYCLE:
        before = promises_before(
            office(), user, cycle_id, selection, promises=lambda earlier: promises(user, earlier, selection)
        )
        if before is not None:
            show_promises(cycle_id, before, selection)
            st.header("Promises of this cycle")
    if not register.lines:
        st.write("No action has been promised in these returns.")
        return
    _totals(register.figures, cycle_id, selection)
    _sample(user, register, problems)
    _list(user, register, problems)
    now = office().clock()
    st.caption(f"Taken at {saved_at(now, now)} from the actions of submitted returns.")


def _chosen_cycle(user: User) -> str:
    cycles = [one for one in list_cycles(office(), user, Right.READ_ACTIONS) if one.status is not CycleStatus.PREPARING]
    if len(cycles) < 2:
        # One that is named can be narrowed, and its tables downloaded.
        return cycles[0].id if cycles else EVERY_CYCLE
    ids = [EVERY_CYCLE, *(cycle.id for cycle in cycles)]
    return chosen_from("Cycle", ids, ["Every cycle", *(cycle.name for cycle in cycles)], name="cycle")


def _totals(figures: ActionFigures, cycle_id: str, selection: Selection) -> None:
    total = figures.total
    for column, (label, number) in zip(st.columns(5), _counts(total).items(), strict=False):
        column.metric(label, f"{number:,}")
    st.caption(f"n is every action: open, done, verified and {total.dropped} dropped. Overdue ones are open too.")
    st.subheader("By standard")
    actions_chart([(row.heading, row.totals) for row in figures.standards], what="Actions by standard")
    with st.expander("The same as a table"):
        show_figure_table(actions_by_standard(figures))
        table_link(cycle_id, "actions-by-standard", selection=selection)
    st.subheader("By organisation")
    show_figure_table(actions_by_organisation(figures))
    table_link(cycle_id, "actions-by-organisation", selection=selection)


def _counts(totals: ActionTotals) -> dict[str, int]:
    return {
        "n": totals.n,
        "Open": totals.open,
        "Overdue": totals.overdue,
        "Done, not yet verified": totals.done,
        "Verified": totals.verified,
    }


def _sample(user: User, register: ActionRegister, problems: dict[str, Any]) -> None:
    st.header("Check completion by sample")
    completed = register.figures.total.done + register.figures.total.verified
    if not completed:
        st.write("No action has been marked as done yet.")
        return
    st.write("Chosen by chance for you, and the same each time you look. Verified ones stay in the sample.")
    size = st.number_input(
        "How many to check", min_value=1, max_value=min(completed, LARGEST_SAMPLE), value=min(completed, 5),
        key=f"page.size.{register.cycle_id}", width=200,
    )  # fmt: skip
    lines = updates_about(office(), user, register.sample_for(user, int(size)))
    verified = sum(line.action.status is ActionStatus.VERIFIED for line in lines)
    st.markdown(f"{verified} of {count_of(len(lines), 'action')} in the sample verified, of {completed} completed.")
    for line in lines:
        with st.container(border=True):
            show_action(line, whose=True)
            check_completion(user, line, problems, place="sample")


def _list(user: User, register: ActionRegister, problems: dict[str, Any]) -> None:
    st.header("Every action")
    wanted = st.selectbox("Show", list(_FILTERS), key="page.filter", width=320)
    lines = register.lines if wanted == _ALL else [line for line in register.lines if _FILTERS[wanted](line)]
    shown = paged(searched(lines, _text_of, key="page.search"), "action", key=f"page.number.{wanted}")
    for line in updates_about(office(), user, shown):
        with st.container(border=True):
            show_action(line, whose=True)
            check_completion(user, line, problems, place="list")


def _text_of(line: ActionLine) -> str:
    action = line.action
    place = f"{line.organisation.name} {line.cycle.name} {line.standard.heading} {action.question_id}"
    return f"{place} {action.what} {action.owner}"


if __name__ == "__main__":
    main(require_user())
