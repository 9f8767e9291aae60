"""The parts of the board pack that only people can write: themes, recommendations and the action plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from section11.domain.board_packs import PLAN, RECOMMENDATIONS, THEMES, PlannedAction, WrittenPart, plan_in
from section11.domain.cycles import Cycle
from section11.domain.people import User
from section11.errors import StalePackWordsError
from section11.services.board_packs import BoardDraft, save_plan, save_words
from section11.ui.cache import office
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.words import plain

TITLES = {THEMES: "Themes", RECOMMENDATIONS: "Recommendations"}
EMPTY_LINES = 2
"""How many empty actions stand under those already written."""


def edit_points(user: User, cycle: Cycle, draft: BoardDraft, state: dict[str, Any]) -> None:
    """Draw a box for the themes and one for the recommendations; each line is a point."""
    for part, title in TITLES.items():
        stored = draft.parts.get(part)
        version, words = state.setdefault(part, _start(stored))
        with st.form(f"page.{part}", enter_to_submit=False):
            typed = st.text_area(f"{title}, one on each line", value=words, key=f"page.{part}.words", height=130)
            _theirs(stored, words)
            if st.form_submit_button(f"Save {title.lower()}"):
                _save(
                    state,
                    part,
                    stored,
                    typed or "",
                    lambda part=part, typed=typed, version=version: save_words(  # type: ignore[misc]
                        office(), user, cycle.id, part, typed or "", expected_version=version
                    ),
                )


def edit_plan(user: User, cycle: Cycle, draft: BoardDraft, state: dict[str, Any]) -> None:
    """Draw the partnership's action plan, line by line, with room for more."""
    stored = draft.parts.get(PLAN)
    version, words = state.setdefault(PLAN, _start(stored))
    lines = [*plan_in(words), *[PlannedAction("")] * EMPTY_LINES]
    with st.form("page.plan", enter_to_submit=False):
        st.markdown("**Action plan**")
        # New boxes after each save of one's own, and only then: what is typed must outlive a colleague's save.
        saves = state.setdefault("saves of the plan", 0)
        plan = [_line(f"page.plan.{saves}.{number}", number, one) for number, one in enumerate(lines, start=1)]
        st.caption("Clear a line to remove it. Two empty lines stand here again after each save.")
        _theirs(stored, words)
        if st.form_submit_button("Save the action plan"):
            _save(
                state,
                PLAN,
                stored,
                None,
                lambda: save_plan(office(), user, cycle.id, plan, expected_version=version),
            )


def _line(key: str, number: int, one: PlannedAction) -> PlannedAction:
    what, who, by = st.columns([5, 3, 2])
    return PlannedAction(
        (what.text_area(f"Action {number}: what is to be done", value=one.what, key=f"{key}.what", height=80) or ""),
        (who.text_input(f"Action {number}: who leads", value=one.who, key=f"{key}.who", max_chars=200) or ""),
        by.date_input(f"Action {number}: by when", value=one.by, key=f"{key}.by", format="DD/MM/YYYY"),
    )


def _save(
    state: dict[str, Any], part: str, stored: WrittenPart | None, words: str | None, save: Callable[[], int]
) -> None:
    """Save and draw anew; where a colleague was faster, what was typed stays and the next save counts."""
    with shown_as_message():
        try:
            version = save()
        except StalePackWordsError:
            state[part] = (stored.version if stored else 0, state[part][1])
            raise
        if words is None:
            del state[part]
            state["saves of the plan"] += 1
        else:
            state[part] = (version, words)
        remember_success("Saved.")
        st.rerun()


def _start(stored: WrittenPart | None) -> tuple[int, str]:
    return (stored.version, stored.words) if stored else (0, "")


def _theirs(stored: WrittenPart | None, mine: str) -> None:
    """Show what a colleague saved since this browser opened the page or saved itself."""
    if stored is None or stored.words == mine:
        return
    words = stored.words
    if stored.part == PLAN:
        words = "\n".join(f"{one.what} ({one.who or 'nobody named'})" for one in plan_in(words))
    st.markdown(f"A colleague saved:  \n{plain(words) or '(nothing)'}")
