"""What the moderation card of one question remembers, and how what is chosen on it reaches the services."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import streamlit as st

from section11.domain.moderation import Moderation, Said, Seat
from section11.domain.people import User
from section11.domain.standards import Question
from section11.errors import Section11Error, StaleModerationError
from section11.services.moderating import ModerationChanges, save_agreement, save_moderation
from section11.services.moderation_views import ModerationView, view_moderation
from section11.ui.cache import office
from section11.ui.components.evidence_fold import remember_evidence
from section11.ui.session import CARD_KEYS

NO_RATING = "no rating"
FIELDS = ("verdict", "evidence_quality", "reason")


@dataclass
class JudgingState:
    """What one card remembers between runs of its fragment.

    While ``is_stale``, the widgets hold what the person chose and wrote, which could not be saved: ``said`` and
    ``moderation`` are what is stored meanwhile.
    """

    said: Said
    moderation: Moderation
    keys: dict[str, str]
    error: str = ""
    unsaved: str = ""
    """A reason that was written when the return was no longer open."""
    is_stale: bool = False
    saved_at: datetime | None = field(default=None)


@dataclass(frozen=True)
class JudgingCard:
    """One question as one moderator judges it, in a seat."""

    user: User
    view: ModerationView
    question: Question
    seat: Seat
    state: JudgingState

    @property
    def assessment_id(self) -> str:
        return self.view.base.assessment.id


def judging_state(view: ModerationView, question: Question, seat: Seat, states: dict[str, Any]) -> JudgingState:
    """Return the card's state, brought up to date with what is stored unless something is not saved yet."""
    said, moderation = view.said_to(question.id), view.judgement(question.id, seat)
    state: JudgingState | None = states.get(question.id)
    if state is None:
        keys = {name: f"{CARD_KEYS}{view.base.assessment.id}.{question.id}.{seat.value}.{name}" for name in FIELDS}
        state = states[question.id] = JudgingState(said, moderation, keys)
        _fill_widgets(state)
    elif not state.is_stale:
        state.said = said
        if moderation.version > state.moderation.version:
            state.moderation = moderation
            _fill_widgets(state)
    return state


def save_judgement(card: JudgingCard, *names: str) -> None:
    """Save what stands in these widgets, or in all of them where an earlier save was refused as stale.

    Without names an earlier judgement is confirmed as it is.
    """
    wanted = FIELDS if card.state.is_stale else names
    changes: ModerationChanges = {}
    for name in wanted:
        typed = st.session_state[card.state.keys[name]]
        if name == "verdict":
            changes["rating"] = None if typed == NO_RATING else typed
            changes["no_rating"] = typed == NO_RATING
        elif name == "evidence_quality":
            changes["evidence_quality"] = typed
        else:
            changes["reason"] = typed or ""
    _save(card, changes)


def _fill_widgets(state: JudgingState) -> None:
    moderation = state.moderation
    st.session_state[state.keys["verdict"]] = NO_RATING if moderation.no_rating else moderation.rating
    st.session_state[state.keys["evidence_quality"]] = moderation.evidence_quality
    st.session_state[state.keys["reason"]] = moderation.reason


def _save(card: JudgingCard, changes: ModerationChanges) -> None:
    state, service = card.state, save_agreement if card.seat is Seat.AGREED else save_moderation
    state.error = ""
    try:
        state.moderation = service(
            office(),
            card.user,
            card.assessment_id,
            card.question.id,
            expected_version=state.moderation.version,
            expected_answer_version=state.said.answer.version,
            expected_attached=state.said.attached,
            **changes,
        )
        state.saved_at, state.is_stale = state.moderation.updated_at, False
    except StaleModerationError as error:
        state.error, state.is_stale = error.user_message, True
        _read_anew(card)
    except Section11Error as error:
        state.error, state.unsaved = error.user_message, changes.get("reason", "")


def _read_anew(card: JudgingCard) -> None:
    try:
        now = view_moderation(office(), card.user, card.assessment_id, first_look=False)
    except Section11Error as error:
        card.state.error = error.user_message
        return
    # What lies under the answer is read from the page's memory.
    remember_evidence(card.user, now.base)
    card.state.said = now.said_to(card.question.id)
    card.state.moderation = now.judgement(card.question.id, card.seat)
