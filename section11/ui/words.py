"""Words and dates as people read them, and text made safe to draw."""

from __future__ import annotations

import re
from datetime import date, datetime

from section11.domain.uk_time import long_date, uk_date, uk_time

_NUMBERED = re.compile(r"^(\s*\d+)\.")
_INDENT = re.compile(r"^[ \t]+")
# Streamlit makes links of addresses wherever they stand in a text, even where every sign is escaped. A mark-up that
# gives a sign no colour draws nothing and parts the text, so that no rule sees a whole address.
_MAKES_A_LINK = re.compile(r"@|(?<=www)\.|(?<=\\:)/(?=/)", re.IGNORECASE)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-!|<>~$:&^=])")


def plain(text: str) -> str:
    """Return text that draws as itself where Streamlit expects Markdown."""
    escaped = _MARKDOWN.sub(r"\\\1", text)
    escaped = _MAKES_A_LINK.sub(lambda found: f":color[{found[0]}]", escaped)
    lines = (_NUMBERED.sub(r"\1\\.", line) for line in escaped.split("\n"))
    return "  \n".join(_INDENT.sub(lambda found: "\u00a0" * len(found[0]), line) for line in lines)


def saved_at(moment: datetime, now: datetime) -> str:
    """Return ``14:02`` for the day it is now and ``14:02 on 3 March 2026`` for any other day."""
    local = uk_time(moment)
    today = uk_date(now)
    return f"{local:%H:%M}" if local.date() == today else f"{local:%H:%M} on {long_date(local.date())}"


def count_of(number: int, noun: str, plural: str = "") -> str:
    """Return ``1 return`` or ``4 returns``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def due_words(due: date, today: date) -> str:
    """Return how far away a due date is, in words."""
    days = (due - today).days
    if days > 1:
        return f"due {long_date(due)}, in {days} days"
    if days >= 0:
        return "due tomorrow" if days else "due today"
    return f"was due {long_date(due)}, {count_of(-days, 'day')} ago"


def percent_words(share: float | None) -> str:
    """Return ``95.7%``, or a dash where there is nothing to take a share of."""
    return "–" if share is None else f"{share:.1f}%"
