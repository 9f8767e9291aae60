"""Tables of the return rate: by type, day by day, and whom to remind."""

from __future__ import annotations

from collections.abc import Sequence

from section11.domain.uk_time import long_date
from section11.domain.workflow import STATUS_TITLES
from section11.reports.chasing import ChaseLine
from section11.reports.return_rates import ReturnRate, ReturnRates
from section11.reports.return_timeline import SignedDay
from section11.reports.tables.figure_table import Cell, FigureTable, counts, percents, text


def returns_by_type(rates: ReturnRates) -> FigureTable:
    """Return one row for each type and one for all."""
    rows = [(row.group, row.title, *_cells(row.rate)) for row in rates.by_type]
    return FigureTable(
        "Returns by organisation type",
        (
            *text("Group", "Type"),
            *counts("Expected", "Started", "Returned"),
            *percents("Returned, %"),
            *counts("Outstanding", "Late", "Overdue"),
        ),
        (*rows, ("All", "All types", *_cells(rates.overall))),
    )


def returns_over_time(days: Sequence[SignedDay]) -> FigureTable:
    """Return one row for each day on which a return was signed."""
    return FigureTable(
        "Returns signed, day by day",
        (
            *text("Day"),
            *counts("Days after the due date", "Signed", "Signed so far", "Of expected"),
            *percents("Signed so far, %"),
        ),
        tuple(
            (long_date(one.day), one.days_after_due, one.signed, one.signed_so_far, one.expected, one.percent)
            for one in days
        ),
    )


def chase_list(lines: Sequence[ChaseLine]) -> FigureTable:
    """Return one row for each return that is still to come."""
    return FigureTable(
        "Returns still to come",
        (*text("Organisation", "Type", "Status"), *counts("Answered", "Asked", "Days after the due date")),
        tuple(
            (
                one.organisation_name,
                one.type_title,
                STATUS_TITLES[one.status],
                one.progress.settled,
                one.progress.asked,
                one.days_after_due,
            )
            for one in lines
        ),
    )


def _cells(rate: ReturnRate) -> tuple[Cell, ...]:
    return (
        rate.expected,
        rate.started,
        rate.returned,
        rate.returned_percent,
        rate.outstanding,
        rate.late,
        rate.overdue,
    )
