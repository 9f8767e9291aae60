"""Signs without which no likely personal data is found: a quick look that passes over most texts.

It may see a sign where nothing is, never the other way round. It holds for many texts at once, joined by line ends,
as it does for each of them.
"""

from __future__ import annotations

import re

from section11.domain.privacy.first_names import FIRST_NAMES

_MANY_DIGITS = re.compile(r"\d(?:[ ()-]{0,2}\d){9}")
"""Ten digits or more that may be one number: of a telephone, a patient or a pupil."""
_BORN = re.compile(r"d(?<!\wd)\.?\s?o\.?\s?b(?![a-hj-np-vx-z])")
"""D.O.B., or "dob is", "on" or "was"; "do before" is not."""
_BEFORE_A_CAPITAL = re.compile(r"[A-Z][a-z]+(?=\.? [A-Z])")
_TITLES = (
    "Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof", "Professor", "Rev", "Revd", "Reverend", "Cllr", "Councillor", "Sgt",
    "Sergeant",
)  # fmt: skip
_BEGIN_A_NAME = FIRST_NAMES.union(_TITLES)
_CALLED = ("called ", "named ", "name is ", "name of ")
_RELATIVES = (
    "mother", "father", "mum", "dad", "parents", "brother", "sister", "sibling", "grand", "step", "aunt", "uncle",
    "foster",
)  # fmt: skip
_YEARS_OLD = ("year old", "year-old", "years old", "years-old", "y/o")
_A_NUMBER_AFTER_AGE = re.compile(r"d?\s+\d")


def may_hold_personal_data(text: str) -> bool:
    """Return False only where ``likely_personal_data`` finds nothing."""
    return (
        "@" in text
        or _MANY_DIGITS.search(text) is not None
        or _tells_a_birth(text.casefold())
        or not _BEGIN_A_NAME.isdisjoint(_BEFORE_A_CAPITAL.findall(text))
        or any(rest[:1].isupper() for words in _CALLED for rest in _after(words, text))
        or any(rest.startswith(_RELATIVES) for words in ("'s ", "’s ") for rest in _after(words, text))
        or _tells_an_age(text)
    )


def _after(words: str, text: str) -> list[str]:
    """Return what follows these words, each time as far as they stand again. Much faster than an expression."""
    return text.split(words)[1:]


def _tells_a_birth(small: str) -> bool:
    return "birth" in small or "born" in small or _BORN.search(small) is not None


def _tells_an_age(text: str) -> bool:
    return (
        any(words in text for words in _YEARS_OLD)
        or any(not rest[:1].isalnum() for rest in _after("yo", text))
        or any(_A_NUMBER_AFTER_AGE.match(rest) for age in (" age", "(age") for rest in _after(age, text))
    )
