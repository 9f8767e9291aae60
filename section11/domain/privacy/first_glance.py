"""Signs without which no likely personal data is found: a quick look that passes over most texts.

It may see a sign where nothing is, never the other way round. It holds for many texts at once, joined by line ends,
as it does for each of them.
"""

from __future__ import annotations

import re

from section11.domain.privacy.first_names import FIRST_NAMES

_MANY_DIGITS = re.compile(r"\d(?:[ ()-]{0,2}\d){9}")
"""Ten digits or more that may be one number: of a telephone, a patient or a pupil."""
_BORN = re.compile(r"d(?<!\wd)\.?\s?o\.?\s?b")
_TITLE = re.compile(
    r"(?:M(?:rs?|s|iss|x)|Dr|Prof(?:essor)?|Rev(?:d|erend)?|Cllr|Councillor|S(?:gt|ergeant))\.? [A-Z]"
)
_CALLED = re.compile(r"(?:called|named|name is|name of) [A-Z]")
_AGES = (re.compile(r"aged?\s+\d"), re.compile(r"years?[- ]old\b"), re.compile(r"y/?o\b"))
_RELATIVE = re.compile(r"['’]s (?:mother|father|mum|dad|parents|brother|sister|sibling|grand|step|aunt|uncle|foster)")
_BEFORE_A_CAPITAL = re.compile(r"[A-Z][a-z]+(?= [A-Z])")


def may_hold_personal_data(text: str) -> bool:
    """Return False only where ``likely_personal_data`` finds nothing."""
    return (
        "@" in text
        or _MANY_DIGITS.search(text) is not None
        or _tells_a_birth(text.casefold())
        or _CALLED.search(text) is not None
        or any(sign.search(text) for sign in _AGES)
        or _RELATIVE.search(text) is not None
        or _TITLE.search(text) is not None
        or not FIRST_NAMES.isdisjoint(_BEFORE_A_CAPITAL.findall(text))
    )


def _tells_a_birth(small: str) -> bool:
    return "birth" in small or "born" in small or _BORN.search(small) is not None
