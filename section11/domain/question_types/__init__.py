"""The types of question, each in a module of its own, and the registry that everything else asks."""

from __future__ import annotations

from section11.domain.answers import MARKER_TITLES, Answer
from section11.domain.question_types import (
    choice,
    day,
    long_text,
    number,
    percentage,
    rating,
    short_text,
    yes_no,
)
from section11.domain.question_types.question_type import Entry, QuestionType, Summary
from section11.domain.standards import Question, StandardsSet

__all__ = ["QUESTION_TYPES", "Entry", "QuestionType", "Summary", "said_words", "type_of", "value_words"]

QUESTION_TYPES: dict[str, QuestionType] = {
    one.key: one
    for one in (
        rating.TYPE,
        yes_no.TYPE,
        number.TYPE,
        percentage.TYPE,
        day.TYPE,
        choice.TYPE,
        short_text.TYPE,
        long_text.TYPE,
    )
}


def type_of(question: Question) -> QuestionType:
    """Return the type of a question."""
    return QUESTION_TYPES[question.type]


def said_words(question: Question, answer: Answer, standards_set: StandardsSet) -> str:
    """Return the rating, value or marker of an answer as people read it; empty when there is none."""
    if answer.marker is not None:
        return MARKER_TITLES[answer.marker]
    if answer.rating:
        return standards_set.scale.rating(answer.rating).label
    return value_words(question, answer.value)


def value_words(question: Question, value: str | None) -> str:
    """Return a kept value as people read it; empty when there is none."""
    return "" if value is None else type_of(question).words(value, question)
