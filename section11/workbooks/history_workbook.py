"""The history of one return as a workbook: one row for each thing that changed or was done."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook

from section11.domain.uk_time import uk_time
from section11.reports.return_history import HistoryEntry
from section11.workbooks.partnership_layout import Column, Kind, TableSheet, Value
from section11.workbooks.sheet_rows import saved_with_rows

_COLUMNS = (
    Column("Number", "The number of the event within this return.", Kind.COUNT, 10),
    Column("Day", "The day in the United Kingdom.", Kind.DATE, 20),
    Column("Time", "The time in the United Kingdom.", Kind.WORD, 10),
    Column("Who", "The post of the person.", width=26),
    Column("What", "What they did.", width=30),
    Column("Question", "The question it was about.", Kind.WORD, 12),
    Column("Field", "What reads differently since.", width=20),
    Column("Before", "How it read before.", width=46),
    Column("Now", "How it reads since.", width=46),
    Column("Said with it", "A reason, a message, a file name or the SHA-256 of what was signed.", width=40),
    Column("Seal", "SHA-256 over the event and the seal of the one before it.", width=24),
)


def write_history(title: str, entries: Sequence[HistoryEntry]) -> bytes:
    """Return the workbook as the bytes of an .xlsx file. An event that changed three fields has three rows."""
    book = Workbook(write_only=True)
    book.properties.title = f"History: {title}"
    table = TableSheet(
        book,
        "History",
        heading=title,
        about="Everything that happened to this return, the first event on top.",
        source="Each event is sealed with the one before it; “trail verify” proves that none was changed.",
        columns=_COLUMNS,
        frozen_columns=5,
    )
    for entry in entries:
        for row in _rows(entry):
            table.row(row)
    table.add_filter(rows=table.rows)
    return saved_with_rows(book, {table.title: table.written})


def _rows(entry: HistoryEntry) -> list[list[Value]]:
    local = uk_time(entry.at)
    start: list[Value] = [entry.number, local.date(), f"{local:%H:%M:%S}", entry.who, entry.said, entry.question_id]
    fields = [(one.title, one.before, one.after) for one in entry.fields] or [("", "", "")]
    return [[*start, *field, entry.note, entry.hash] for field in fields]
