"""NHS numbers and unique pupil numbers, told from other numbers by their check digit and check letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from section11.domain.privacy.found import Found, Kind

_NHS_NUMBER = re.compile(r"(?<![\w+/.-])[1-9]\d{2}([ -]?)\d{3}\1\d{4}(?![\w/-]|\.\d)")
_PUPIL_NUMBER = re.compile(r"(?<!\w)[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z](?!\w)", re.IGNORECASE)
_CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The 23 letters of pupil numbers: without I, O and S, which look like figures."""


def nhs_numbers(text: str) -> Iterator[Found]:
    for match in _NHS_NUMBER.finditer(text):
        if is_nhs_number(re.sub(r"\D", "", match.group())):
            yield Found(Kind.NHS_NUMBER, match.group(), *match.span())


def pupil_numbers(text: str) -> Iterator[Found]:
    for match in _PUPIL_NUMBER.finditer(text):
        if is_pupil_number(match.group().upper()):
            yield Found(Kind.PUPIL_NUMBER, match.group(), *match.span())


def is_nhs_number(digits: str) -> bool:
    """Return whether ten digits end with their check digit: the first nine, weighted 10 to 2, modulo 11."""
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    # A remainder that would need the check digit 10 is never given out, and no last digit is equal to it.
    return (11 - total % 11) % 11 == int(digits[9])


def is_pupil_number(words: str) -> bool:
    """Return whether a letter and twelve characters go together: the twelve, weighted 2 to 13, modulo 23.

    The last character of a temporary number is a letter; it counts as its place among the check letters.
    """
    values = [int(one) if one.isdigit() else _CHECK_LETTERS.index(one) for one in words[1:]]
    total = sum(value * weight for value, weight in zip(values, range(2, 14), strict=True))
    return _CHECK_LETTERS[total % 23] == words[0]
