"""A table of figures: its columns and rows, before anything is drawn or written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

Cell = str | int | float | None
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    COUNT = "count"
    PERCENT = "percent"
    """0 to 100, unrounded."""
    DECIMAL = "decimal"


@dataclass(frozen=True, slots=True)
class Column:
    heading: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class FigureTable:
    """A titled table. A cell is None where there is nothing to say, such as a share of nothing."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def headings(self) -> list[str]:
        return [column.heading for column in self.columns]


def text(*headings: str) -> tuple[Column, ...]:
    return tuple(Column(heading) for heading in headings)


def counts(*headings: str) -> tuple[Column, ...]:
    return tuple(Column(heading, Kind.COUNT) for heading in headings)


def percents(*headings: str) -> tuple[Column, ...]:
    return tuple(Column(heading, Kind.PERCENT) for heading in headings)


def csv_of(table: FigureTable, source: str) -> bytes:
    """Return the table as CSV that Excel opens as it is, with ``source`` (from what, taken when) on its last line.

    Shares and other decimals have two decimals. No text is taken for a formula.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(_safe(heading) for heading in table.headings)
    writer.writerows(_written(row) for row in table.rows)
    writer.writerow([])
    writer.writerow([_safe(f"{table.title}. {source}")])
    return file.getvalue().encode("utf-8-sig")


def _written(row: Iterable[Cell]) -> Iterable[Cell]:
    for cell in row:
        if isinstance(cell, str):
            yield _safe(cell)
        else:
            yield round(cell, 2) if isinstance(cell, float) else cell


def _safe(words: str) -> str:
    return f"'{words}" if words.startswith(_BEGINS_A_FORMULA) else words
