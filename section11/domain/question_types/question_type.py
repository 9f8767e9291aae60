"""What a type of question is: how it is entered, read, kept, shown and summed up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from section11.domain.standards import Question


class Entry(StrEnum):
    """What the form, the Excel return and the printed form offer to answer with."""

    RATING = "rating"
    ONE_OF = "one_of"
    NUMBER = "number"
    DAY = "day"
    LINE = "line"
    TEXT = "text"


class Summary(StrEnum):
    """What figures are made of many answers."""

    RATINGS = "ratings"
    COUNTS = "counts"
    SPREAD = "spread"
    DAYS = "days"
    TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class QuestionType:
    """One type of question.

    ``read`` takes what a person wrote, in any reasonable manner, and returns the value as it is kept; it
    raises BadInputError with what to write instead. ``words`` turns a kept value into what people read.
    ``options`` gives the words of each choice by its key, for ``Entry.ONE_OF``. ``advice`` says in one
    sentence what to write; it stands beside the box, in the Excel return and on the printed form.
    """

    key: str
    title: str
    entry: Entry
    summary: Summary
    read: Callable[[str, Question], str]
    words: Callable[[str, Question], str]
    advice: Callable[[Question], str]
    options: Callable[[Question], Mapping[str, str]] = lambda question: {}


def as_kept(value: str, question: Question) -> str:
    """The words of a type whose kept value is what people read."""
    return value
