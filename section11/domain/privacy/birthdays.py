"""Dates of birth: a date right after words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from section11.domain.privacy.found import Found, Kind
from section11.domain.written_dates import exact_days_in

_SAYS_SO = re.compile(
    r"(?:\bd\.?\s?o\.?\s?b\.?|\bdate of birth|\bbirth ?date|\bborn(?: on)?|\bbirthday)[\s:=(,-]*(?:is|was|on)?\s*$",
    re.I,
)
_LONGEST_LEAD = 30
_HINT = re.compile(r"birth|born|d\.?\s?o\.?\s?b", re.I)
"""A text without is passed over quickly."""


def birth_dates(text: str) -> Iterator[Found]:
    for day in exact_days_in(text) if _HINT.search(text) else ():
        lead = _SAYS_SO.search(text[max(0, day.start - _LONGEST_LEAD) : day.start])
        if lead:
            start = day.start - len(lead.group())
            yield Found(Kind.DATE_OF_BIRTH, text[start : day.end], start, day.end)
