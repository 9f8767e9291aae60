"""Questions answered with a share of a hundred."""

from __future__ import annotations

from section11.domain.question_types.figures import check_between, figure, in_words, kept
from section11.domain.question_types.question_type import Entry, QuestionType, Summary
from section11.domain.standards import Question
from section11.errors import BadInputError


def _read(words: str, question: Question) -> str:
    found = figure(words.strip().casefold().removesuffix("%").removesuffix("per cent").removesuffix("percent").rstrip())
    check_between(found, 0, 100, "%")
    if 0 < found < 1:
        meant = kept(round(found * 100, 2))
        raise BadInputError(f"{found}% is less than one in a hundred. Write {meant} if you mean {meant}%, or round it.")
    return kept(found)


TYPE = QuestionType(
    key="percentage",
    title="Percentage",
    entry=Entry.NUMBER,
    summary=Summary.SPREAD,
    read=_read,
    words=lambda value, question: f"{in_words(value)}%",
    advice=lambda question: "Write a percentage between 0 and 100, for example 87.",
)
