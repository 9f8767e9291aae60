"""What the card of one question remembers, and how what is typed into it reaches the services."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import streamlit as st

from section11.domain.answers import Action, Answer, Marker
from section11.domain.people import User
from section11.domain.standards import Question
from section11.errors import Section11Error, StaleAnswerError
from section11.services.answering import AssessmentView, save_action, save_answer, view_assessment
from section11.ui.cache import office
from section11.ui.components.conflict import Conflict

TEXT_FIELDS = ("reason", "evidence", "impact")


@dataclass
class CardState:
    """What the card of one question remembers between runs of its fragment."""

    answer: Answer
    action: Action
    conflict: Conflict | None = None
    error: str = ""
    saved_at: datetime | None = None
    keys: dict[str, str] = field(default_factory=dict)


def state_for(view: AssessmentView, question: Question, states: dict[str, Any]) -> CardState:
    """Return the card's state, brought up to date with what is stored unless a conflict is being settled."""
    stored, action = view.answer_to(question.id), view.action_for(question.id)
    state: CardState | None = states.get(question.id)
    if state is None:
        keys = {
            name: f"page.{view.assessment.id}.{question.id}.{name}"
            for name in ("rating", *TEXT_FIELDS, "what", "owner", "due")
        }
        state = states[question.id] = CardState(stored, action, keys=keys)
        _fill_widgets(state)
    elif state.conflict is None and stored.version > state.answer.version:
        state.answer, state.action = stored, action
        _fill_widgets(state)
    return state


def _fill_widgets(state: CardState) -> None:
    """Put what is stored into the card's widgets."""
    answer, action = state.answer, state.action
    st.session_state[state.keys["rating"]] = answer.marker or answer.rating
    for name in TEXT_FIELDS:
        st.session_state[state.keys[name]] = getattr(answer, name)
    st.session_state[state.keys["what"]] = action.what
    st.session_state[state.keys["owner"]] = action.owner
    st.session_state[state.keys["due"]] = action.due


def save(user: User, assessment_id: str, question_id: str, state: CardState, name: str) -> None:
    """Save the rating or one text, as it stands in its widget."""
    typed = st.session_state[state.keys[name]]
    changes: dict[str, Any]
    if name != "rating":
        changes = {name: typed or ""}
    elif isinstance(typed, Marker):
        changes = {"marker": typed}
    else:
        changes = {"rating": typed, "marker": None}
    _save_changes(user, assessment_id, question_id, state, changes)
    if name == "rating":
        # The reason's box comes and goes with the rating, and Streamlit forgets what a box said that was away.
        st.session_state[state.keys["reason"]] = state.answer.reason


def save_promise(user: User, assessment_id: str, question_id: str, state: CardState) -> None:
    """Save the action promised under a question, as it stands in its widgets."""
    due: date | None = st.session_state[state.keys["due"]]
    wanted = Action(
        question_id,
        what=st.session_state[state.keys["what"]] or "",
        owner=st.session_state[state.keys["owner"]] or "",
        due=due,
    )
    state.error = ""
    try:
        state.action = save_action(office(), user, assessment_id, wanted)
        state.saved_at = office().clock()
    except Section11Error as error:
        state.error = error.user_message


def settling(user: User, assessment_id: str, question_id: str, state: CardState) -> Callable[[dict[str, Any]], None]:
    """Return the callback that ends a conflict with the values the person chose."""

    def settle(chosen: dict[str, Any]) -> None:
        state.conflict = None
        _save_changes(user, assessment_id, question_id, state, chosen)
        _fill_widgets(state)

    return settle


def _save_changes(user: User, assessment_id: str, question_id: str, state: CardState, changes: dict[str, Any]) -> None:
    state.error = ""
    try:
        state.answer = save_answer(
            office(), user, assessment_id, question_id, expected_version=state.answer.version, **changes
        )
        state.saved_at = state.answer.updated_at
    except StaleAnswerError:
        state.conflict = Conflict(mine=changes)
        state.answer = view_assessment(office(), user, assessment_id).answer_to(question_id)
    except Section11Error as error:
        state.error = error.user_message
