"""Whether two texts say the same, and whether a text says anything at all."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+")
_SAYS_NOTHING = frozenset(
    {
        "", "n a", "na", "nil", "none", "tbc", "tba", "tbd", "yes", "y", "no", "ok", "met", "fully met", "in place",
        "done", "complete", "completed", "to follow", "not applicable", "to be confirmed", "to be added", "as stated",
        "yes in place", "yes fully met", "all in place", "we do this", "x",
    }
)  # fmt: skip


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, without spaces, marks and apostrophes."""
    return _WORD.findall(text.casefold().replace("'", "").replace("’", ""))


# Several checks ask for the same text, and a list over a whole cycle reads it again after every change.
@lru_cache(maxsize=100_000)
def same_form(text: str) -> str:
    """Return a text so that spacing, capitals and punctuation make no difference."""
    return " ".join(words_of(text))


def says_nothing(text: str) -> bool:
    """Return whether a text is empty or a filler such as "TBC" or "Yes". "See above" points somewhere, so it is not."""
    return same_form(text) in _SAYS_NOTHING


def new_words(text: str, before: str) -> set[str]:
    """Return the words of a text that an earlier one does not have."""
    return set(words_of(text)) - set(words_of(before))
