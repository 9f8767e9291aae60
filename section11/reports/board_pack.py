"""The board pack: one content for slides, PDF, web page and workbook, frozen when it is made final.

A pack is pages of sentences, points and tables. A chart is drawn from columns of its page's table, so that a chart
and the numbers beside it cannot differ, in whichever form.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from section11.domain.uk_time import long_date, uk_date, uk_time
from section11.reports.palette import Shade

DRAFT = 0
"""The number of a pack that is not final."""
Cell = str | int | float | None


class CellKind(StrEnum):
    """What a column holds.

    ``PERCENT`` is 0 to 100 and unrounded, ``POINTS`` a difference of two of them, ``LEVEL`` the value of a ``Level``.
    """

    WORDS = "words"
    COUNT = "count"
    PERCENT = "percent"
    POINTS = "points"
    LEVEL = "level"


NUMBERS = frozenset({CellKind.COUNT, CellKind.PERCENT, CellKind.POINTS})


class ChartKind(StrEnum):
    """How the shaded columns of a table are drawn: in one bar for each row, or as bars beside each other."""

    NONE = "none"
    STACKED = "stacked"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Column:
    """A column; one with a ``shade`` is a series of the chart."""

    title: str
    kind: CellKind = CellKind.WORDS
    shade: Shade | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``organisations`` is how many it is counted over, which decides whether it may be shared."""

    cells: tuple[Cell, ...]
    organisations: int


@dataclass(frozen=True, slots=True)
class PackTable:
    """A table whose first column names the rows. ``title`` says what the numbers count."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    chart: ChartKind = ChartKind.NONE
    withheld: int = 0
    """How many rows were taken out of a copy for sharing."""

    @property
    def series(self) -> tuple[int, ...]:
        """The places of the columns that are drawn."""
        return tuple(place for place, column in enumerate(self.columns) if column.shade is not None)

    @property
    def has_chart(self) -> bool:
        return self.chart is not ChartKind.NONE and bool(self.rows)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a rule says, or what a person made of it; ``organisations`` is the smallest group it speaks of."""

    key: str
    words: str
    organisations: int


@dataclass(frozen=True, slots=True)
class PackPage:
    """One subject. Pages in the ``appendix`` are for looking up, not for presenting."""

    key: str
    title: str
    sentences: tuple[Sentence, ...] = ()
    points: tuple[str, ...] = ()
    table: PackTable | None = None
    appendix: bool = False
    note: str = ""


@dataclass(frozen=True)
class BoardPack:
    """Everything a board receives of one cycle. ``number`` counts the final packs of a cycle from 1; 0 is a draft.

    ``taken_at`` is when the figures were read, in UTC. ``aliases`` has what stands for each organisation's name in
    a copy for sharing; in such a copy it is empty, and ``is_for_sharing`` is true.
    """

    title: str
    partnership_name: str
    cycle_name: str
    due: date
    taken_at: datetime
    source: str
    is_demo: bool
    pages: tuple[PackPage, ...]
    aliases: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    number: int = DRAFT
    is_for_sharing: bool = False

    @property
    def is_final(self) -> bool:
        return self.number != DRAFT

    @property
    def standing(self) -> str:
        """``Final board pack 2`` or ``Draft board pack``, and for whom the copy is."""
        words = f"Final board pack {self.number}" if self.is_final else "Draft board pack, not final"
        return f"{words}, copy for sharing" if self.is_for_sharing else words

    @property
    def taken(self) -> str:
        """When the figures were taken, in words: ``14:02 on 14 October 2026``."""
        return f"{uk_time(self.taken_at):%H:%M} on {long_date(uk_date(self.taken_at))}"


def words_in_cell(cell: Cell, kind: CellKind, level_titles: dict[str, str]) -> str:
    """Return a cell as people read it; a dash where there is nothing to take a share of."""
    if cell is None:
        return "–"
    if kind is CellKind.PERCENT:
        return f"{cell:.1f}%"
    if kind is CellKind.COUNT:
        return f"{cell:,}"
    if kind is CellKind.POINTS:
        return f"{cell:+.1f}" if cell else "0.0"
    return level_titles.get(str(cell), str(cell)) if kind is CellKind.LEVEL else str(cell)


def chart_words(table: PackTable) -> str:
    """Return what a chart shows, for people who do not see it: every row with every number that is drawn."""
    rows = [
        f"{row.cells[0]}: "
        + ", ".join(
            f"{words_in_cell(row.cells[place], table.columns[place].kind, {})} {table.columns[place].title.lower()}"
            for place in table.series
        )
        for row in table.rows
    ]
    kind = "Stacked bar chart" if table.chart is ChartKind.STACKED else "Bar chart"
    return f"{kind}. {table.title}. {'; '.join(rows)}."
