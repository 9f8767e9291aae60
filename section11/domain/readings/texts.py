"""Whether two texts say the same, and whether a text says anything at all."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+")
_FIVE_WORDS = re.compile(r"(?:[A-Za-z0-9]+[ ,.;:()\n-]+){5}")
"""More than any filler has; most texts begin with so many, and need no closer look."""
_SAYS_NOTHING = frozenset(
    {
        "", "n a", "na", "nil", "none", "tbc", "tba", "tbd", "yes", "y", "no", "ok", "met", "fully met", "in place",
        "done", "complete", "completed", "to follow", "not applicable", "to be confirmed", "to be added", "as stated",
        "yes in place", "yes fully met", "all in place", "we do this", "x",
    }
)  # fmt: skip

_OPENING, _WORDS_OF_OPENING = 60, 4


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, without spaces, marks and apostrophes."""
    return _WORD.findall(text.casefold().replace("'", "").replace("’", ""))


# Several checks ask for the same text, and a list over a whole cycle reads it again after every change.
@lru_cache(maxsize=100_000)
def same_form(text: str) -> str:
    """Return a text so that spacing, capitals and punctuation make no difference."""
    return " ".join(words_of(text))


def opening_of(text: str) -> str:
    """Return the first words of a text, as ``same_form`` has them: texts that say the same open the same."""
    words = words_of(text[:_OPENING])
    # The last of them may be cut off.
    found = words if len(words) > _WORDS_OF_OPENING else words_of(text)
    return " ".join(found[:_WORDS_OF_OPENING])


def says_nothing(text: str) -> bool:
    """Return whether a text is empty or a filler such as "TBC" or "Yes". "See above" points somewhere, so it is not."""
    return not _FIVE_WORDS.match(text) and same_form(text) in _SAYS_NOTHING


def new_words(text: str, before: str) -> set[str]:
    """Return the words of a text that an earlier one does not have."""
    return set(words_of(text)) - set(words_of(before))
