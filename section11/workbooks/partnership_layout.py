"""How every table sheet of the partnership workbook is laid out: heading, note, header row, rows, print set-up.

The workbook is streamed (openpyxl's write-only mode), as the Answers sheet of a large partnership has tens of
thousands of rows. So what stands above the rows is set first, rows go out once and in order, and filters and
charts come last. Rows are written by ``sheet_rows``, which also puts them into the saved file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from section11.reports.palette import Shade
from section11.workbooks.cells import BODY, BOLD, BOXED, HEADER, HEADER_FILL, QUIET, TITLE, put_text, shade_fill
from section11.workbooks.sheet_rows import SheetRows
from section11.workbooks.sheet_rows import Value as Value

HEADER_ROW = 4
FIRST_ROW = HEADER_ROW + 1
_A4 = 9
_LINE_POINTS = 14.5
_TALLEST_ROW_POINTS = 409.0
_LETTERS_PER_WIDTH = 1.05
"""Arial 11 in a column of width 10 holds about this many letters for each unit, words kept whole."""


class Kind(Enum):
    """What a column holds: its number format and where it stands in the cell."""

    TEXT = ("General", "left")
    WORD = ("General", "center")
    COUNT = ("#,##0", "right")
    SHARE = ("0.0%", "right")
    NUMBER = ("General", "right")
    DATE = ("d mmmm yyyy", "left")


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``meaning`` goes into the data dictionary, ``width`` is in characters."""

    heading: str
    meaning: str
    kind: Kind = Kind.TEXT
    width: float = 12


@dataclass(frozen=True, slots=True)
class Shaded:
    """A value on a colour of the palette. The value says the same: colour is never the only signal."""

    value: Value
    shade: Shade


class TableSheet:
    """A sheet with one table. Give its rows in order, then call ``add_filter``."""

    def __init__(
        self,
        book: Workbook,
        title: str,
        *,
        heading: str,
        about: str,
        source: str,
        columns: Sequence[Column],
        frozen_columns: int = 1,
    ) -> None:
        """Begin a sheet: ``about`` says what it holds, ``source`` from what and when."""
        self.title, self.about, self.columns = title, about, tuple(columns)
        self.sheet = new_sheet(book, title, [column.width for column in columns])
        self.last_row = HEADER_ROW
        self._styles: dict[tuple[Kind, Shade | None, bool, bool], int] = {}
        self.written = SheetRows(len(self.columns))
        self.sheet.freeze_panes = f"{get_column_letter(frozen_columns + 1)}{FIRST_ROW}"
        self.sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
        for text, font in ((heading, TITLE), (about, BODY), (source, QUIET)):
            self.sheet.append([text_cell(self.sheet, text, font)])
        headings = [(column.heading, column.width * 0.7) for column in columns]
        set_height(self.sheet, HEADER_ROW, headings, spare_points=6)
        self.sheet.append([self._header_cell(column) for column in columns])

    def row(self, values: Sequence[Value | Shaded], *, bold: bool = False) -> None:
        """Write one row, one value for each column; None leaves a cell empty."""
        pairs = [
            (column, *((value.value, value.shade) if isinstance(value, Shaded) else (value, None)))
            for column, value in zip(self.columns, values, strict=True)
        ]
        self.last_row += 1
        texts = [(value, column.width) for column, value, _ in pairs if isinstance(value, str)]

        def style_id(place: int, is_quoted: bool) -> int:
            column, _, shade = pairs[place]
            return self._style_id(column.kind, shade, bold, is_quoted)

        self.written.add(self.last_row, row_height(texts), [value for _, value, _ in pairs], style_id)

    def add_filter(self, *, rows: int) -> None:
        """Put a filter over the first rows, so that a row of totals below them stays out of it."""
        self.sheet.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(self.columns))}{HEADER_ROW + rows}"

    @property
    def rows(self) -> int:
        """How many rows the table has so far."""
        return self.last_row - HEADER_ROW

    @property
    def width(self) -> float:
        """The widths of all columns together, in characters."""
        return sum(column.width for column in self.columns)

    def column_of(self, heading: str) -> int:
        """Return the number of a column, 1 for A."""
        return [column.heading for column in self.columns].index(heading) + 1

    def _header_cell(self, column: Column) -> Cell:
        cell = text_cell(self.sheet, column.heading, HEADER)
        cell.fill, cell.border = HEADER_FILL, BOXED
        horizontal = "left" if column.kind in (Kind.TEXT, Kind.DATE) else "center"
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal=horizontal)
        return cell

    def _style_id(self, kind: Kind, shade: Shade | None, bold: bool, is_quoted: bool) -> int:
        """Return the number of a style worked out once; ``is_quoted`` keeps a text from being read as a formula."""
        key = (kind, shade, bold, is_quoted)
        if key not in self._styles:
            number_format, horizontal = kind.value
            sample = Cell(self.sheet, row=1, column=1)
            sample.font, sample.border, sample.number_format = BOLD if bold else BODY, BOXED, number_format
            wraps = kind in (Kind.TEXT, Kind.WORD)
            indent = 1 if horizontal == "right" else 0
            sample.alignment = Alignment(wrap_text=wraps, vertical="top", horizontal=horizontal, indent=indent)
            if shade is not None:
                sample.fill, sample.font = shade_fill(shade)
            sample.quotePrefix = is_quoted
            self._styles[key] = sample.style_id
        return self._styles[key]


def new_sheet(book: Workbook, title: str, widths: Sequence[float]) -> Worksheet:
    """Return a new sheet, set up to print on A4 landscape at full width. In a streamed book it has no cells to read."""
    sheet: Worksheet = book.create_sheet(title)
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    footer: Any = sheet.HeaderFooter.oddFooter
    footer.left.text, footer.right.text = "&A", "Page &P of &N"
    sheet.sheet_view.showGridLines = False
    return sheet


def text_cell(sheet: Worksheet, text: str, font: Font, alignment: Alignment | None = None) -> Cell:
    """Return a cell of text for a row that stands outside a table."""
    cell = Cell(sheet, row=1, column=1)
    put_text(cell, text)
    cell.font = font
    if alignment is not None:
        cell.alignment = alignment
    return cell


def set_height(sheet: Worksheet, row: int, texts: Iterable[tuple[str, float]], *, spare_points: float = 1.0) -> None:
    """Make a row that is not written yet tall enough for its texts, each with the width of its column.

    LibreOffice does not grow rows of a streamed file by itself. No row can be taller than Excel allows; a
    longer text is complete in its cell all the same.
    """
    sheet.row_dimensions[row].height = row_height(texts, spare_points=spare_points)


def row_height(texts: Iterable[tuple[str, float]], *, spare_points: float = 1.0) -> float:
    """Return the height in points of a row with these texts, each with the width of its column."""
    lines = max((_lines(text, width) for text, width in texts), default=1)
    return min(lines * _LINE_POINTS + spare_points, _TALLEST_ROW_POINTS)


def _lines(text: str, width: float) -> int:
    letters = width * _LETTERS_PER_WIDTH
    if len(text) <= letters and "\n" not in text:
        return 1
    return sum(max(1, ceil(len(part) / letters)) for part in text.split("\n"))
