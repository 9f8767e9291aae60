"""What every workbook shares: text that is safe in a cell and comes back equal, and the styles."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils.indexed_list import IndexedList

from section11.domain.xml_text import without_forbidden_characters
from section11.reports.palette import ACCENT, Shade

LONGEST_CELL = 32_767
"""UTF-16 units, as Excel counts: most emoji are two."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x005[Ff]_(?=x[0-9A-Fa-f]{4}_)|_x000[Dd]_")

CellValue = str | int | float | bool | datetime | date | time | timedelta | None


def safe_text(text: str) -> str:
    """Return text that Excel shows as text: no control characters, never longer than a cell holds.

    A leading ``= + - @`` is left as it is: cells are written with an explicit string type
    and the quote prefix (see ``put_text``), so nothing a person typed is altered or run.
    """
    cleaned = without_forbidden_characters(text)
    if len(cleaned) * 2 <= LONGEST_CELL:
        return cleaned
    units = cleaned.encode("utf-16-le")[: LONGEST_CELL * 2]
    return units.decode("utf-16-le", errors="ignore")


def put_text(cell: Cell | MergedCell, text: str) -> None:
    """Write text into a cell so that no program takes it for a formula, a number or an error value."""
    if isinstance(cell, MergedCell):
        raise TypeError(f"{cell.coordinate} is inside a merged range; write to its first cell")
    cleaned = safe_text(text)
    cell.value = escaped_text(cleaned) or None
    if cleaned:
        cell.data_type = "s"
    if cleaned.startswith(FORMULA_STARTS):
        cell.quotePrefix = True


def text_read_back(text: str) -> str:
    """Return what ``put_text`` was given, from the text as openpyxl reads it."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: "_" if match[0].casefold() == "_x005f_" else "\r", text)


def escaped_text(text: str) -> str:
    """Escape as the file format asks: XML would turn a carriage return into a line feed, and
    Excel would turn a typed ``_x0041_`` into ``A``."""
    return _LOOKS_ESCAPED.sub("_x005F_", text).replace("\r", "_x000D_")


def use_body_font(workbook: Workbook) -> None:
    """Make ours the default font of a new workbook, before anything is written into it.

    Column widths count digits of the default font: with a font that is not installed, every
    program would draw another width.
    """
    workbook._fonts = IndexedList([BODY])  # type: ignore[attr-defined]  # openpyxl has no public way


def fill(colour: str) -> PatternFill:
    """Return a solid fill from ``#RRGGBB``."""
    return PatternFill("solid", fgColor="FF" + colour.lstrip("#"))


def shade_fill(shade: Shade) -> tuple[PatternFill, Font]:
    """Return the fill and font that draw a shade of the palette."""
    return fill(shade.fill), Font(name=BODY_FONT, size=11, color="FF" + shade.text.lstrip("#"))


BODY_FONT = "Arial"
BODY = Font(name=BODY_FONT, size=11)
BOLD = Font(name=BODY_FONT, size=11, bold=True)
TITLE = Font(name=BODY_FONT, size=18, bold=True, color="FF" + ACCENT.lstrip("#"))
SUBTITLE = Font(name=BODY_FONT, size=13, bold=True)
QUIET = Font(name=BODY_FONT, size=10, color="FF4A525B")
HEADER = Font(name=BODY_FONT, size=11, bold=True, color="FFFFFFFF")
HEADER_FILL = fill(ACCENT)
WRAPPED = Alignment(wrap_text=True, vertical="top")
_LINE = Side(style="thin", color="FFB8C0C8")
BOXED = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
