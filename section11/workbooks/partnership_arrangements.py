"""Sheets "Heat map by arrangement" and "Results by arrangement", over all question sets together."""

from __future__ import annotations

from openpyxl import Workbook

from section11.reports.arrangement_map import ArrangementTotals
from section11.reports.figures import CycleFigures
from section11.reports.results import LEVEL_SHADES, LEVEL_TITLES, Level, Result
from section11.workbooks.partnership_charts import LEVEL_PAINTS, add_stacked_bars
from section11.workbooks.partnership_layout import Column, Kind, Shaded, TableSheet
from section11.workbooks.partnership_wording import cycle_source


def write_arrangement_sheets(book: Workbook, figures: CycleFigures) -> list[TableSheet]:
    """Write both sheets; there are none where no set names an arrangement."""
    arrangements = figures.arrangement_map.arrangements
    if not arrangements:
        return []
    return [_heat_map(book, figures, arrangements), _results(book, figures, arrangements)]


def _heat_map(book: Workbook, figures: CycleFigures, arrangements: tuple[ArrangementTotals, ...]) -> TableSheet:
    table = TableSheet(
        book,
        "Heat map by arrangement",
        heading="Heat map: organisations and statutory arrangements, over all question sets",
        about="Each cell says the result in words, judged in the organisation's own set and on its scale, then how "
        "many of its questions are at the best rating and of how many.",
        source=cycle_source(figures),
        columns=[
            Column("Organisation", "Name of the organisation.", width=34),
            Column("Organisation type", "Type of organisation.", width=22),
            Column("Question set", "The question set it answers, with its version.", width=34),
            *(
                Column(
                    f"{one.key} {one.title}",
                    "Result in words; how many questions about it are at the best rating, and of how many that apply.",
                    Kind.WORD,
                    16,
                )
                for one in arrangements
            ),
        ],
    )
    set_titles = {
        (one.standards_set.id, one.standards_set.version): f"{one.standards_set.title} {one.standards_set.version}"
        for one in figures.sets
    }
    for row in figures.organisations:
        results = figures.arrangement_map.rows[row.assessment_id]
        set_title = set_titles[row.set_id, row.set_version]
        table.row([row.name, row.type_title, set_title, *(_cell(result) for result in results)])
    table.add_filter(rows=len(figures.organisations))
    return table


def _cell(result: Result) -> Shaded:
    words = LEVEL_TITLES[result.level]
    if result.percent is not None:
        words = f"{words}\n{result.at_best} of {result.n}"
    return Shaded(words, LEVEL_SHADES[result.level])


def _results(book: Workbook, figures: CycleFigures, arrangements: tuple[ArrangementTotals, ...]) -> TableSheet:
    table = TableSheet(
        book,
        "Results by arrangement",
        heading="Results by statutory arrangement, over all question sets",
        about="How many organisations are strong, mixed or weak, each judged in its own question set. Only words are "
        "counted: shares of different scales are never averaged.",
        source=cycle_source(figures),
        columns=[
            Column("Arrangement", "Key of the statutory arrangement, the same in every question set.", width=14),
            Column("Title", "Short title of the arrangement.", width=60),
            Column("Organisations", "Returns expected in this cycle.", Kind.COUNT, 15),
            Column("n", "Organisations that are strong, mixed or weak.", Kind.COUNT, 8),
            *(
                Column(LEVEL_TITLES[level], f"Organisations with the result “{LEVEL_TITLES[level]}”.", Kind.COUNT, 13)
                for level in Level
            ),
        ],
        frozen_columns=2,
    )
    for one in arrangements:
        table.row([one.key, one.title, one.organisations, one.n, *one.levels.values()])
    table.add_filter(rows=len(arrangements))
    if figures.returns_counted:
        occurring = [level for level in Level if any(one.levels[level] for one in arrangements)]
        add_stacked_bars(
            table,
            rows=len(arrangements),
            heading="Organisations by result, for each statutory arrangement",
            description="Stacked bar chart of the number of organisations with each result, for each arrangement.",
            categories="Title",
            series={LEVEL_TITLES[level]: LEVEL_PAINTS[level] for level in occurring},
            as_shares=False,
        )
    return table
