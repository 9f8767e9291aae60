"""Tables of calibration: where moderation moved ratings, and how two moderators agree."""

from __future__ import annotations

from collections.abc import Iterable

from section11.reports.calibration import CalibrationFigures, Drift
from section11.reports.set_figures import SetFigures
from section11.reports.tables.figure_table import Cell, Column, FigureTable, Kind, counts, text

_DRIFT = (
    *counts("n", "Moderated higher", "The same", "Moderated lower"),
    Column("Mean steps (+ higher)", Kind.DECIMAL),
    Column("Mean size in steps", Kind.DECIMAL),
)


def drift_by_standard(figures: SetFigures) -> FigureTable:
    """Return one row for each standard and one for all."""
    found = figures.calibration
    rows = [((one.subject_id, one.title), one) for one in found.standards]
    return _table("Self and moderated ratings by standard", ("Standard", "Title"), [*rows, (("All", ""), found.total)])


def drift_by_organisation(figures: SetFigures) -> FigureTable:
    """Return one row for each organisation whose moderation is finished, the largest difference first."""
    found = sorted(
        figures.calibration.organisations, key=lambda one: (-(one.mean_steps_moved or 0), one.title.casefold())
    )
    return _table(
        "Self and moderated ratings by organisation", ("Organisation",), [((one.title,), one) for one in found]
    )


def agreement_table(figures: SetFigures) -> FigureTable:
    """Return how often the first moderator (down) and the second (across) gave which rating."""
    labels = [rating.label for rating in figures.standards_set.scale.ratings]
    found = figures.calibration.agreement
    return FigureTable(
        "Ratings of the first moderator (down) and the second (across)",
        (*text("First moderator"), *counts(*labels)),
        tuple((label, *row) for label, row in zip(labels, found.counts, strict=True)),
    )


def agreement_words(figures: CalibrationFigures) -> str:
    """Return the agreement of two moderators as a sentence, with weighted kappa and its interval where they exist."""
    found = figures.agreement
    if not found.n:
        return "No answer was judged by two moderators."
    words = (
        f"Of {found.n:,} answers that two moderators judged apart, {found.same:,} have the same rating "
        f"({found.same_percent:.1f}%)."
    )
    if found.kappa is None:
        return f"{words} Weighted kappa does not exist here, as both gave one and the same rating to all."
    kappa = found.kappa
    return f"{words} Weighted kappa is {kappa.value:.2f} (95% interval {kappa.low:.2f} to {kappa.high:.2f})."


def _table(title: str, first: tuple[str, ...], rows: Iterable[tuple[tuple[Cell, ...], Drift]]) -> FigureTable:
    return FigureTable(title, (*text(*first), *_DRIFT), tuple((*begin, *_cells(one)) for begin, one in rows))


def _cells(one: Drift) -> tuple[Cell, ...]:
    return (one.n, one.higher, one.same, one.lower, one.mean_steps, one.mean_steps_moved)
