"""Native stacked bar charts over the rows of a table sheet, in the palette's colours, with alternative text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.drawing.xdr import XDRPositiveSize2D

from section11.domain.answers import AnswerState
from section11.reports.count_axis import whole_step
from section11.reports.palette import STATE_SHADES, Shade
from section11.reports.results import LEVEL_SHADES, Level
from section11.workbooks.partnership_layout import FIRST_ROW, HEADER_ROW, TableSheet

_EMU_PER_CM = 360_000
_CM_PER_CHARACTER = 0.19
_WIDEST_CM = 38.0
_ROWS_ON_ONE_PAGE = 20
_ROOM_CM = 4.0
_BAR_CM = 1.0
_TEXT_SIZE = 1000
HIDE_ZERO = "0;;;"
_HATCH_COLOUR = "A9B1B9"


Hatch = Literal["ltUpDiag", "pct10"]


@dataclass(frozen=True, slots=True)
class Paint:
    """How one part of the bars looks. ``hatch`` is a DrawingML pattern, to tell pale parts from each other."""

    shade: Shade
    hatch: Hatch | None = None


STATE_PAINTS: dict[AnswerState, Paint] = {
    AnswerState.DONT_KNOW_YET: Paint(STATE_SHADES[AnswerState.DONT_KNOW_YET], "ltUpDiag"),
    AnswerState.NOT_CONFIRMED: Paint(STATE_SHADES[AnswerState.NOT_CONFIRMED], "pct10"),
    AnswerState.NOT_ANSWERED: Paint(STATE_SHADES[AnswerState.NOT_ANSWERED]),
}

LEVEL_PAINTS: dict[Level, Paint] = {
    level: Paint(shade, "ltUpDiag" if level is Level.NOT_APPLICABLE else None) for level, shade in LEVEL_SHADES.items()
}


class DescribedAnchor(OneCellAnchor):
    """Where a chart stands, with the text that a screen reader says. openpyxl has no place for that text."""

    tagname = "oneCellAnchor"
    __elements__ = OneCellAnchor.__elements__
    description = ""

    def to_tree(self, *args: Any, **kwargs: Any) -> Any:
        """Return the XML with the description on the chart's frame."""
        frame: Any = self.graphicFrame
        frame.nvGraphicFramePr.cNvPr.descr = self.description
        return super().to_tree(*args, **kwargs)


class CountLabels(DataLabelList):
    """Numbers on the bars, without zeros. openpyxl does not say that the format is the labels' own."""

    tagname = "dLbls"
    __elements__ = DataLabelList.__elements__
    __nested__ = DataLabelList.__nested__

    def to_tree(self, *args: Any, **kwargs: Any) -> Any:
        """Return the XML with the number format unlinked from the cells'."""
        tree = super().to_tree(*args, **kwargs)
        for number_format in (child for child in tree if child.tag.endswith("numFmt")):
            number_format.set("sourceLinked", "0")
        return tree


def add_stacked_bars(
    table: TableSheet,
    *,
    rows: int,
    heading: str,
    description: str,
    categories: str,
    series: Mapping[str, Paint],
    longest: int | None,
) -> None:
    """Add a chart two rows below the table: one bar for each of its first ``rows`` rows.

    ``categories`` and the keys of ``series`` are column headings. Each part of a bar carries its count;
    ``longest`` is how many the longest bar counts; None makes all bars equally long, as shares.
    """
    last_row = FIRST_ROW + rows - 1
    chart: Any = BarChart()
    chart.type, chart.overlap, chart.gapWidth = "bar", 100, 50
    chart.grouping = "percentStacked" if longest is None else "stacked"
    chart.title, chart.legend.position = heading, "b"
    for name, paint in series.items():
        number = table.column_of(name)
        one = Series(Reference(table.sheet, number, HEADER_ROW, number, last_row), title_from_data=True)
        paint_series(one, paint)
        chart.series.append(one)
    place = table.column_of(categories)
    chart.set_categories(Reference(table.sheet, place, FIRST_ROW, place, last_row))
    # The first row of the table becomes the top bar, as people read; the scale stays at the bottom.
    chart.x_axis.scaling.orientation, chart.y_axis.crosses = "maxMin", "max"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format = "0%" if longest is None else "0"
    chart.y_axis.majorUnit = None if longest is None else whole_step(longest)
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill="E3E6EA"))
    chart.x_axis.txPr = chart.y_axis.txPr = chart_text("2B3138")
    width_cm = min(table.width * _CM_PER_CHARACTER, _WIDEST_CM)
    anchor = DescribedAnchor(
        _from=AnchorMarker(col=0, row=table.last_row + 1),
        ext=XDRPositiveSize2D(int(width_cm * _EMU_PER_CM), int((_ROOM_CM + _BAR_CM * rows) * _EMU_PER_CM)),
    )
    anchor.description = f"{description} The table above has the same numbers."
    chart.anchor = anchor
    table.sheet.add_chart(chart)
    if rows <= _ROWS_ON_ONE_PAGE:
        table.sheet.page_setup.fitToHeight = 1


def paint_series(series: Any, paint: Paint, *, number_format: str = HIDE_ZERO) -> None:
    """Give a series its colours and the numbers on its bars."""
    background = paint.shade.fill.lstrip("#")
    properties = GraphicalProperties(solidFill=None if paint.hatch else background)
    if paint.hatch:
        properties.pattFill = PatternFillProperties(
            prst=paint.hatch, fgClr=_colour(_HATCH_COLOUR), bgClr=_colour(background)
        )
    properties.line = LineProperties(solidFill="8A939C", w=6350)
    series.graphicalProperties = properties
    series.dLbls = CountLabels(
        numFmt=number_format,
        txPr=chart_text(paint.shade.text.lstrip("#")),
        showVal=True,
        showSerName=False,
        showCatName=False,
        showLegendKey=False,
        showPercent=False,
    )


def _colour(rgb: str) -> Any:
    colour: Any = ColorChoice
    return colour(srgbClr=rgb)


def chart_text(colour: str) -> RichText:
    """Return how the texts of a chart look."""
    properties = CharacterProperties(sz=_TEXT_SIZE, solidFill=colour)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=properties), endParaRPr=properties)])
