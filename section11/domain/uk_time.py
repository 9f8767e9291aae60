"""Moments are kept in UTC; days, and clocks people look at, are those of the United Kingdom."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

UK_TIME = ZoneInfo("Europe/London")


def uk_time(moment: datetime) -> datetime:
    """Return the same moment by the clock on a wall in the United Kingdom; ``moment`` has a time zone."""
    return moment.astimezone(UK_TIME)


def uk_date(moment: datetime) -> date:
    """Return the day it is in the United Kingdom at this moment."""
    return uk_time(moment).date()


def long_date(day: date) -> str:
    """Return ``30 September 2026``."""
    return f"{day.day} {day:%B %Y}"
