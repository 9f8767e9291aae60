"""What slides are built from: text, native charts and tables, each with words for people who do not see it."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Emu, Inches, Length, Pt

from section11.domain.xml_text import without_forbidden_characters
from section11.reports.board_charts import n_of
from section11.reports.board_pack import (
    NUMBERS,
    CellKind,
    ChartKind,
    Column,
    PackTable,
    Row,
    chart_words,
    words_in_cell,
)
from section11.reports.board_pack_views import LEVELS_IN_A_GRID
from section11.reports.palette import Shade
from section11.reports.results import LEVEL_SHADES, Level

LANGUAGE = "en-GB"
TABLE_LINE = Inches(0.33)
"""The height of a table row with one line of text."""
_LINE = "#767F87"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TAKEN_FOR_MORE = ("=", "{", "+", "-", "@", "http", "ftp", "mailto:", "internal:", "external:")
"""How a text begins that the workbook inside a chart would take for a formula or a link."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide."""

    left: Length
    top: Length
    width: Length
    height: Length

    def below(self, used: Length) -> Box:
        """Return what remains under the first ``used`` of the height."""
        return Box(self.left, Emu(self.top + used), self.width, Emu(max(self.height - used, Inches(0.5))))


def write_lines(frame: Any, lines: Sequence[str], *, size: Length) -> None:
    """Write each line as a paragraph of its own, as text and nothing else."""
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = _safe(line)
        run.font.size = size
        paragraph.space_after = Pt(6)


def add_chart(slide: Slide, table: PackTable, rows: Sequence[Row], box: Box) -> None:
    """Draw the shaded columns of these rows as a native chart that carries its numbers."""
    columns = [(place, table.columns[place]) for place in table.series]
    is_stacked = table.chart is ChartKind.STACKED
    shown = [row for row in rows if not is_stacked or n_of(row, table)]
    data: Any = CategoryChartData(number_format="#,##0;;" if is_stacked else '0.0"%"')  # type: ignore[no-untyped-call]
    data.categories = [_label(row, table) for row in shown]
    for place, column in columns:
        data.add_series(_as_words(column.title), [_number(row, place, column) for row in shown])
    kind = XL_CHART_TYPE.BAR_STACKED_100 if is_stacked else XL_CHART_TYPE.BAR_CLUSTERED
    frame: Any = slide.shapes.add_chart(kind, box.left, box.top, box.width, box.height, data)
    _describe(frame, f"Chart: {table.title}", chart_words(table))
    _style_chart(frame.chart, [column for _, column in columns], rows=len(shown), is_stacked=is_stacked)


def add_table(slide: Slide, table: PackTable, rows: Sequence[Row], box: Box) -> None:
    """Write these rows as a native table under its headings."""
    columns = len(table.columns)
    size = Pt(9) if columns > 14 else Pt(10.5) if columns > 8 else Pt(12) if len(rows) > 8 else Pt(14)
    height = Emu(TABLE_LINE * (len(rows) + 1))
    frame: GraphicFrame = slide.shapes.add_table(len(rows) + 1, columns, box.left, box.top, box.width, height)
    _describe(frame, f"Table: {table.title}", f"Table: {table.title}, {len(rows)} rows")
    grid: Any = frame.table
    for column, width in zip(grid.columns, _widths(table, rows, box.width), strict=True):
        column.width = width
    write = _CellWriter(size)
    heads, *bodies = (list(row.cells) for row in grid.rows)
    for cell, column in zip(heads, table.columns, strict=True):
        write(cell, column.title, _CellLook(_is_number(column), bold=True))
    for cells, row in zip(bodies, rows, strict=True):
        for cell, value, column in zip(cells, row.cells, table.columns, strict=True):
            shade = LEVEL_SHADES[Level(str(value))] if column.kind is CellKind.LEVEL else None
            words = words_in_cell(value, column.kind, LEVELS_IN_A_GRID)
            write(cell, words, _CellLook(_is_number(column), shade=shade))


@dataclass(frozen=True, slots=True)
class _CellLook:
    is_number: bool
    bold: bool = False
    shade: Shade | None = None


class _CellWriter:
    """Writes the cells of one table. Each look is set once and then copied: setting it takes a hundred times longer."""

    def __init__(self, size: Length) -> None:
        self._size = size
        self._made: dict[_CellLook, Any] = {}

    def __call__(self, cell: Any, words: str, look: _CellLook) -> None:
        if look not in self._made:
            self._make(cell, look)
            self._made[look] = cell._tc
        copied = deepcopy(self._made[look])
        copied.find(f".//{_DRAWING}t").text = _safe(words)
        cell._tc.getparent().replace(cell._tc, copied)

    def _make(self, cell: Any, look: _CellLook) -> None:
        cell.margin_left = cell.margin_right = Inches(0.05)
        cell.margin_top = cell.margin_bottom = Inches(0.03)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        paragraph = cell.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT if look.is_number else PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = "x"
        run.font.size = self._size
        run.font.bold = look.bold or None
        if look.shade is not None:
            cell.fill.solid()
            cell.fill.fore_color.rgb = _colour(look.shade.fill)
            run.font.color.rgb = _colour(look.shade.text)


def speak_english(slide: Slide) -> None:
    """Say of every text on the slide in which language it is."""
    for run in slide.element.iter(f"{_DRAWING}r"):
        run.get_or_add_rPr().set("lang", LANGUAGE)


def _describe(frame: Any, name: str, words: str) -> None:
    frame.name = _safe(name)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", _safe(words))


def _style_chart(chart: Any, columns: Sequence[Column], *, rows: int, is_stacked: bool) -> None:
    size = Pt(14) if rows <= 9 else Pt(12) if rows <= 14 else Pt(10)
    chart.font.size = size
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.TOP
    chart.legend.include_in_layout = False
    chart.category_axis.reverse_order = True
    chart.category_axis.format.line.color.rgb = _colour(_LINE)
    chart.category_axis.has_major_gridlines = False
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.visible = False
    if not is_stacked:
        chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, 100
    plot = chart.plots[0]
    plot.gap_width = 45
    plot.overlap = 100 if is_stacked else 0
    for series, column in zip(plot.series, columns, strict=True):
        _style_series(series, column.shade, size, is_stacked=is_stacked)


def _style_series(series: Any, shade: Shade | None, size: Length, *, is_stacked: bool) -> None:
    if shade is None:
        return
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = _colour(shade.fill)
    series.format.line.color.rgb = _colour(_LINE)
    labels = series.data_labels
    labels.show_value = True
    labels.number_format = "#,##0;;" if is_stacked else '0.0"%"'
    labels.number_format_is_linked = False
    labels.font.size = size
    if is_stacked:
        labels.font.color.rgb = _colour(shade.text)


def _label(row: Row, table: PackTable) -> str:
    words = _as_words(str(row.cells[0]))
    return f"{words} (n = {n_of(row, table):,})" if table.chart is ChartKind.STACKED else words


def _number(row: Row, place: int, column: Column) -> float:
    value = row.cells[place]
    number = value if isinstance(value, int | float) else 0
    return round(number, 2) if column.kind is CellKind.PERCENT else number


def _widths(table: PackTable, rows: Sequence[Row], whole: Length) -> list[Length]:
    """Share the width out by the longest words of each column; the first column gets at least a quarter."""
    weights = []
    for place, column in enumerate(table.columns):
        cells = [len(words_in_cell(row.cells[place], column.kind, LEVELS_IN_A_GRID)) for row in rows]
        longest_word = max(len(word) for word in column.title.split())
        most = 60 if place == 0 else 26 if column.kind is CellKind.WORDS else 12
        weights.append(min(max(longest_word + 2, *cells, 6), most))
    weights[0] = max(weights[0], sum(weights) // 4)
    return [Emu(int(whole * weight / sum(weights))) for weight in weights]


def _is_number(column: Column) -> bool:
    return column.kind in NUMBERS


def _as_words(text: str) -> str:
    """Return a text that the workbook inside a chart takes for a text: a space before it disarms it."""
    safe = _safe(text)
    return f" {safe}" if safe.casefold().startswith(_TAKEN_FOR_MORE) else safe


def _safe(text: str) -> str:
    return " ".join(without_forbidden_characters(text).split())


def _colour(hexadecimal: str) -> Any:
    colour: Any = RGBColor
    return colour(*bytes.fromhex(hexadecimal.lstrip("#")))
