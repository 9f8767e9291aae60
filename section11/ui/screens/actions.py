"""Page: an organisation's actions over all cycles, and saying what became of them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from section11.domain.actions import ActionStatus
from section11.domain.people import User
from section11.domain.uk_time import uk_date
from section11.reports.action_figures import action_totals_of
from section11.services.action_lines import ActionLine
from section11.services.actions import list_own_actions
from section11.ui.cache import office
from section11.ui.components.action_reading import show_action, totals_words
from section11.ui.components.action_reporting import report_on
from section11.ui.components.lists import paged, searched
from section11.ui.session import page_state, require_user
from section11.ui.words import plain


def main(user: User) -> None:
    problems = page_state("actions")
    st.title("Actions")
    lines = list_own_actions(office(), user)
    if not lines:
        st.write(
            "Nothing has been promised yet. An action begins on the card of a question in your return, "
            "and is kept here from then on."
        )
        return
    st.write(
        "What your organisation has promised, in every cycle. Say what became of it at any time, also when the "
        "cycle is closed."
    )
    totals = action_totals_of((line.action for line in lines), uk_date(office().clock()))
    st.markdown(
        f"**{totals_words(totals)}.** In all {totals.n}: {totals.done} done and not yet verified, "
        f"{totals.verified} verified, {totals.dropped} dropped."
    )
    named = st.query_params.get("action")
    lines = sorted(lines, key=lambda line: str(line.action.id) != named)
    several = len({line.organisation.id for line in lines}) > 1
    is_open = [line for line in lines if line.action.status is ActionStatus.OPEN]
    closed = [line for line in lines if line.action.status is not ActionStatus.OPEN]
    if is_open:
        st.header("Open")
        _list(user, is_open, problems, key="open", named=named, whose=several)
    if closed:
        st.header("Closed")
        _list(user, closed, problems, key="closed", named=named, whose=several)


def _list(
    user: User, lines: list[ActionLine], problems: dict[str, Any], *, key: str, named: str | None, whose: bool
) -> None:
    for line in paged(searched(lines, _text_of, key=f"page.search-{key}"), "action", key=f"page.number-{key}"):
        with st.container(border=True):
            show_action(line, whose=whose)
            if line.may_change:
                report_on(user, line, problems, expanded=str(line.action.id) == named)
            else:
                st.caption(f"{plain(line.organisation.name)} says what became of it.")


def _text_of(line: ActionLine) -> str:
    action = line.action
    return f"{line.organisation.name} {line.cycle.name} {action.question_id} {action.what} {action.owner}"


if __name__ == "__main__":
    main(require_user())
