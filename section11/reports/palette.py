"""The one definition of colours and their order: the app, Excel, PPTX, PDF and HTML all read it.

Text on each colour has a contrast of at least 4.5 to 1, and the four ratings differ in lightness so that
they can be told apart in grey print and by people who are colour-blind.
"""

from __future__ import annotations

from dataclasses import dataclass

from section11.domain.answers import AnswerState
from section11.domain.scales import Tone

ACCENT = "#1D5A8C"
LINE = "#3A78AD"
"""Of lines and points on a page, light or dark: they stand out from both by at least 3 to 1."""


@dataclass(frozen=True, slots=True)
class Shade:
    """A fill and the text colour that is readable on it, as ``#RRGGBB``."""

    fill: str
    text: str


ACCENT_SHADE = Shade(ACCENT, "#FFFFFF")
RATING_SHADES: dict[Tone, Shade] = {
    Tone.FULL: Shade("#0A4527", "#FFFFFF"),
    Tone.MOST: Shade("#84C28C", "#10301A"),
    Tone.PART: Shade("#FBD07A", "#2B1D00"),
    Tone.NONE: Shade("#C2302B", "#FFFFFF"),
}

STATE_SHADES: dict[AnswerState, Shade] = {
    AnswerState.NOT_APPLICABLE: Shade("#D5D9DE", "#2B3138"),
    AnswerState.DONT_KNOW_YET: Shade("#FFFFFF", "#2B3138"),
    AnswerState.NOT_CONFIRMED: Shade("#FFFFFF", "#2B3138"),
    AnswerState.NOT_ANSWERED: Shade("#FFFFFF", "#2B3138"),
    AnswerState.NOT_ASKED: Shade("#EEF0F2", "#4A525B"),
}
