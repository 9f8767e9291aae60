"""Page: the partnership's actions with their totals, and verifying completion by sample, for scrutiny."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from section11.domain.actions import ActionStatus
from section11.domain.cycles import CycleStatus
from section11.domain.people import User
from section11.permissions import Right
from section11.reports.action_figures import ActionFigures, ActionTotals
from section11.services.action_lines import ActionLine
from section11.services.action_register import (
    EVERY_CYCLE,
    ActionRegister,
    action_register,
    updates_about,
)
from section11.services.cycles import list_cycles
from section11.ui.cache import office
from section11.ui.components.action_checking import check_completion
from section11.ui.components.action_reading import show_action
from section11.ui.components.choosing import chosen_from
from section11.ui.components.lists import height_of, paged, searched
from section11.ui.session import page_state, require_user
from section11.ui.words import count_of

LARGEST_SAMPLE = 50
"""More than this is no sample, and too much for one page."""

_FILTERS: dict[str, Callable[[ActionLine], bool]] = {
    "All": lambda line: True,
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
    register = action_register(office(), user, cycle_id)
    if not register.lines:
        st.write("No action has been promised in a submitted return yet. When one is, this page follows it.")
        return
    st.write("What organisations promised in returns that are submitted. Check by sample that what is done is done.")
    _totals(register.figures)
    _sample(user, register, problems)
    _list(user, register, problems)


def _chosen_cycle(user: User) -> str:
    cycles = [one for one in list_cycles(office(), user, Right.READ_ACTIONS) if one.status is not CycleStatus.PREPARING]
    if len(cycles) < 2:
        return EVERY_CYCLE
    ids = [EVERY_CYCLE, *(cycle.id for cycle in cycles)]
    return chosen_from("Cycle", ids, ["Every cycle", *(cycle.name for cycle in cycles)], name="cycle")


def _totals(figures: ActionFigures) -> None:
    total = figures.total
    for column, (label, number) in zip(st.columns(5), _counts(total).items(), strict=False):
        column.metric(label, number)
    st.caption(f"n is every action: open, done, verified and {total.dropped} dropped. Overdue ones are open too.")
    st.subheader("By standard")
    several = len({row.set_id for row in figures.standards}) > 1
    standards = [
        {"Standard": row.heading, **({"Question set": row.set_title} if several else {}), **_counts(row.totals)}
        for row in figures.standards
    ]
    _table(standards, "Actions by standard")
    st.subheader("By organisation")
    _table([{"Organisation": row.name, **_counts(row.totals)} for row in figures.organisations], "by organisation")


def _counts(totals: ActionTotals) -> dict[str, int]:
    return {
        "n": totals.n,
        "Open": totals.open,
        "Overdue": totals.overdue,
        "Done, not yet verified": totals.done,
        "Verified": totals.verified,
        "Dropped": totals.dropped,
    }


def _table(rows: Sequence[dict[str, object]], about: str) -> None:
    st.dataframe(pd.DataFrame(rows), hide_index=True, height=height_of(len(rows)), alt=f"Table: {about}")


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
    lines = [line for line in register.lines if _FILTERS[wanted](line)]
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
