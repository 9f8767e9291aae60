"""Passwords that many people use, and what they become with a year or an exclamation mark behind them."""

from __future__ import annotations

from functools import lru_cache

from zxcvbn.frequency_lists import FREQUENCY_LISTS

# Words of this field and of keyboards that the published list lacks. It has 30,000, counted in leaks, from all lengths.
_OURS = """
    abcdefghijkl abcdefghijklm administrator asdfghjkl changeme changemenow changemeplease correcthorsebatterystaple
    iloveyou letmein liverpoolfc manchesterunited p@ssw0rd p@ssword partnership password passwort qwertyuiop
    qwertyuiopas qwertyuiopasdfghjkl riverdale safeguarding safeguardingchildren section section11 section11audit
    trustno1 welcome workingtogether
"""


LONGEST_TUNE = 4
"""What is only as many signs over and over is guessed, whatever they are."""


def is_common(password: str) -> bool:
    """Return whether many people use this password: as it is, over and over, or with digits and signs at its ends."""
    plain = password.casefold().strip()
    known = _common()
    core = plain.strip("0123456789!?.,;:#*+-_$£%&@()/ ")
    is_monotonous = len(set(plain)) <= 2 or len(_once(plain)) <= LONGEST_TUNE
    return is_monotonous or any(_once(one) in known for one in (plain, core))


def _once(word: str) -> str:
    """Return the shortest piece that makes the word when it is repeated; the word itself when none does."""
    again = (word + word).find(word, 1)
    return word[:again] if word and again < len(word) else word


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(FREQUENCY_LISTS["passwords"]) | frozenset(_OURS.split())
