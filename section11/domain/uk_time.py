"""Moments are kept in UTC; days, and clocks people look at, are those of the United Kingdom."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

UK_TIME = ZoneInfo("Europe/London")

_WRITTEN_FORMS = (
    "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d.%m.%y", "%d-%m-%Y", "%d-%m-%y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d",
)  # fmt: skip
"""Day first, as in the UK; the last one is unmistakable."""


def uk_time(moment: datetime) -> datetime:
    """Return the same moment by the clock on a wall in the United Kingdom; ``moment`` has a time zone."""
    return moment.astimezone(UK_TIME)


def uk_date(moment: datetime) -> date:
    """Return the day it is in the United Kingdom at this moment."""
    return uk_time(moment).date()


def long_date(day: date) -> str:
    """Return ``30 September 2026``."""
    return f"{day.day} {day:%B %Y}"


def day_written(words: str) -> date | None:
    """Return the day that words such as "30/09/2026" or "30 September 2026" name; None when they name none."""
    written = " ".join(words.split())
    for form in _WRITTEN_FORMS:
        try:
            return datetime.strptime(written, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None
