"""Answers: what an organisation says about one question, and the states an answer can be in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from section11.domain.standards import Question

LONGEST_TEXT = 32_767
"""Characters in one text as ``length_of`` counts them: what an Excel cell holds, so that every text fits in one."""


class Marker(StrEnum):
    """What may stand in place of a rating or a value."""

    NOT_APPLICABLE = "not_applicable"
    DONT_KNOW_YET = "dont_know_yet"


class AnswerState(StrEnum):
    """The state of a question for one organisation. They are kept apart everywhere, exports included."""

    RATED = "rated"
    ANSWERED = "answered"
    NOT_APPLICABLE = "not_applicable"
    DONT_KNOW_YET = "dont_know_yet"
    NOT_CONFIRMED = "not_confirmed"
    NOT_ANSWERED = "not_answered"
    NOT_ASKED = "not_asked"


STATE_TITLES: dict[AnswerState, str] = {
    AnswerState.RATED: "Rated",
    AnswerState.ANSWERED: "Answered",
    AnswerState.NOT_APPLICABLE: "Not applicable",
    AnswerState.DONT_KNOW_YET: "Don't know yet",
    AnswerState.NOT_CONFIRMED: "Carried forward, not yet confirmed",
    AnswerState.NOT_ANSWERED: "Not answered",
    AnswerState.NOT_ASKED: "Not asked",
}

MARKER_TITLES: dict[Marker, str] = {marker: STATE_TITLES[AnswerState(marker.value)] for marker in Marker}


def length_of(text: str) -> int:
    """Return how long a text is as Excel and Windows count: most emoji are two characters."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", errors="replace")) // 2


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said about one question.

    ``rating`` is a key of the set's scale, ``value`` what a question that is not rated was answered with, as
    its type keeps it; with a ``marker`` there is neither.
    ``carried_from`` names the cycle an answer was brought from until somebody confirms it.
    ``version`` is 0 before the first save and rises by one with each.
    """

    question_id: str
    rating: str | None = None
    marker: Marker | None = None
    reason: str = ""
    """Why the question does not apply; used only with ``NOT_APPLICABLE``."""
    evidence: str = ""
    impact: str = ""
    carried_from: str | None = None
    version: int = 0
    updated_at: datetime | None = None
    updated_by: str | None = None
    value: str | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.said or self.reason or self.evidence or self.impact)

    @property
    def said(self) -> str | None:
        """The marker, rating or value: what was chosen or entered, whichever it is."""
        return self.marker or self.rating or self.value


@dataclass(frozen=True, slots=True)
class Action:
    """A promised improvement: what, by whom (a post, never a name) and by when."""

    question_id: str
    what: str = ""
    owner: str = ""
    due: date | None = None

    @property
    def is_complete(self) -> bool:
        return bool(self.what.strip() and self.owner.strip() and self.due)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done, as every promise is until something is reported about it."""
        return True

    @property
    def is_empty(self) -> bool:
        return not (self.what.strip() or self.owner.strip() or self.due)


def state_of(question: Question, organisation_type: str, answer: Answer | None) -> AnswerState:
    """Return the state of a question for an organisation of this type."""
    if not question.is_asked_of(organisation_type):
        return AnswerState.NOT_ASKED
    if answer is None or not answer.said:
        return AnswerState.NOT_ANSWERED
    if answer.carried_from:
        return AnswerState.NOT_CONFIRMED
    if answer.marker is Marker.NOT_APPLICABLE:
        return AnswerState.NOT_APPLICABLE
    if answer.marker is Marker.DONT_KNOW_YET:
        return AnswerState.DONT_KNOW_YET
    return AnswerState.RATED if question.is_rated else AnswerState.ANSWERED


AnswersByQuestion = Mapping[str, Answer]
ActionsByQuestion = Mapping[str, Action]
