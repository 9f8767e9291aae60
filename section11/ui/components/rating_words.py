"""Ratings and states as a coloured word; the word alone says everything."""

from __future__ import annotations

from section11.domain.scales import Tone
from section11.ui.words import plain

_BADGE_COLOURS = {Tone.FULL: "green", Tone.MOST: "green", Tone.PART: "orange", Tone.NONE: "red"}


def state_badge(words: str, tone: Tone | None) -> str:
    """Return Markdown for a small coloured label; grey where there is no rating."""
    colour = "gray" if tone is None else _BADGE_COLOURS[tone]
    return f":{colour}-badge[{plain(words)}]"
