"""Sheet "By type" of the partnership workbook, once for each question set: what each kind of organisation answered."""

from __future__ import annotations

from openpyxl import Workbook

from section11.reports.figures import CycleFigures
from section11.reports.set_figures import SetFigures
from section11.reports.type_tallies import type_tallies_of
from section11.workbooks.partnership_charts import add_stacked_bars
from section11.workbooks.partnership_layout import Column, Kind, TableSheet
from section11.workbooks.partnership_results import rating_series, tally_columns, tally_values
from section11.workbooks.partnership_wording import set_source


def write_by_type(book: Workbook, title: str, figures: CycleFigures, of_set: SetFigures) -> TableSheet:
    """Write counts and shares of each rating for each type of organisation, a total, and a chart."""
    types = type_tallies_of(figures, of_set)
    table = TableSheet(
        book,
        title,
        heading="Answers by type of organisation",
        about="How many answers there are at each rating. Shares are of n: everything asked except “not applicable”.",
        source=set_source(figures, of_set),
        columns=[
            Column("Organisation type", "Type of organisation.", width=36),
            Column("Expected", "Returns expected with this question set.", Kind.COUNT, 11),
            Column("Returned", "Returns that are counted here.", Kind.COUNT, 11),
            *tally_columns(of_set.standards_set.scale),
        ],
    )
    for row in types:
        table.row([row.title, row.returns_expected, row.returns_counted, *tally_values(row.tally)])
    total = [of_set.returns_expected, of_set.returns_counted, *tally_values(of_set.total)]
    table.row(["All types", *total], bold=True)
    table.add_filter(rows=len(types))
    if of_set.total.denominator:
        add_stacked_bars(
            table,
            rows=len(types),
            heading="Share of answers at each rating, by type of organisation, with their number",
            description="Stacked bar chart of the answers at each rating, for each type of organisation.",
            categories="Organisation type",
            series=rating_series(of_set.standards_set.scale, of_set.total),
            longest=None,
        )
    return table
