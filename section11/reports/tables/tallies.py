"""Rows of tallies: the counts and shares of each rating, what n is, and what is left out of it."""

from __future__ import annotations

from collections.abc import Iterable

from section11.domain.scales import RatingScale
from section11.reports.tables.figure_table import Cell, Column, FigureTable, counts, percents, text
from section11.reports.tally import Tally, percent_of


def tally_columns(scale: RatingScale) -> tuple[Column, ...]:
    """Return the columns that ``tally_cells`` fills."""
    ratings = [
        column for rating in scale.ratings for column in (*counts(rating.label), *percents(f"{rating.label}, %"))
    ]
    return (*counts("n"), *ratings, *counts("No rating yet", "Not applicable", "Not asked"))


def tally_cells(scale: RatingScale, tally: Tally) -> tuple[Cell, ...]:
    ratings = [cell for key in scale.keys for cell in (tally.by_rating[key], tally.percent(key))]
    return (tally.denominator, *ratings, tally.without_rating, tally.not_applicable, tally.not_asked)


def answer_counts(scale: RatingScale, tally: Tally) -> FigureTable:
    """Return one tally downwards: what counts with its share of n, and below it n and what is left out of it."""
    without = (
        ("Don't know yet", tally.dont_know_yet),
        ("Carried forward, not confirmed", tally.not_confirmed),
        ("Not answered", tally.not_answered),
    )
    counted = [(one.label, tally.by_rating[one.key]) for one in scale.ratings]
    counted += [(words, count) for words, count in without if count]
    outside = (("n", tally.denominator), ("Not applicable", tally.not_applicable), ("Not asked", tally.not_asked))
    return FigureTable(
        "Counts and shares of the ratings",
        (*text("Answer"), *counts("Count"), *percents("Share, %")),
        (
            *((words, count, percent_of(count, tally.denominator)) for words, count in counted),
            *((words, count, None) for words, count in outside),
        ),
    )


def tally_table(
    title: str, first: tuple[Column, ...], scale: RatingScale, rows: Iterable[tuple[tuple[Cell, ...], Tally]]
) -> FigureTable:
    """Return a table of tallies; each row begins with the cells of its ``first`` columns."""
    return FigureTable(
        title,
        (*first, *tally_columns(scale)),
        tuple((*begin, *tally_cells(scale, tally)) for begin, tally in rows),
    )
