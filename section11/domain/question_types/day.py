"""Questions answered with a date."""

from __future__ import annotations

from datetime import date

from section11.domain.question_types.question_type import Entry, QuestionType, Summary
from section11.domain.standards import Question
from section11.domain.uk_time import day_written, long_date
from section11.errors import BadInputError

EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)


def _read(words: str, question: Question) -> str:
    day = day_written(words)
    if day is None:
        raise BadInputError(f'"{words.strip()[:40]}" is not a date. Write it like 30/09/2026.')
    if not EARLIEST <= day <= LATEST:
        raise BadInputError(f"{long_date(day)} cannot be right here. Write a date between 1990 and 2099.")
    return day.isoformat()


TYPE = QuestionType(
    key="date",
    title="Date",
    entry=Entry.DAY,
    summary=Summary.DAYS,
    read=_read,
    words=lambda value, question: long_date(date.fromisoformat(value)),
    advice=lambda question: "Write the date like 30/09/2026.",
)
