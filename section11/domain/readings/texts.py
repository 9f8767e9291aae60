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

_WORDS_OF_OPENING = 4
_NEARLY_ALWAYS_ENOUGH = 60
"""Characters that hold so many words."""
_OPENS = re.compile("[^a-z0-9]*" + "[^a-z0-9]+".join(["([a-z0-9]+)"] * _WORDS_OF_OPENING) + "[^a-z0-9]")


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, without spaces, marks and apostrophes."""
    return _WORD.findall(_small(text))


def _small(text: str) -> str:
    return text.casefold().replace("'", "").replace("’", "")


# Several checks ask for the same text, and a list over a whole cycle reads it again after every change.
@lru_cache(maxsize=100_000)
def same_form(text: str) -> str:
    """Return a text so that spacing, capitals and punctuation make no difference."""
    return " ".join(words_of(text))


def opening_of(text: str) -> tuple[str, ...]:
    """Return the first words of a text, as ``words_of`` has them: texts that say the same open the same."""
    # A word at the end of the part may be cut off, so it opens with whole words or is read in full.
    opens = _OPENS.match(_small(text[:_NEARLY_ALWAYS_ENOUGH]))
    return opens.groups() if opens else tuple(words_of(text)[:_WORDS_OF_OPENING])


def says_nothing(text: str) -> bool:
    """Return whether a text is empty or a filler such as "TBC" or "Yes". "See above" points somewhere, so it is not."""
    return not _FIVE_WORDS.match(text) and same_form(text) in _SAYS_NOTHING


def new_words(text: str, before: str) -> set[str]:
    """Return the words of a text that an earlier one does not have."""
    return set(words_of(text)) - set(words_of(before))
