"""Changing an answer: what a person chose or wrote, read by the scale and the question's type."""

from __future__ import annotations

from dataclasses import replace
from typing import TypedDict

from section11.domain.answers import Answer, Marker
from section11.domain.question_types import type_of
from section11.domain.standards import Question, StandardsSet
from section11.errors import BadInputError


class AnswerChanges(TypedDict, total=False):
    """The fields of an answer a person changed. A rating or value takes away the marker and the other way round.

    ``value`` is what the person wrote; the question's type reads it.
    """

    rating: str | None
    value: str | None
    marker: Marker | None
    reason: str
    evidence: str
    impact: str


def with_changes(stored: Answer, question: Question, standards_set: StandardsSet, changes: AnswerChanges) -> Answer:
    """Return an answer with what a person changed in it; it is then their own, not carried forward any more.

    Raises:
        BadInputError: a rating the scale does not have, or a value the question's type cannot read.
    """
    rating, value, marker = stored.rating, stored.value, stored.marker
    if "rating" in changes:
        rating = _rating_read(changes["rating"], question, standards_set)
    if "value" in changes:
        value = _value_read(changes["value"], question)
    if (rating, value) != (stored.rating, stored.value) and (rating or value):
        marker = None
    if "marker" in changes:
        marker = changes["marker"]
        if marker is not None:
            rating = value = None
    return replace(
        stored,
        rating=rating,
        value=value,
        marker=marker,
        carried_from=None,
        reason=changes.get("reason", stored.reason),
        evidence=changes.get("evidence", stored.evidence),
        impact=changes.get("impact", stored.impact),
    )


def _rating_read(key: str | None, question: Question, standards_set: StandardsSet) -> str | None:
    if key is None:
        return None
    if not question.is_rated:
        raise BadInputError(
            f"Question {question.id} is not answered with a rating. {type_of(question).advice(question)}"
        )
    return standards_set.scale.rating(key).key


def _value_read(written: str | None, question: Question) -> str | None:
    return None if written is None or not written.strip() else type_of(question).read(written, question)
