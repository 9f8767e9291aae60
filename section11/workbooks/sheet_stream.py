"""Reads the rows of one sheet as they come out of the archive, with the values a person sees in them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from openpyxl.utils.datetime import from_excel

from section11.workbooks.cells import CellValue, text_read_back
from section11.workbooks.xml_parts import MOST_TEXT, TooMuchError, chunks_of, local, new_parser

LAST_COLUMN = 60
MOST_CELLS = 2_500_000
"""And rows, in one sheet."""
EMPTY_ROWS_BEFORE_STOP = 1_000
MOST_MERGED = 5_000
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
_MERGED_MARGIN = 200
"""Bytes kept of the chunk before, so that a range is found that is cut in two."""


@dataclass(frozen=True, slots=True)
class CellError:
    """What a formula that went wrong left in a cell, for instance ``#NAME?``."""

    text: str


ReadValue = CellValue | CellError
Row = tuple[int, tuple[ReadValue, ...]]


@dataclass(frozen=True, slots=True)
class Formats:
    """Which cell styles show a date, a span of time or a percentage, by their number in the file."""

    dates: frozenset[int] = frozenset()
    spans: frozenset[int] = frozenset()
    percentages: frozenset[int] = frozenset()
    epoch: datetime = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel has no time zones


@dataclass(slots=True)
class SheetStream:
    """One sheet. Iterate over ``rows``; afterwards ``merged`` names its merged ranges, such as ``E5:E7``."""

    archive: zipfile.ZipFile
    part: str
    texts: list[str]
    formats: Formats
    merged: dict[str, None] = field(default_factory=dict)

    def rows(self, last_row: int) -> Iterator[Row]:
        """Yield the number (from 1) and the 60 values of each row that is not empty.

        Reads what stands in the file rather than what it says its size is, and stops after ``last_row`` or
        1,000 empty rows.
        """
        collector = _Collector(self.texts, self.formats)
        parser = new_parser()
        parser.StartElementHandler, parser.EndElementHandler = collector.start, collector.end
        parser.CharacterDataHandler = collector.text
        last_seen, before, is_over = 0, b"", False
        for chunk in chunks_of(self.archive, self.part):
            self._find_merged(before, chunk)
            before = chunk[-_MERGED_MARGIN:]
            if is_over:
                continue
            parser.Parse(chunk, False)
            for number, values in collector.take():
                if number > last_row or number - last_seen > EMPTY_ROWS_BEFORE_STOP:
                    is_over = True
                    break
                last_seen = number
                yield number, values
            is_over = is_over or collector.row_number > min(last_row, last_seen + EMPTY_ROWS_BEFORE_STOP)
        if not is_over:
            parser.Parse(b"", True)

    def _find_merged(self, before: bytes, chunk: bytes) -> None:
        for found in _MERGED.findall(before + chunk) if b"mergeCell" in before + chunk else ():
            if len(self.merged) < MOST_MERGED:
                self.merged[found.decode()] = None


class _Collector:
    """Builds rows from what the parser tells. Only cells, their values and their rows matter."""

    def __init__(self, texts: list[str], formats: Formats) -> None:
        self.row_number = 0
        self._values_of = _converters(texts, formats)
        self._ready: list[Row] = []
        self._row: list[ReadValue] = []
        self._has_values = False
        self._cell: dict[str, str] = {}
        self._reference, self._cells_after = "", 0
        self._wants_text = self._is_phonetic = False
        self._parts: list[str] = []
        self._cells = self._characters = 0

    def take(self) -> list[Row]:
        """Return the rows that are whole, and forget them."""
        ready, self._ready = self._ready, []
        return ready

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = local(name) if ":" in name else name
        if kind == "c":
            self._begin_cell(attributes)
        elif kind in ("v", "t"):
            self._wants_text = not self._is_phonetic
        elif kind == "row":
            self._count()
            self.row_number = int(attributes.get("r", self.row_number + 1))
            self._row, self._has_values = [None] * LAST_COLUMN, False
            self._reference, self._cells_after = "", 0
        elif kind == "rPh":
            self._is_phonetic = True

    def text(self, data: str) -> None:
        if self._wants_text:
            self._parts.append(data)
            self._characters += len(data)
            if self._characters > MOST_TEXT:
                raise TooMuchError

    def end(self, name: str) -> None:
        kind = local(name) if ":" in name else name
        if kind == "c":
            if self._parts:
                self._end_cell()
        elif kind in ("v", "t"):
            self._wants_text = False
        elif kind == "row":
            if self._has_values:
                self._ready.append((self.row_number, tuple(self._row)))
        elif kind == "rPh":
            self._is_phonetic = False

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        # Half of all cells have a style and nothing else, so what it takes to read one waits until a value comes.
        self._count()
        self._cell = attributes
        if "r" in attributes:
            self._reference, self._cells_after = attributes["r"], 0
        else:
            self._cells_after += 1

    def _count(self) -> None:
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise TooMuchError

    def _end_cell(self) -> None:
        text, self._parts = "".join(self._parts), []
        column = self._cells_after
        if self._reference:
            column += _column_of(self._reference.rstrip("0123456789"))
        if column <= LAST_COLUMN:
            value = self._values_of[self._cell.get("t", "n")](text, int(self._cell.get("s", "0")))
            if value is not None and value != "":
                self._row[column - 1] = value
                self._has_values = True


def _converters(texts: list[str], formats: Formats) -> dict[str, Callable[[str, int], ReadValue]]:
    """How the text inside a cell becomes a value, by the type the cell says it has."""

    def number(written: str, style: int) -> ReadValue:
        value: Any = int(written) if written.lstrip("-").isdigit() else float(written)
        if style in formats.dates:
            try:
                moment: CellValue = from_excel(value, formats.epoch, timedelta=style in formats.spans)
            except (ValueError, OverflowError):
                return CellError("#VALUE!")
            return moment
        if style in formats.percentages:
            return f"{round(value * 100, 8):g}%"  # as it is shown: Excel keeps 87% as 0.87
        return value  # type: ignore[no-any-return]

    def day(written: str, _style: int) -> ReadValue:
        try:
            return datetime.fromisoformat(written.removesuffix("Z"))
        except ValueError:
            return written

    return {
        "n": number,
        "s": lambda written, _: text_read_back(texts[int(written)]),
        "str": lambda written, _: text_read_back(written),
        "inlineStr": lambda written, _: text_read_back(written),
        "b": lambda written, _: written.strip() in ("1", "true"),
        "e": lambda written, _: CellError(written),
        "d": day,
    }


@lru_cache(maxsize=1024)
def _column_of(letters: str) -> int:
    """Return the number of a column, from 1; a reference without letters is no column at all."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter.upper()) - 64
    if number < 1:
        raise ValueError(letters)
    return number
