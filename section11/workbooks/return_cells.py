"""What people put in the cells of an Excel return, turned into texts, ratings and dates."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache

from section11.domain.answers import MARKER_TITLES, Marker
from section11.domain.question_types import type_of
from section11.domain.scales import Rating
from section11.domain.standards import Question, StandardsSet
from section11.domain.uk_time import day_written, long_date
from section11.workbooks.return_layout import CONFIRMED
from section11.workbooks.safe_opening import CellError, ReadValue

EARLIEST_YEAR, LATEST_YEAR = 2000, 2099


def as_text(value: ReadValue) -> str:
    """Return the text of a cell; numbers and dates become what a person would have read there."""
    match value:
        case None:
            return ""
        case str():
            return value if value.strip() else ""
        case CellError(text=text):
            return text
        case bool():
            return "Yes" if value else "No"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return long_date(value)
        case datetime():
            return f"{long_date(value)} {value:%H:%M}"
        case date():
            return long_date(value)
        case time():
            return f"{value:%H:%M}"
        case _:
            return str(value)


def as_rating(value: ReadValue, standards_set: StandardsSet) -> Rating | Marker | None:
    """Return the rating or marker a cell names, in any case; None when it is empty.

    Raises:
        ValueError: the words are not in the list.
    """
    words = _plain(as_text(value))
    if not words:
        return None
    if words in _MARKERS:
        return _MARKERS[words]
    for rating in standards_set.scale.ratings:
        if words == _plain(rating.label):
            return rating
    raise ValueError(words)


def as_value(value: ReadValue, question: Question) -> str | Marker | None:
    """Return the value or marker a cell gives to a question that is not rated; None when it is empty.

    Raises:
        BadInputError: the question's type cannot read what stands there.
    """
    written = as_text(value)
    if not written:
        return None
    return _MARKERS.get(_plain(written)) or type_of(question).read(written, question)


def as_date(value: ReadValue) -> date | None:
    """Return the day a cell names, as a date or as text such as "30/09/2026" or "30 September 2026".

    Raises:
        ValueError: it names no day between 2000 and 2099.
    """
    if isinstance(value, datetime):
        day = value.date()
    elif isinstance(value, date):
        day = value
    else:
        words = " ".join(as_text(value).split())
        if not words:
            return None
        written = day_written(words)
        if written is None:
            raise ValueError(words)
        day = written
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise ValueError(str(day))
    return day


def is_confirmed(value: ReadValue) -> bool:
    """Return whether the "Brought forward" cell confirms the answer."""
    return _plain(as_text(value)) == _plain(CONFIRMED)


@lru_cache(maxsize=512)
def _plain(words: str) -> str:
    """Compare words as people mean them: Excel makes apostrophes curly, and spaces slip in."""
    return " ".join(words.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split()).casefold()


_MARKERS: dict[str, Marker] = {_plain(label): marker for marker, label in MARKER_TITLES.items()}
