"""The table of one organisation's profile: itself, moderation, its staff, and others."""

from __future__ import annotations

from section11.reports.profile import Profile, ProfileRow
from section11.reports.results import LEVEL_TITLES
from section11.reports.tables.figure_table import Cell, FigureTable, counts, percents, text

WITHHELD = "Fewer than five others"


def profile_table(profile: Profile) -> FigureTable:
    """Return one row for each standard. A group that is too small to be shown says so in place of the rank."""
    best = profile.standards_set.scale.best.label
    group = f"others of its type ({profile.organisation.type_title})" if profile.is_of_type else "all with the same set"
    return FigureTable(
        f"{profile.organisation.name}: {best.lower()} by standard, beside {group}",
        (
            *text("Standard", "Title", "Result"),
            *percents("Own, %"),
            *counts("n"),
            *percents("Moderated, %"),
            *counts("n moderated"),
            *percents("Staff who agree, %"),
            *counts("Staff who answered"),
            *text("Rank"),
            *percents("Lower quarter, %", "Middle, %", "Upper quarter, %"),
        ),
        tuple(_row(row) for row in profile.rows),
    )


def rank_words(row: ProfileRow) -> str:
    """Return "3 of 12", or why there is no rank."""
    if row.is_withheld:
        return WITHHELD
    return "–" if row.rank is None else f"{row.rank} of {row.of}"


def _row(row: ProfileRow) -> tuple[Cell, ...]:
    quartiles, moderated, survey = row.quartiles, row.moderated, row.survey
    return (
        row.standard_id,
        row.title,
        LEVEL_TITLES[row.own.level],
        row.own.percent,
        row.own.n,
        moderated.percent if moderated else None,
        moderated.n if moderated else None,
        survey.percent if survey else None,
        survey.responses if survey else None,
        rank_words(row),
        *((quartiles.lower, quartiles.median, quartiles.upper) if quartiles else (None, None, None)),
    )
