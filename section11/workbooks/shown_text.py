"""What a person sees in a cell that was read, as text."""

from __future__ import annotations

from datetime import date, datetime, time

from section11.workbooks.safe_opening import CellError, ReadValue


def text_of(value: ReadValue) -> str:
    """Return what a person sees in the cell, dates as 2026-09-30."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, CellError):
        return value.text
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
