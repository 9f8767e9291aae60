"""Charts of the board pack as bars to draw: what the web page and the PDF share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from section11.reports.board_pack import ChartKind, Column, PackTable, Row, chart_words, words_in_cell
from section11.reports.palette import Shade

NARROWEST_WITH_A_NUMBER = 5.0
"""A part of a bar that is narrower, in percent of the whole, has no number in it; the table has it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar; ``share`` is its width in percent of the longest possible bar, ``words`` stand in it."""

    share: float
    fill: str
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class Bars:
    """What is drawn for one row: each bar is made of parts, and has words after it."""

    label: str
    bars: tuple[tuple[Part, ...], ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Legend:
    title: str
    fill: str


@dataclass(frozen=True, slots=True)
class DrawnChart:
    """A chart as bars; ``alt`` says the same in words."""

    alt: str
    legend: tuple[Legend, ...]
    rows: tuple[Bars, ...]


def drawn(table: PackTable) -> DrawnChart:
    """Return the chart of a table that has one: stacked bars are shares of their own n, which stands beside them."""
    columns = [(place, table.columns[place]) for place in table.series]
    return DrawnChart(
        alt=chart_words(table),
        legend=tuple(Legend(column.title, _shade(column).fill) for _, column in columns),
        rows=tuple(
            _stacked(row, columns) if table.chart is ChartKind.STACKED else _beside(row, columns)
            for row in table.rows
            if table.chart is ChartKind.BESIDE or n_of(row, table)
        ),
    )


def n_of(row: Row, table: PackTable) -> int:
    """Return what the parts of a stacked bar add up to."""
    return sum(int(row.cells[place] or 0) for place in table.series)


def _stacked(row: Row, columns: Sequence[tuple[int, Column]]) -> Bars:
    counts = [(int(row.cells[place] or 0), column) for place, column in columns]
    n = sum(count for count, _ in counts)
    parts = tuple(
        Part(
            share=(share := 100 * count / n),
            fill=_shade(column).fill,
            text=_shade(column).text,
            words=f"{count:,}" if share >= NARROWEST_WITH_A_NUMBER else "",
        )
        for count, column in counts
        if count
    )
    return Bars(str(row.cells[0]), (parts,), (f"n = {n:,}",))


def _beside(row: Row, columns: Sequence[tuple[int, Column]]) -> Bars:
    shares = [(float(row.cells[place] or 0), column) for place, column in columns]
    return Bars(
        str(row.cells[0]),
        tuple((Part(share, _shade(column).fill, _shade(column).text, ""),) for share, column in shares),
        tuple(words_in_cell(share, column.kind, {}) for share, column in shares),
    )


def _shade(column: Column) -> Shade:
    if column.shade is None:
        raise ValueError(f"the column {column.title} is not drawn")
    return column.shade
