"""Texts as they are kept: without what no database holds, and never words that mean something else."""

from __future__ import annotations

from section11.domain.answers import MARKER_TITLES
from section11.errors import BadInputError

_MARKER_WORDS = {title.casefold() for title in MARKER_TITLES.values()}


def kept_words(words: str) -> str:
    """Return a text without zero bytes and without space around it; empty if nothing is left.

    Raises:
        BadInputError: it says no more than "not applicable" or "don't know yet", which is chosen, not written.
    """
    text = words.replace("\x00", "").strip()
    if " ".join(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split()).casefold() in _MARKER_WORDS:
        raise BadInputError(f'Empty the box and choose "{text}" below it, so that it is counted as that.')
    return text
