"""Dates as people write them inside a text: "12/03/2023", "3 March 2023", "Mar 2023", "2023/24", "2022"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_NAMES = [name for name in calendar.month_name if name]
_MONTH_BY_START = {name[:3].casefold(): number for number, name in enumerate(_NAMES, start=1)}
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19[89]|20\d)\d)"

_HINT = re.compile(r"19\d\d|20\d\d|/\d\d|\.\d\d|-\d\d|'\d\d|’\d\d")
"""A year in full, or what may be one of two figures: every date has one; a text without is passed over quickly."""
_SURELY_A_DATE = re.compile(rf"(?<=\b(?:in|on|by|of) ){_MONTH} {_YEAR}(?=[.,;)](?!\d)|\Z)")
"""A month and year that are no part of anything else, and mean themselves."""
_START = re.compile(r"[\dADFJMNOSadfjmnos](?<![\w.,/-].)")
"""Where a date may begin: at a figure or the first letter of a month."""
_NOT_EVIDENCE_BEFORE = re.compile(
    r"(?:\b(?:act|acts|bill|regulations?|order|together|safeguard children|(?:safe )?in education|kcsie|wtsc?|wt|eyfs|"
    r"gdpr|statutory framework|since)|[£$€#])\s*[,(]?\s*$",
    re.IGNORECASE,
)
"""A year after these names a law or guidance, or a beginning that still lasts: not when something was last done."""
_A_NUMBER_AFTER = re.compile(
    r"(?:\s*%|\s+(?:staff|children|people|pupils|students|families|young|adults|volunteers|members|employees|hours|"
    r"referrals|practitioners|officers|records|cases)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date found in a text: its words, where they stand, and the last day that they can mean."""

    words: str
    start: int
    end: int
    last_day: date
    is_exact: bool
    """Whether the words name one day."""


def dates_in(text: str) -> list[WrittenDate]:
    """Return the dates written in a text, in order. Years of laws and guidance are left out, and so is "since 2019".

    A month means its last day, a year or a span of years the last day of its last year.
    """
    found: list[WrittenDate] = []
    if not _HINT.search(text):
        return found
    starts = [match.start() for match in _START.finditer(text) if _may_begin(text, match.start())]
    taken: list[tuple[int, int]] = []
    for pattern, last_day_of, is_exact in _FORMS:
        for match in _matches(pattern, text, starts):
            start, end = match.span()
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            last_day = last_day_of(match)
            if last_day is None:
                continue
            taken.append((start, end))
            if is_exact or not _means_something_else(text, match):
                found.append(WrittenDate(match.group(), start, end, last_day, is_exact))
    return sorted(found, key=lambda one: one.start)


def _may_begin(text: str, start: int) -> bool:
    return text[start].isdecimal() or text[start : start + 3].casefold() in _MONTH_BY_START


def _matches(pattern: re.Pattern[str], text: str, starts: Sequence[int]) -> Iterator[re.Match[str]]:
    """Give the matches one after the other, as ``finditer`` does, from where a date may begin."""
    end = 0
    for start in starts:
        match = pattern.match(text, start) if start >= end else None
        if match:
            end = match.end()
            yield match


# A list over a whole cycle reads the same texts again after every change to one of them.
@lru_cache(maxsize=100_000)
def newest_in(text: str) -> WrittenDate | None:
    """Return the latest of the dates written in a text; None where there is none."""
    return max(dates_in(text), key=lambda one: one.last_day, default=None)


@lru_cache
def _years_after(year: int) -> frozenset[str]:
    return frozenset(map(str, range(year + 1, 2100)))


def newest_may_be_before(text: str, day: date) -> bool:
    """Return False only where the latest of the dates written in a text is this day or later, or there is none."""
    if _years_after(day.year).issuperset(_HINT.findall(text)):
        return False
    return not any(_month_of(one) >= (day.year, day.month) for one in _SURELY_A_DATE.finditer(text))


def _month_of(match: re.Match[str]) -> tuple[int, int]:
    return int(match["year"]), _MONTH_BY_START[match["month"][:3].casefold()]


def exact_days_in(text: str) -> Iterator[WrittenDate]:
    """Give the dates that name one day."""
    return (one for one in dates_in(text) if one.is_exact)


def _means_something_else(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 20]
    return bool(_NOT_EVIDENCE_BEFORE.search(before) or _A_NUMBER_AFTER.match(after))


def _year(words: str) -> int:
    return int(words) if len(words) == 4 else 2000 + int(words)


def _one_day(match: re.Match[str]) -> date | None:
    written = match.groupdict()
    month = written.get("number") or _MONTH_BY_START[written["month"][:3].casefold()]
    try:
        return date(_year(written["year"]), int(month), int(written["day"]))
    except ValueError:
        return None


def _end_of_month(match: re.Match[str]) -> date | None:
    written = match.groupdict()
    month = int(written.get("number") or _MONTH_BY_START[written["month"][:3].casefold()])
    if not 1 <= month <= 12:
        return None
    year = _year(written["year"])
    return date(year, month, calendar.monthrange(year, month)[1])


def _end_of_year(match: re.Match[str]) -> date:
    return date(_year(match["year"]), 12, 31)


def _end_of_span(match: re.Match[str]) -> date | None:
    first, last = int(match["first"]), match["year"]
    last_year = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return date(last_year, 12, 31) if first < last_year <= first + 10 else None


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,/-]){pattern}(?![\w/]|[.,-]\d)", re.IGNORECASE)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], date | None], bool], ...] = (
    (_form(rf"{_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)"), _one_day, True),
    (_form(r"(?P<day>\d{1,2})(?P<mark>[/.-])(?P<number>\d{1,2})(?P=mark)(?P<year>(?:20|19)\d\d|\d\d)"), _one_day, True),
    (_form(rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}"), _one_day, True),
    (_form(rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}"), _one_day, True),
    (_form(rf"{_MONTH}[\s,-]*{_YEAR}"), _end_of_month, False),
    (_form(rf"{_MONTH}\s*['’](?P<year>\d\d)"), _end_of_month, False),
    (_form(rf"(?P<number>0?[1-9]|1[0-2])/{_YEAR}"), _end_of_month, False),
    (_form(r"(?P<first>(?:19[89]|20\d)\d)\s*(?:/|-|–|to)\s*(?P<year>20\d\d|\d\d)"), _end_of_span, False),
    (_form(_YEAR), _end_of_year, False),
)  # fmt: skip
"""How dates are written, the longest first, so that the year in "3 March 2023" is not found again."""
