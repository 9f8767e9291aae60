"""Where the names of horizontal bars stand: short ones beside their bars, longer ones above them in lines.

The server does not know how wide a window is, so a chart is laid out for the narrowest one, a phone of 390 pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import ceil
from textwrap import wrap
from typing import NamedTuple

LONGEST_BESIDE = 16
"""Characters. In the font of the charts these take less than a third of a phone's width, capitals too."""
LONGEST_LINE = 42
LINE, BAR, GAP = 17, 26, 12
"""Pixels: a line of a name, a bar, and what is free between one bar and the next name."""
_BREAK = "<br>"
_CHART_WIDTH = 338
_LETTER, _KEY, _KEY_HEIGHT = 5.2, 45, 19
"""Pixels: a letter, what stands around the words of a legend's entry, and how tall one is."""


class BarNames(NamedTuple):
    """Names as Plotly's markup, and where each bar has its middle, in pixels from the top of the bars."""

    names: tuple[str, ...]
    middles: tuple[float, ...]
    height: float
    are_above: bool


def bar_names(titles: Sequence[str]) -> BarNames:
    """Return where so many bars and their names stand; nothing of a name is left out."""
    are_above = any(len(title) > LONGEST_BESIDE for title in titles)
    names, middles, top = [], [], 0.0
    for title in titles:
        name = in_lines(title, LONGEST_LINE)
        above = LINE * count_lines(name) if are_above else 0
        names.append(name)
        middles.append(top + above + (BAR + GAP) / 2)
        top += above + BAR + GAP
    return BarNames(tuple(names), tuple(middles), top, are_above)


def in_lines(title: str, longest: int = LONGEST_BESIDE) -> str:
    """Return a name in lines of so many characters as Plotly's markup; markup in the name itself is shown as typed."""
    return _BREAK.join(escape(line, quote=False) for line in wrap(title, longest))


def count_lines(name: str) -> int:
    return name.count(_BREAK) + 1


def legend_height(words: Sequence[str]) -> int:
    """Return how tall a legend of these words is on a phone."""
    widest = max((len(one) for one in words), default=0) * _LETTER + _KEY
    in_a_row = max(int(_CHART_WIDTH // widest), 1)
    return _KEY_HEIGHT * ceil(len(words) / in_a_row)
