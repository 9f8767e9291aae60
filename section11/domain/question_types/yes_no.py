"""Questions answered with yes or no."""

from __future__ import annotations

from section11.domain.question_types.choices import chosen_key
from section11.domain.question_types.question_type import Entry, QuestionType, Summary
from section11.domain.standards import Question

_OPTIONS = {"yes": "Yes", "no": "No"}


def _read(words: str, question: Question) -> str:
    return chosen_key(words, _OPTIONS)


TYPE = QuestionType(
    key="yes_no",
    title="Yes or no",
    entry=Entry.ONE_OF,
    summary=Summary.COUNTS,
    read=_read,
    words=lambda value, question: _OPTIONS[value],
    advice=lambda question: "Choose yes or no.",
    options=lambda question: _OPTIONS,
)
