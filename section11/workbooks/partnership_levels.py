"""Heat maps and counts of results, by standard or by arrangement: the same words, colours and chart in both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook

from section11.reports.results import LEVEL_SHADES, LEVEL_TITLES, Level, Result
from section11.workbooks.partnership_charts import LEVEL_PAINTS, add_stacked_bars
from section11.workbooks.partnership_layout import Column, Kind, Shaded, TableSheet, Value

_ABOUT = (
    "Each cell says the result in words, judged in the organisation's own set and on its scale, then how many of its "
    "questions have the best rating, of how many that apply."
)
_CELL = "Result in words; then how many questions have the best rating, of how many that apply."

RESULT_EXAMPLE = (
    "1 of 2",
    "Of 2 questions that apply, 1 has the best rating of the scale. A question without an answer stays in; "
    "“not applicable” and “not asked” are left out.",
)
"""What stands in a heat map below the word, and what it means."""


def write_results_map(
    book: Workbook,
    title: str,
    *,
    heading: str,
    source: str,
    first: Sequence[Column],
    subjects: Iterable[str],
    rows: Iterable[tuple[Sequence[Value], Sequence[Result]]],
) -> TableSheet:
    """Write a heat map: each row says who it is under the columns of ``first``, then a result for each subject."""
    table = TableSheet(
        book,
        title,
        heading=heading,
        about=_ABOUT,
        source=source,
        columns=[*first, *(Column(subject, _CELL, Kind.WORD, 16) for subject in subjects)],
        frozen_columns=2,
    )
    for who, results in rows:
        table.row([*who, *map(_cell, results)])
    table.add_filter(rows=table.rows)
    return table


def _cell(result: Result) -> Shaded:
    words = LEVEL_TITLES[result.level]
    if result.percent is not None:
        words = f"{words}\n{result.at_best} of {result.n}"
    return Shaded(words, LEVEL_SHADES[result.level])


def write_level_counts(
    book: Workbook,
    title: str,
    *,
    heading: str,
    about: str,
    source: str,
    first: Sequence[Column],
    rows: Sequence[tuple[Sequence[Value], Mapping[Level, int]]],
    subject: str,
    has_chart: bool,
) -> TableSheet:
    """Write how many organisations have which result; ``subject`` is what a row is about, which has a "Title"."""
    table = TableSheet(
        book,
        title,
        heading=heading,
        about=about,
        source=source,
        columns=[
            *first,
            *(
                Column(LEVEL_TITLES[level], f"Organisations with the result “{LEVEL_TITLES[level]}”.", Kind.COUNT, 13)
                for level in Level
            ),
        ],
        frozen_columns=2,
    )
    for who, levels in rows:
        table.row([*who, *levels.values()])
    table.add_filter(rows=len(rows))
    if has_chart:
        occurring = [level for level in Level if any(levels[level] for _, levels in rows)]
        add_stacked_bars(
            table,
            rows=len(rows),
            heading=f"Organisations by result, for each {subject}",
            description=f"Stacked bar chart of the number of organisations with each result, for each {subject}.",
            categories="Title",
            series={LEVEL_TITLES[level]: LEVEL_PAINTS[level] for level in occurring},
            longest=max(sum(levels.values()) for _, levels in rows),
        )
    return table
