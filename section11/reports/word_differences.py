"""Differences in words, marked in plain text: ``[-gone-]`` and ``{+come+}``."""

from __future__ import annotations

from difflib import SequenceMatcher

Value = str | bool | tuple[str, ...]

LEGEND = "[-Words-] are gone, {+words+} are new."
_LEAST_IN_COMMON = 0.6
"""Below this share of common words, marks between single words read worse than both texts beside each other."""
_SHORT = 60
"""Characters that can be marked as a whole."""


def word_difference(before: str, after: str) -> str | None:
    """Return the text after with every change marked, or None if the two have too little in common."""
    old, new = before.split(), after.split()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _LEAST_IN_COMMON:
        return None
    parts: list[str] = []
    for change, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if change == "equal":
            parts += old[old_from:old_to]
        else:
            parts.append(_marked(" ".join(old[old_from:old_to]), " ".join(new[new_from:new_to])))
    return " ".join(parts)


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
