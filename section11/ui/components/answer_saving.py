"""What the card of one question remembers, and how what is typed into it reaches the services."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any

import streamlit as st

from section11.domain.answers import Action, Answer, Marker
from section11.domain.people import User
from section11.domain.question_types import Entry, type_of
from section11.domain.standards import Question, StandardsSet
from section11.errors import Section11Error, StaleAnswerError
from section11.services.answering import AssessmentView, save_action, save_answer, view_assessment
from section11.services.earlier_evidence import confirm_answer
from section11.ui.cache import office
from section11.ui.components.conflict import Conflict
from section11.ui.session import CARD_KEYS


class Part(Enum):
    """The parts of a card that a change draws again one by one."""

    BROUGHT = "brought"
    ENTRY = "entry"
    TEXTS = "texts"
    ACTION = "action"


TEXT_FIELDS = ("reason", "evidence", "impact")
CHOSEN_FIELDS = ("rating", "value")
"""Where a choice and a marker share one row of buttons."""


@dataclass
class CardState:
    """What the card of one question remembers between runs of its parts. ``keys`` are those of its widgets."""

    answer: Answer
    action: Action
    conflict: Conflict | None = None
    error: str = ""
    saved_at: datetime | None = None
    keys: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Card:
    """One question as one person answers it."""

    user: User
    assessment_id: str
    standards_set: StandardsSet
    question: Question
    state: CardState
    can_edit: bool

    @property
    def entry(self) -> Entry:
        return type_of(self.question).entry

    @property
    def needs_action(self) -> bool:
        """Whether the rating asks for an action before sign-off."""
        rating = self.state.answer.rating
        return bool(self.question.essential and rating and self.standards_set.scale.is_lower_half(rating))

    def part_key(self, part: Part) -> str:
        return f"{CARD_KEYS}{self.assessment_id}.{self.question.id}.{part.value}"

    def typed(self, name: str) -> Any:
        """Return what stands in the widget of a field."""
        return st.session_state[self.state.keys[name]]


def state_for(view: AssessmentView, question: Question, states: dict[str, Any]) -> CardState:
    """Return the card's state, brought up to date with what is stored unless a conflict is being settled."""
    stored, action = view.answer_to(question.id), view.action_for(question.id)
    state: CardState | None = states.get(question.id)
    if state is None:
        names = (*CHOSEN_FIELDS, "marker", *TEXT_FIELDS, "what", "owner", "due")
        keys = {name: f"{CARD_KEYS}{view.assessment.id}.{question.id}.{name}" for name in names}
        state = states[question.id] = CardState(stored, action, keys=keys)
        _fill_widgets(question, state)
    elif state.conflict is None and stored.version > state.answer.version:
        state.answer, state.action = stored, action
        _fill_widgets(question, state)
    return state


def _fill_widgets(question: Question, state: CardState) -> None:
    """Put what is stored into the card's widgets."""
    answer, action = state.answer, state.action
    _fill_answer(question, state)
    _fill_reason(state)
    for name in ("evidence", "impact") if question.is_rated else ():
        st.session_state[state.keys[name]] = getattr(answer, name)
    if not question.is_rated:
        return
    st.session_state[state.keys["what"]] = action.what
    st.session_state[state.keys["owner"]] = action.owner
    st.session_state[state.keys["due"]] = action.due


def _fill_reason(state: CardState) -> None:
    """Put the stored reason into its box once there is one: it comes and goes with the marker."""
    if state.keys["reason"] in st.session_state:
        st.session_state[state.keys["reason"]] = state.answer.reason


def _fill_answer(question: Question, state: CardState) -> None:
    """Put the rating, value or marker into the widget that shows it."""
    answer, keys = state.answer, state.keys
    match type_of(question).entry:
        case Entry.RATING:
            st.session_state[keys["rating"]] = answer.said
        case Entry.ONE_OF:
            st.session_state[keys["value"]] = answer.said
        case Entry.DAY:
            st.session_state[keys["value"]] = date.fromisoformat(answer.value) if answer.value else None
            st.session_state[keys["marker"]] = answer.marker
        case _:
            st.session_state[keys["value"]] = answer.value or ""
            st.session_state[keys["marker"]] = answer.marker


def save(card: Card, name: str) -> None:
    """Save what was chosen or one text, as it stands in its widget."""
    typed = card.typed(name)
    changes: dict[str, Any]
    if name in TEXT_FIELDS:
        changes = {name: typed or ""}
    elif isinstance(typed, Marker) or name == "marker":
        changes = {"marker": typed}
    elif isinstance(typed, date):
        changes = {"value": typed.isoformat(), "marker": None}
    else:
        changes = {name: typed, "marker": None}
    was_carried, needed_action = bool(card.state.answer.carried_from), card.needs_action
    _save_changes(card, changes)
    state = card.state
    if name not in TEXT_FIELDS:
        _fill_reason(state)
        if not state.error and state.conflict is None:
            _fill_answer(card.question, state)
    # Last, because Streamlit leaves the callback here.
    if state.conflict is not None:
        st.rerun()
    also = {Part.BROUGHT, Part.ENTRY} if was_carried != bool(state.answer.carried_from) else set()
    if needed_action != card.needs_action:
        also |= {Part.ENTRY, Part.ACTION}
    if also:
        own = Part.TEXTS if name in ("evidence", "impact") else Part.ENTRY
        st.rerun([card.part_key(part) for part in Part if part in also | {own}])


def save_promise(card: Card) -> None:
    """Save the action promised under a question, as it stands in its widgets."""
    wanted = Action(
        card.question.id, what=card.typed("what") or "", owner=card.typed("owner") or "", due=card.typed("due")
    )
    state = card.state
    state.error = ""
    try:
        state.action = save_action(office(), card.user, card.assessment_id, wanted)
        state.saved_at = office().clock()
    except Section11Error as error:
        state.error = error.user_message


def confirm(card: Card) -> None:
    """Confirm an answer that was brought from an earlier cycle, with its evidence of then."""
    _save_with(
        card,
        lambda: confirm_answer(
            office(), card.user, card.assessment_id, card.question.id, expected_version=card.state.answer.version
        ),
        {},
    )
    _fill_widgets(card.question, card.state)
    st.rerun()  # The whole page: evidence of then is attached, and what is left to confirm is counted.


def settling(card: Card) -> Callable[[dict[str, Any]], None]:
    """Return the callback that ends a conflict with the values the person chose."""

    def settle(chosen: dict[str, Any]) -> None:
        card.state.conflict = None
        _save_changes(card, chosen)
        _fill_widgets(card.question, card.state)

    return settle


def _save_changes(card: Card, changes: dict[str, Any]) -> None:
    version = card.state.answer.version
    place = card.assessment_id, card.question.id
    _save_with(card, lambda: save_answer(office(), card.user, *place, expected_version=version, **changes), changes)


def _save_with(card: Card, act: Callable[[], Answer], changes: dict[str, Any]) -> None:
    state, question_id = card.state, card.question.id
    state.error = ""
    try:
        state.answer = act()
        state.saved_at = state.answer.updated_at
    except StaleAnswerError:
        state.conflict = Conflict(mine=changes)
        state.answer = view_assessment(office(), card.user, card.assessment_id).answer_to(question_id)
    except Section11Error as error:
        state.error = error.user_message
