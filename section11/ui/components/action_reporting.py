"""The fold in which an organisation says what became of an action."""

from __future__ import annotations

from typing import Any

import streamlit as st

from section11.domain.actions import ActionMove, ActionStatus, Party, Report, moves_for
from section11.domain.people import User
from section11.errors import Section11Error
from section11.services.action_lines import ActionLine
from section11.services.actions import drop_action, finish_action, reopen_action, update_action
from section11.ui.cache import office
from section11.ui.components.messages import remember_success
from section11.ui.components.privacy_hint import privacy_hint
from section11.ui.words import plain

_CHOICES: dict[ActionMove, str] = {
    ActionMove.UPDATE: "Only report what has happened",
    ActionMove.FINISH: "It is done",
    ActionMove.DROP: "It will not be done",
    ActionMove.REOPEN: "Open it again",
}
_SERVICES = {
    ActionMove.UPDATE: update_action,
    ActionMove.FINISH: finish_action,
    ActionMove.DROP: drop_action,
    ActionMove.REOPEN: reopen_action,
}


def report_on(user: User, line: ActionLine, problems: dict[str, Any], *, expanded: bool) -> None:
    """Draw the fold with its boxes; ``problems`` is the page's memory of what was refused.

    What is refused stays in the boxes, and so does what was typed while a colleague saved.
    """
    action = line.action
    key = f"page.action.{action.id}"
    problem = problems.get(key)
    about = plain(f"action for {action.question_id} from {line.cycle.name}")
    for name in ("completion", "change"):
        st.session_state.setdefault(f"{key}.{name}", getattr(action, name))
    with st.expander("Say what became of it", expanded=expanded or bool(problem)):
        # Its own key for each status, as each offers other moves.
        move_key = f"{key}.move.{action.status}"
        moves = moves_for(Party.ORGANISATION, action.status)
        st.radio(f"How does it stand ({about})", moves, format_func=lambda one: _CHOICES[one], key=move_key)
        st.text_area(f"What has happened, or why ({about})", key=f"{key}.words")
        st.text_area(
            f"What shows that it is done ({about})",
            key=f"{key}.completion",
            disabled=action.status is ActionStatus.VERIFIED,
        )
        st.text_area(f"What it changed for children ({about})", key=f"{key}.change")
        privacy_hint("\n".join(st.session_state[f"{key}.{name}"] for name in ("words", "completion", "change")))
        st.button(
            f"Save ({plain(f'{action.question_id}, {line.cycle.name}')})",
            key=f"{key}.save",
            type="primary",
            on_click=_save,
            args=(user, line, key, move_key, problems),
        )
        if problem:
            st.error(plain(problem))


def _save(user: User, line: ActionLine, key: str, move_key: str, problems: dict[str, Any]) -> None:
    """Save what stands in the boxes; ``line`` is the action as it was drawn when the person wrote."""
    typed = st.session_state
    report = Report(
        typed[f"{key}.words"], typed[f"{key}.completion"], typed[f"{key}.change"], seen_updates=line.action.updates
    )
    problems.pop(key, None)
    try:
        saved = _SERVICES[typed[move_key]](office(), user, line.action.id, report)
    except Section11Error as error:
        problems[key] = error.user_message
        return
    typed[f"{key}.words"], typed[f"{key}.completion"], typed[f"{key}.change"] = "", saved.completion, saved.change
    remember_success(f"Saved: the action for {saved.question_id}, {line.organisation.name}.")
