"""Tables of actions: how they stand by standard and by organisation, and which promises were kept."""

from __future__ import annotations

from section11.reports.action_figures import ActionFigures, ActionTotals
from section11.reports.promises import Promises, PromisesKept
from section11.reports.tables.figure_table import Cell, FigureTable, counts, percents, text

_TOTALS = counts("n", "Open", "Overdue", "Done, not yet verified", "Verified", "Dropped")


def actions_by_standard(figures: ActionFigures) -> FigureTable:
    """Return one row for each standard that has an action; its set stands beside it where there are several."""
    several = len({row.set_id for row in figures.standards}) > 1
    return FigureTable(
        "Actions by standard",
        (*text("Standard"), *(text("Question set") if several else ()), *_TOTALS),
        tuple((row.heading, *((row.set_title,) if several else ()), *_totals(row.totals)) for row in figures.standards),
    )


def actions_by_organisation(figures: ActionFigures) -> FigureTable:
    return FigureTable(
        "Actions by organisation",
        (*text("Organisation"), *_TOTALS),
        tuple((row.name, *_totals(row.totals)) for row in figures.organisations),
    )


def promises_table(promises: PromisesKept) -> FigureTable:
    """Return what became of one cycle's actions, by organisation and in all."""
    return FigureTable(
        "Promises kept",
        (
            *text("Organisation"),
            *counts("Promised", "Kept"),
            *percents("Kept, %"),
            *counts("Kept on time", "Verified", "Still open", "Overdue", "Dropped"),
        ),
        tuple(_promises(one) for one in (*promises.organisations, promises.total)),
    )


def _totals(totals: ActionTotals) -> tuple[Cell, ...]:
    return (totals.n, totals.open, totals.overdue, totals.done, totals.verified, totals.dropped)


def _promises(one: Promises) -> tuple[Cell, ...]:
    totals = one.totals
    return (
        one.name,
        one.n,
        one.kept,
        one.kept_percent,
        one.on_time,
        totals.verified,
        totals.open,
        totals.overdue,
        totals.dropped,
    )
