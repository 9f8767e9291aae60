"""Differences in words, marked in plain text: ``[-gone-]`` and ``{+come+}``."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

Value = str | bool | tuple[str, ...]

LEGEND = "[-Words-] are gone, {+words+} are new."
_LEAST_IN_COMMON = 0.6
"""Below this share of common words, marks between single words read worse than both texts beside each other."""
_SHORT = 60
"""Characters that can be marked as a whole."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that both texts have (``gone`` and ``come`` are equal), or what stands in one where the other differs."""

    gone: str
    come: str

    @property
    def is_same(self) -> bool:
        return self.gone == self.come


def stretches(before: str, after: str) -> tuple[Stretch, ...] | None:
    """Return two texts as stretches of words, or None if they have too little in common to be compared."""
    old, new = before.split(), after.split()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _LEAST_IN_COMMON:
        return None
    return tuple(
        Stretch(" ".join(old[old_from:old_to]), " ".join(new[new_from:new_to]))
        for _, old_from, old_to, new_from, new_to in matcher.get_opcodes()
    )


def word_difference(before: str, after: str) -> str | None:
    """Return the text after with every change marked, or None if the two have too little in common."""
    found = stretches(before, after)
    if found is None:
        return None
    return " ".join(one.come if one.is_same else _marked(one.gone, one.come) for one in found)


def change_in_words(before: Value, after: Value) -> str | None:
    """Return how a value changed, in words and marks; None if it is a text or a list that was written anew.

    Both values are of the same kind and not equal.
    """
    if isinstance(before, tuple) and isinstance(after, tuple):
        return _list_in_words(before, after)
    if isinstance(before, str) and isinstance(after, str):
        whole = not before or not after or max(len(before), len(after)) <= _SHORT
        return word_difference(before, after) or (_marked(before, after) if whole else None)
    return "now yes" if after else "no longer"


def _list_in_words(before: tuple[str, ...], after: tuple[str, ...]) -> str | None:
    gone = "; ".join(one for one in before if one not in after)
    come = "; ".join(one for one in after if one not in before)
    if not gone and not come:
        return "in another order"
    nothing_stayed = not set(before) & set(after)
    return None if nothing_stayed and min(len(gone), len(come)) > _SHORT else _marked(gone, come)


def _marked(gone: str, come: str) -> str:
    return " ".join(part for part in (f"[-{gone}-]" if gone else "", f"{{+{come}+}}" if come else "") if part)
