"""The fold in which scrutiny verifies that an action is done, or says that it is not yet."""

from __future__ import annotations

from typing import Any

import streamlit as st

from section11.domain.actions import ActionMove, Party, Report, moves_for
from section11.domain.people import User
from section11.errors import Section11Error
from section11.services.action_lines import ActionLine
from section11.services.action_register import not_yet_done, verify_action
from section11.ui.cache import office
from section11.ui.components.messages import remember_success
from section11.ui.components.privacy_hint import privacy_hint
from section11.ui.words import plain

_BUTTONS: dict[ActionMove, str] = {ActionMove.VERIFY: "Verified", ActionMove.NOT_YET: "Not yet done"}
_SERVICES = {ActionMove.VERIFY: verify_action, ActionMove.NOT_YET: not_yet_done}


def check_completion(user: User, line: ActionLine, problems: dict[str, Any], *, place: str) -> None:
    """Draw the fold, if there is something to check; ``problems`` is the page's memory of what was refused.

    ``place`` keeps apart the same action on two lists.
    """
    moves = moves_for(Party.SCRUTINY, line.action.status)
    if not moves or not line.may_change:
        return
    key = f"page.{place}.{line.action.id}"
    problem = problems.get(key)
    about = plain(f"{line.organisation.name}, {line.action.question_id}, {line.cycle.name}")
    with st.expander(f"Check that it is done: {about}", expanded=bool(problem)):
        st.text_area(f"What you looked at, or what is missing ({about})", key=f"{key}.words")
        privacy_hint(st.session_state[f"{key}.words"])
        with st.container(horizontal=True):
            for move in moves:
                st.button(
                    f"{_BUTTONS[move]} ({about})",
                    key=f"{key}.{move}",
                    type="primary" if move is ActionMove.VERIFY else "secondary",
                    on_click=_check,
                    args=(user, line, move, key, problems),
                )
        if problem:
            st.error(plain(problem))


def _check(user: User, line: ActionLine, move: ActionMove, key: str, problems: dict[str, Any]) -> None:
    """Make the move on the action as it was drawn: what was read is what is verified."""
    report = Report(st.session_state[f"{key}.words"], seen_updates=line.action.updates)
    problems.pop(key, None)
    try:
        _SERVICES[move](office(), user, line.action.id, report)
    except Section11Error as error:
        problems[key] = error.user_message
        return
    st.session_state[f"{key}.words"] = ""
    remember_success(f"{_BUTTONS[move]}: the action for {line.action.question_id}, {line.organisation.name}.")
