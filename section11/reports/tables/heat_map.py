"""The tables of the heat map: organisations down, standards or arrangements across, in words; and its totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from section11.reports.arrangement_map import ArrangementMap
from section11.reports.figures import OrganisationFigures
from section11.reports.results import JUDGED, LEVEL_TITLES, Level, Result
from section11.reports.tables.figure_table import FigureTable, counts, text


def heat_map_table(
    organisations: Sequence[OrganisationFigures], results: Mapping[str, Sequence[Result]], keys: Sequence[str]
) -> FigureTable:
    """Return each organisation's results as words; ``results`` has them by assessment id, in the order of ``keys``."""
    return FigureTable(
        "Heat map",
        text("Organisation", *keys, "Type"),
        tuple((one.name, *map(cell_words, results[one.assessment_id]), one.type_title) for one in organisations),
    )


def arrangement_totals(found: ArrangementMap) -> FigureTable:
    """Return how many organisations have which result in each arrangement; n is how many have one that is judged."""
    outside = [level for level in Level if level not in JUDGED]
    return FigureTable(
        "Number of organisations with each result in each statutory arrangement",
        (
            *text("Code"),
            *counts(*(LEVEL_TITLES[level] for level in JUDGED), "n", *(LEVEL_TITLES[level] for level in outside)),
            *text("Arrangement"),
        ),
        tuple(
            (
                one.key,
                *(one.levels[level] for level in JUDGED),
                one.n,
                *(one.levels[level] for level in outside),
                one.title,
            )
            for one in found.arrangements
        ),
    )


def cell_words(result: Result) -> str:
    """Return what a cell says: a word, and how many of how many questions have the best rating."""
    title = LEVEL_TITLES[result.level]
    return title if result.percent is None else f"{title} {result.at_best} of {result.n}"
