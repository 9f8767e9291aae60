"""Questions answered with one of the choices that the set lists."""

from __future__ import annotations

from section11.domain.question_types.choices import chosen_key
from section11.domain.question_types.question_type import Entry, QuestionType, Summary
from section11.domain.standards import Question


def _read(words: str, question: Question) -> str:
    return chosen_key(words, question.choices)


TYPE = QuestionType(
    key="choice",
    title="One of several choices",
    entry=Entry.ONE_OF,
    summary=Summary.COUNTS,
    read=_read,
    words=lambda value, question: question.choices[value],
    advice=lambda question: "Choose one.",
    options=lambda question: question.choices,
)
