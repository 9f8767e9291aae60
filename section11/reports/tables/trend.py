"""The table of a trend: every line with its shares, and why it breaks."""

from __future__ import annotations

from collections.abc import Collection

from section11.reports.tables.figure_table import Cell, Column, FigureTable, Kind, counts, percents, text
from section11.reports.trend import SubjectKind, Trend, TrendLine

ALL_KINDS = tuple(SubjectKind)


def trend_table(trend: Trend, kinds: Collection[SubjectKind] = ALL_KINDS) -> FigureTable:
    """Return one row for each line of these kinds: share and n of each cycle, and what lies between the last two.

    "Change" is in percentage points, and only where the line runs on from the cycle before. Where it breaks, the last
    columns have the shares over the questions that still compare.
    """
    cycles = [point.cycle_id for point in trend.lines[0].points] if trend.lines else []
    best = trend.standards_set.scale.best.label
    columns = [column for cycle_id in cycles for column in (*percents(f"{cycle_id}, %"), *counts(f"{cycle_id}, n"))]
    changes = (
        Column("Change in points", Kind.DECIMAL),
        *text("Why the line breaks"),
        *counts("Questions that compare"),
        *percents("These before, %", "These now, %"),
    )
    return FigureTable(
        f"{best}, over the cycles",
        (*text("", "Title"), *columns, *(changes if len(cycles) > 1 else ())),
        tuple(_row(line) for line in trend.lines if line.kind in kinds),
    )


def change_of(line: TrendLine) -> float | None:
    """Return the change since the cycle before in percentage points; None where the line breaks or has no share."""
    if len(line.points) < 2 or line.steps[-1].is_break:
        return None
    before, now = line.points[-2].percent, line.points[-1].percent
    return None if before is None or now is None else now - before


def reasons_of(line: TrendLine) -> str:
    """Return every break of a line with the cycle in which it began."""
    return " ".join(
        f"{point.cycle_name}: {' '.join(step.reasons)}"
        for step, point in zip(line.steps, line.points[1:], strict=True)
        if step.is_break
    )


def _row(line: TrendLine) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for point in line.points:
        cells += [point.percent, None if point.tally is None else point.tally.denominator]
    if line.steps:
        step = line.steps[-1]
        cells += [change_of(line), reasons_of(line), step.compared, step.before, step.after]
    return (line.subject_id or "All", line.title, *cells)
