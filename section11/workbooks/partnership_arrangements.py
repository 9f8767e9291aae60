"""Sheets "Heat map by arrangement" and "Results by arrangement", over all question sets together."""

from __future__ import annotations

from openpyxl import Workbook

from section11.reports.arrangement_map import ArrangementTotals
from section11.reports.figures import CycleFigures
from section11.workbooks.partnership_layout import Column, Kind, TableSheet
from section11.workbooks.partnership_levels import write_level_counts, write_results_map
from section11.workbooks.partnership_wording import cycle_source


def write_arrangement_sheets(book: Workbook, figures: CycleFigures) -> list[TableSheet]:
    """Write both sheets; there are none where no set names an arrangement."""
    arrangements = figures.arrangement_map.arrangements
    if not arrangements:
        return []
    return [_heat_map(book, figures, arrangements), _results(book, figures, arrangements)]


def _heat_map(book: Workbook, figures: CycleFigures, arrangements: tuple[ArrangementTotals, ...]) -> TableSheet:
    set_titles = {
        (one.standards_set.id, one.standards_set.version): f"{one.standards_set.title} {one.standards_set.version}"
        for one in figures.sets
    }
    return write_results_map(
        book,
        "Heat map by arrangement",
        heading="Heat map: organisations and statutory arrangements, over all question sets",
        source=cycle_source(figures),
        first=[
            Column("Organisation", "Name of the organisation.", width=34),
            Column("Organisation type", "Type of organisation.", width=22),
            Column("Question set", "The question set it answers, with its version.", width=34),
        ],
        subjects=(f"{one.key} {one.title}" for one in arrangements),
        rows=(
            (
                (row.name, row.type_title, set_titles[row.set_id, row.set_version]),
                figures.arrangement_map.rows[row.assessment_id],
            )
            for row in figures.organisations
        ),
    )


def _results(book: Workbook, figures: CycleFigures, arrangements: tuple[ArrangementTotals, ...]) -> TableSheet:
    return write_level_counts(
        book,
        "Results by arrangement",
        heading="Results by statutory arrangement, over all question sets",
        about="How many organisations are strong, mixed or weak, each judged in its own question set. Only words are "
        "counted: shares of different scales are never averaged.",
        source=cycle_source(figures),
        first=[
            Column("Arrangement", "Key of the statutory arrangement, the same in every question set.", width=14),
            Column("Title", "Short title of the arrangement.", width=60),
            Column("Organisations", "Returns expected in this cycle.", Kind.COUNT, 15),
            Column("n", "Organisations that are strong, mixed or weak.", Kind.COUNT, 8),
        ],
        rows=[((one.key, one.title, one.organisations, one.n), one.levels) for one in arrangements],
        subject="arrangement",
        has_chart=figures.returns_counted > 0,
    )
