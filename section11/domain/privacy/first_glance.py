"""Signs without which no likely personal data is found: a quick look that passes over most texts.

It may see a sign where nothing is, never the other way round. It holds for many texts at once, joined by line ends,
as it does for each of them.
"""

from __future__ import annotations

import re

from section11.domain.privacy.first_names import FIRST_NAMES

_TEN_DIGITS = b"0" * 10
"""As many digits as one number has at least: of a telephone, a patient or a pupil."""
_SPACED = b" ()-"
_DIGITS = bytes(
    # Letters and marks as Europe writes them begin with these bytes in UTF-8; any other may be a digit of its script.
    ord("0") if 0x30 <= one <= 0x39 or (one > 0xC5 and one != 0xE2) else ord(".")
    for one in range(256)
)
_NOT_COUNTED = _SPACED + bytes(range(0x80, 0xC0))
"""What may stand between digits, and what only continues a character."""
_BORN = re.compile(r"d(?<!\wd)\.?\s?o\.?\s?b(?![a-hj-np-vx-z])")
"""D.O.B., or "dob is", "on" or "was"; "do before" is not."""
_BEFORE_A_CAPITAL = re.compile(r"[A-Z][a-z]+(?=\.? [A-Z])")
_TITLES = (
    "Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof", "Professor", "Rev", "Revd", "Reverend", "Cllr", "Councillor", "Sgt",
    "Sergeant",
)  # fmt: skip
_BEGIN_A_NAME = FIRST_NAMES.union(_TITLES)
_CALLED = re.compile(r"called [^\W\d_a-z]")
_NAMED = re.compile(r"name(?:d| is| of) [^\W\d_a-z]")
"""What begins with its letters is looked for several times as fast as what begins with a choice."""
_RELATIVES = (
    "mother", "father", "mum", "dad", "parents", "brother", "sister", "sibling", "grand", "step", "aunt", "uncle",
    "foster",
)  # fmt: skip
_YEARS_OLD = re.compile(r"years?[ -]old")
_Y_O = re.compile(r"yo(?![^\W_])")
_AGE = re.compile(r"age(?<=[ (]age)d?\s+\d")


def may_hold_personal_data(text: str) -> bool:
    """Return False only where ``likely_personal_data`` finds nothing."""
    return (
        "@" in text
        or _has_many_digits(text)
        or _tells_a_birth(text.casefold())
        or not _BEGIN_A_NAME.isdisjoint(_BEFORE_A_CAPITAL.findall(text))
        or _CALLED.search(text) is not None
        or _NAMED.search(text) is not None
        or any(rest.startswith(_RELATIVES) for words in ("'s ", "’s ") for rest in _after(words, text))
        or _tells_an_age(text)
    )


def _has_many_digits(text: str) -> bool:
    return _TEN_DIGITS in text.encode(errors="replace").translate(_DIGITS, _NOT_COUNTED)


def _after(words: str, text: str) -> list[str]:
    """Return what follows these words, each time as far as they stand again."""
    return text.split(words)[1:]


def _tells_a_birth(small: str) -> bool:
    return "birth" in small or "born" in small or _BORN.search(small) is not None


def _tells_an_age(text: str) -> bool:
    return "y/o" in text or any(one.search(text) for one in (_YEARS_OLD, _Y_O, _AGE))
