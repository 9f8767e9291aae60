"""Writes what the sheets with questions share: headers, one row per question, named ranges and the printed page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from section11.domain.standards import Question, Standard
from section11.workbooks.cells import BODY, BOXED, HEADER, HEADER_FILL, QUIET, SUBTITLE, WRAPPED, fill, put_text
from section11.workbooks.return_form import SetForm
from section11.workbooks.return_layout import (
    FIRST_ROW,
    HEADER_ROW,
    HIDDEN_COLUMNS,
    KEY_ROW,
    TITLE_ROW,
    Column,
    SheetLayout,
    lines_needed,
)

TALLEST_ROW, SHORTEST_ROW, LINE_HEIGHT = 409.0, 48.0, 14.6
"""In points; 409 is the most Excel allows."""
_UNLOCKED = Protection(locked=False)
_STANDARD_FILL = fill("#E3ECF4")
_LOCKED_FILL = fill("#F5F6F7")
_HEADER_ALIGNMENT = Alignment(wrap_text=True, vertical="center")
_SMALLER_LETTERS = frozenset({"meanings"})
_looks: WeakKeyDictionary[Any, dict[tuple[bool, bool], Any]] = WeakKeyDictionary()
"""By workbook: the looks its cells have been given, by whether the letters are small and the cell is unlocked."""


def write_rows(
    sheet: Worksheet, layout: SheetLayout, form: SetForm, standards: Sequence[Standard]
) -> dict[int, Question]:
    """Write the title, the headers and each standard's heading; return the question of each row kept for one."""
    _write_top(sheet, layout, form)
    questions_by_row: dict[int, Question] = {}
    row = FIRST_ROW
    for standard in standards:
        _write_standard(sheet, layout, row, standard)
        questions_by_row |= dict(enumerate(standard.questions, start=row + 1))
        row += 1 + len(standard.questions)
    _set_up_page(sheet, layout, form, last_row=max(row - 1, HEADER_ROW))
    if questions_by_row:
        _name_columns(sheet, layout, last_row=row - 1)
    return questions_by_row


def write_row(
    sheet: Worksheet, layout: SheetLayout, row: int, texts: Mapping[str, str], *, unlocked: Sequence[str]
) -> None:
    """Write the row of one question: what is in ``texts`` by column key, with the cells to fill in unlocked."""
    for number, column in enumerate(layout.columns, start=1):
        cell = sheet.cell(row, number)
        _dress(cell, is_small=_is_small(column), is_unlocked=column.key in unlocked)
        put_text(cell, texts.get(column.key, ""))
    lines = max(lines_needed(texts.get(column.key, ""), _characters_in(column)) for column in layout.columns)
    sheet.row_dimensions[row].height = min(TALLEST_ROW, max(SHORTEST_ROW, lines * LINE_HEIGHT + 6))


def _dress(cell: Cell | MergedCell, *, is_small: bool, is_unlocked: bool) -> None:
    """Give a cell of a question its look. openpyxl weighs every part of a look for every cell, so it is copied."""
    known = _looks.setdefault(cell.parent.parent, {})
    key = (is_small, is_unlocked)
    if key not in known:
        cell.alignment, cell.border, cell.font = WRAPPED, BOXED, QUIET if is_small else BODY
        if is_unlocked:
            cell.protection = _UNLOCKED
            cell.number_format = "@"  # what is typed stays text, even when it begins with "="
        else:
            cell.fill = _LOCKED_FILL
        known[key] = copy(cell._style)  # type: ignore[union-attr]  # openpyxl has no public way
    cell._style = copy(known[key])  # type: ignore[union-attr]


def write_day(cell: Cell | MergedCell, day: date | None) -> None:
    """Dates are dates, so that they sort; words such as "Not applicable" stay as they were put."""
    if day is not None:
        cell.value = day
    cell.number_format = "d mmmm yyyy"
    cell.alignment = Alignment(horizontal="left", vertical="top")


def _write_top(sheet: Worksheet, layout: SheetLayout, form: SetForm) -> None:
    demonstration = " (demonstration, fictional data)" if form.is_demo else ""
    title = sheet.cell(TITLE_ROW, layout.number("question"))  # the id column repeats in print
    put_text(title, f"{layout.name}. {form.title}{demonstration}")
    title.font = SUBTITLE
    sheet.row_dimensions[TITLE_ROW].height = 26
    sheet.row_dimensions[KEY_ROW].hidden = True
    sheet.row_dimensions[HEADER_ROW].height = 34
    for number, column in enumerate(layout.columns, start=1):
        put_text(sheet.cell(KEY_ROW, number), layout.mark(column.key))
        header = sheet.cell(HEADER_ROW, number)
        put_text(header, column.header)
        header.font, header.fill, header.border = HEADER, HEADER_FILL, BOXED
        header.alignment = _HEADER_ALIGNMENT
        sheet.column_dimensions[layout.letter(column.key)].width = column.width
    sheet.column_dimensions[layout.letter(HIDDEN_COLUMNS[layout.key])].hidden = True


def _write_standard(sheet: Worksheet, layout: SheetLayout, row: int, standard: Standard) -> None:
    """A heading without merged cells and with an empty id, so that it harms neither sorting nor reading."""
    for number in range(1, len(layout.columns) + 1):
        sheet.cell(row, number).fill = _STANDARD_FILL
    heading = sheet.cell(row, layout.number("question"))
    put_text(heading, f"Standard {standard.id}: {standard.title}" if standard.number else standard.title)
    heading.font = SUBTITLE
    heading.alignment = Alignment(vertical="center")
    sheet.row_dimensions[row].height = 28


def _characters_in(column: Column) -> float:
    """The smaller letters of the quiet columns take about a tenth less room."""
    return column.width * 1.1 if _is_small(column) else column.width


def _is_small(column: Column) -> bool:
    return column.is_quiet or column.key in _SMALLER_LETTERS


def _name_columns(sheet: Worksheet, layout: SheetLayout, *, last_row: int) -> None:
    """Name each column, for the formulas of the cover, for the Name Box, and for screen readers to say its header."""
    for column in layout.columns:
        letter = layout.letter(column.key)
        _name(sheet, layout.name_of(column.key), f"${letter}${FIRST_ROW}:${letter}${last_row}")
    last = layout.letter(layout.columns[-1].key)
    region = f"{layout.name.replace(' ', '_')}.A{HEADER_ROW}.{last}{last_row}"
    _name(sheet, f"TitleRegion_{region}", f"$A${HEADER_ROW}")


def _name(sheet: Worksheet, name: str, cells: str) -> None:
    workbook: Any = sheet.parent
    workbook.defined_names[name] = DefinedName(name, attr_text=f"'{sheet.title}'!{cells}")


def _set_up_page(sheet: Worksheet, layout: SheetLayout, form: SetForm, *, last_row: int) -> None:
    """A4 landscape; the wide sheet on two pages, because one would shrink the text below what can be read."""
    hidden = layout.number(HIDDEN_COLUMNS[layout.key])
    sheet.freeze_panes = f"{sheet.cell(FIRST_ROW, layout.number('question') + 1).coordinate}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{layout.letter(layout.columns[hidden - 1].key)}{last_row}"
    sheet.sheet_view.zoomScale = 100
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    if layout.first_after_break:
        sheet.page_setup.scale, sheet.page_setup.pageOrder = 75, "overThenDown"
        sheet.col_breaks.append(Break(id=layout.number(layout.first_after_break) - 1))
    else:
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_area = f"A1:{layout.letter(layout.columns[hidden - 2].key)}{last_row}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.print_title_cols = "A:A"
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.footer = 0.5, 0.7, 0.35
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(form.footer.replace("&", "&&")), right=_HeaderFooterPart("Page &P of &N")
    )
