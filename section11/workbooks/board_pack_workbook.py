"""The board pack as an Excel file: its sentences, and a sheet for each subject with its table and a native chart."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference, Series
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from section11.domain.answers import AnswerState
from section11.reports.board_pack import BoardPack, Cell, CellKind, ChartKind, PackPage, PackTable, chart_words
from section11.reports.board_pack_views import facts_of, fingerprint_words, footer_of
from section11.reports.palette import STATE_SHADES, Shade
from section11.reports.results import LEVEL_SHADES, LEVEL_TITLES, Level
from section11.workbooks.cells import (
    BODY,
    BOLD,
    BOXED,
    HEADER,
    HEADER_FILL,
    QUIET,
    SUBTITLE,
    TITLE,
    WRAPPED,
    put_text,
    safe_text,
    shade_fill,
    use_body_font,
)
from section11.workbooks.partnership_charts import HIDE_ZERO, DescribedAnchor, Paint, chart_text, paint_series
from section11.workbooks.partnership_layout import set_height

_NOT_IN_A_SHEET_NAME = re.compile(r"[\\/*?:\[\]]")
_PERCENT = '0.0"%"'
_FORMATS = {CellKind.COUNT: "#,##0", CellKind.PERCENT: _PERCENT, CellKind.POINTS: "+0.0;-0.0;0.0"}
FIRST_SHEET = "Board pack"
INK = "#2B3138"
BLANK = STATE_SHADES[AnswerState.NOT_ANSWERED]
_WORDS_WIDTH = 100
_EMU_PER_CM = 360_000
_CHART_WIDTH = 26 * _EMU_PER_CM


def board_pack_workbook(pack: BoardPack, fingerprint: str) -> bytes:
    """Return the bytes of an .xlsx file; ``fingerprint`` is empty for a draft."""
    book = Workbook()
    use_body_font(book)
    _describe(book, pack)
    first = book.worksheets[0]
    first.title = FIRST_SHEET
    _front(first, pack, fingerprint)
    for page in pack.pages:
        if page.table is not None and page.table.rows:
            _subject(book.create_sheet(_sheet_name(book, page.title)), page, page.table)
    for sheet in book.worksheets:
        _set_up_printing(sheet, footer_of(pack, fingerprint))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _front(sheet: Worksheet, pack: BoardPack, fingerprint: str) -> None:
    """Write everything of the pack that is words."""
    sheet.column_dimensions["A"].width = 28
    sheet.column_dimensions["B"].width = _WORDS_WIDTH
    down = _line(sheet, 1, pack.title, TITLE)
    if pack.is_demo:
        down = _line(sheet, down, "Demonstration, fictional data", BOLD)
    for name, words in [*facts_of(pack), ("Fingerprint", fingerprint_words(fingerprint))]:
        if words:
            put_text(sheet.cell(down, 1), name)
            put_text(sheet.cell(down, 2), words)
            sheet.cell(down, 1).font = BOLD
            sheet.cell(down, 2).alignment = WRAPPED
            set_height(sheet, down, [(words, _WORDS_WIDTH)])
            down += 1
    for page in pack.pages:
        lines = [*(one.words for one in page.sentences), *page.points, *([page.note] if page.note else [])]
        if not lines:
            continue
        down = _line(sheet, down + 1, page.title, SUBTITLE)
        for line in lines:
            put_text(sheet.cell(down, 2), line)
            sheet.cell(down, 2).alignment = WRAPPED
            set_height(sheet, down, [(line, _WORDS_WIDTH)])
            down += 1


def _line(sheet: Worksheet, down: int, words: str, font: Font) -> int:
    put_text(sheet.cell(down, 1), words)
    sheet.cell(down, 1).font = font
    return down + 1


def _subject(sheet: Worksheet, page: PackPage, table: PackTable) -> None:
    put_text(sheet.cell(1, 1), page.title)
    sheet.cell(1, 1).font = TITLE
    put_text(sheet.cell(2, 1), table.title)
    sheet.cell(2, 1).font = QUIET
    head = 4
    for place, column in enumerate(table.columns, start=1):
        cell: Any = sheet.cell(head, place)
        put_text(cell, column.title)
        cell.font, cell.fill, cell.border = HEADER, HEADER_FILL, BOXED
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(place)].width = _width(table, place - 1)
    for down, row in enumerate(table.rows, start=head + 1):
        for place, (value, column) in enumerate(zip(row.cells, table.columns, strict=True), start=1):
            _write(sheet, down, place, value, column.kind)
        texts = [(value, _width(table, place)) for place, value in enumerate(row.cells) if isinstance(value, str)]
        set_height(sheet, down, texts)
    set_height(sheet, head, [(one.title, _width(table, place)) for place, one in enumerate(table.columns)])
    last = head + len(table.rows)
    sheet.freeze_panes = f"B{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(table.columns))}{last}"
    if table.has_chart:
        sheet.add_chart(_chart(sheet, table, head, last))


def _write(sheet: Worksheet, down: int, place: int, value: Cell, kind: CellKind) -> None:
    cell: Any = sheet.cell(down, place)
    cell.border, cell.font, cell.alignment = BOXED, BODY, WRAPPED
    if isinstance(value, str):
        put_text(cell, LEVEL_TITLES[Level(value)] if kind is CellKind.LEVEL else value)
        if kind is CellKind.LEVEL:
            cell.fill, cell.font = shade_fill(LEVEL_SHADES[Level(value)])
    elif value is not None:
        cell.value = round(value, 2) if kind is CellKind.PERCENT else value
        cell.number_format = _FORMATS[kind]


def _width(table: PackTable, place: int) -> float:
    texts = [row.cells[place] for row in table.rows]
    longest = max([len(one) for one in texts if isinstance(one, str)], default=0)
    return min(max(longest + 2, 14), 60)


def _chart(sheet: Worksheet, table: PackTable, head: int, last: int) -> BarChart:
    is_stacked = table.chart is ChartKind.STACKED
    chart: Any = BarChart()
    chart.type, chart.gapWidth, chart.overlap = "bar", 45, 100 if is_stacked else 0
    chart.grouping = "percentStacked" if is_stacked else "clustered"
    chart.title, chart.legend.position = safe_text(table.title), "b"
    for place in table.series:
        series = Series(Reference(sheet, place + 1, head, place + 1, last), title_from_data=True)
        shade = table.columns[place].shade or BLANK
        # Beside each other, the numbers stand after the bars, on paper.
        paint = Paint(shade if is_stacked else Shade(shade.fill, INK))
        paint_series(series, paint, number_format=HIDE_ZERO if is_stacked else _PERCENT)
        chart.series.append(series)
    chart.set_categories(Reference(sheet, 1, head + 1, 1, last))
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete, chart.y_axis.delete, chart.y_axis.majorGridlines = False, True, None
    chart.x_axis.txPr = chart_text(INK.lstrip("#"))
    bars = len(table.rows) * (1 if is_stacked else 2)
    anchor = DescribedAnchor(
        _from=AnchorMarker(col=0, row=last + 2),
        ext=XDRPositiveSize2D(_CHART_WIDTH, int((4 + 0.8 * bars) * _EMU_PER_CM)),
    )
    anchor.description = safe_text(chart_words(table))
    chart.anchor = anchor
    return chart  # type: ignore[no-any-return]


def _sheet_name(book: Workbook, title: str) -> str:
    """Return a name Excel takes: at most 31 letters, none of those it forbids, and no other sheet's."""
    plain = _NOT_IN_A_SHEET_NAME.sub(" ", safe_text(title)).strip("' ") or "Sheet"
    taken = {one.casefold() for one in book.sheetnames}
    name, number = plain[:31], 2
    while name.casefold() in taken:
        ending = f" {number}"
        name = plain[: 31 - len(ending)] + ending
        number += 1
    return name


def _set_up_printing(sheet: Worksheet, footer: str) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    setup: Any = sheet.sheet_properties.pageSetUpPr
    setup.fitToPage = True
    bottom: Any = sheet.oddFooter
    bottom.left.text = safe_text(footer).replace("&", "and")
    bottom.right.text = "Page &P of &N"


def _describe(book: Workbook, pack: BoardPack) -> None:
    properties = book.properties
    properties.title = safe_text(f"{pack.title}, {pack.standing.lower()}")
    properties.creator = safe_text(pack.partnership_name)
    properties.language = "en-GB"
    properties.created = pack.taken_at.replace(tzinfo=None)
