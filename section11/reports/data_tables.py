"""What a table of open data is: named, typed columns with their meaning, rows, and which tables it refers to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

CellValue = str | int | float | bool | date | datetime | None
"""None where there is nothing to say; an empty text is None as well. Moments are in UTC."""

Row = tuple[CellValue, ...]


class FieldType(StrEnum):
    """What a column holds, in the words of Table Schema."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"


@dataclass(frozen=True, slots=True)
class Field:
    """One column. ``values`` are the only words that may stand in it, with what each means."""

    name: str
    title: str
    meaning: str
    type: FieldType = FieldType.STRING
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DataTable:
    """A table with its rows in the order of its key, which no two rows share.

    ``refers`` names, by the columns that point there, the table in which they must be found.
    """

    name: str
    title: str
    about: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    rows: tuple[Row, ...]
    refers: Mapping[tuple[str, ...], str] = field(default_factory=dict)

    def key_of(self, row: Row) -> Row:
        """Return the values of the key in a row."""
        names = [one.name for one in self.fields]
        return tuple(row[names.index(name)] for name in self.key)


def in_order(fields: tuple[Field, ...], key: tuple[str, ...], rows: list[Row]) -> tuple[Row, ...]:
    """Return rows in the order of their key, so that a page of them can be found again by where the last one ended."""
    names = [one.name for one in fields]
    places = [names.index(name) for name in key]
    return tuple(sorted(rows, key=lambda row: [row[place] for place in places]))


def words_or_none(text: str | None) -> str | None:
    return text or None
