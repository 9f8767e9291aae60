"""The table of the heat map: organisations down, standards or arrangements across, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from section11.reports.figures import OrganisationFigures
from section11.reports.results import LEVEL_TITLES, Result
from section11.reports.tables.figure_table import FigureTable, text


def heat_map_table(
    organisations: Sequence[OrganisationFigures], results: Mapping[str, Sequence[Result]], keys: Sequence[str]
) -> FigureTable:
    """Return each organisation's results as words; ``results`` has them by assessment id, in the order of ``keys``."""
    return FigureTable(
        "Heat map",
        text("Organisation", *keys, "Type"),
        tuple((one.name, *map(cell_words, results[one.assessment_id]), one.type_title) for one in organisations),
    )


def cell_words(result: Result) -> str:
    """Return what a cell says: a word, and how many of how many questions have the best rating."""
    title = LEVEL_TITLES[result.level]
    return title if result.percent is None else f"{title} {result.at_best} of {result.n}"
