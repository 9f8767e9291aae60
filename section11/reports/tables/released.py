"""Tables of what is released, for people outside the partnership's own team: by group, never by organisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from section11.domain.standards import Question, StandardsSet
from section11.reports.released_figures import ReleasedFigures, ReleasedOfSet
from section11.reports.selection import RatingsBy
from section11.reports.tables.figure_table import Cell, Column, FigureTable, counts, percents, text
from section11.reports.tables.tallies import tally_cells, tally_columns
from section11.reports.tally import Tally
from section11.reports.withholding import EVERYONE, ShownGroup

WITHHELD = "Withheld"
RETURNS_ROW = "Released returns"


class SubjectsBy(StrEnum):
    """What the columns of the heat map are."""

    STANDARD = "standard"
    ARRANGEMENT = "arrangement"


def subjects_of(standards_set: StandardsSet, by: SubjectsBy) -> Mapping[str, tuple[str, Sequence[Question]]]:
    """Return the title and the questions of every standard or arrangement of a set, by its id."""
    if by is SubjectsBy.STANDARD:
        return {one.id: (one.title, one.rated_questions) for one in standards_set.rated_standards}
    titles = standards_set.arrangements
    return {key: (titles.get(key, key), found) for key, found in standards_set.questions_by_arrangement.items()}


def released_returns(figures: ReleasedFigures) -> FigureTable:
    """Return one row for each group, that of all first."""
    return FigureTable(
        "Returns by group",
        (
            *text("Group"),
            *counts("Expected", "Returned"),
            *percents("Returned, %"),
            *counts("Outstanding", "Late", "Overdue", "Released"),
        ),
        tuple(
            (
                one.title,
                one.rate.expected,
                one.rate.returned,
                one.rate.returned_percent,
                one.rate.outstanding,
                one.rate.late,
                one.rate.overdue,
                one.released,
            )
            for one in figures.rates
        ),
    )


def released_heat_map(of_set: ReleasedOfSet, ratings_by: RatingsBy, by: SubjectsBy) -> FigureTable:
    """Return the share at the best rating of each standard or arrangement in each group, in words with its n."""
    return FigureTable(
        f"Share {of_set.standards_set.scale.best.label.lower()}, {by.value} by group",
        text("", "Title", *(group.title for group in of_set.groups)),
        (
            ("", RETURNS_ROW, *(str(group.organisations) for group in of_set.groups)),
            *(
                (
                    subject_id,
                    title,
                    *(share_words(group_tally(of_set, ratings_by, group, found)) for group in of_set.groups),
                )
                for subject_id, (title, found) in subjects_of(of_set.standards_set, by).items()
            ),
        ),
    )


def released_ratings(of_set: ReleasedOfSet, ratings_by: RatingsBy, by: SubjectsBy) -> FigureTable:
    """Return the counts and shares behind the heat map: a row for each standard or arrangement and group."""
    rows = [
        ((subject_id, title, group.title, group.organisations), group_tally(of_set, ratings_by, group, found))
        for subject_id, (title, found) in subjects_of(of_set.standards_set, by).items()
        for group in of_set.groups
    ]
    return _tallies("Ratings by group", (*text("", "Title", "Group"), *counts("Returns")), of_set, rows)


def released_questions(
    of_set: ReleasedOfSet, ratings_by: RatingsBy, standard_id: str, group_key: str | None = None
) -> FigureTable:
    """Return the ratings of each question of a standard, for every group or for one."""
    standard = of_set.standards_set.standard(standard_id)
    groups = [one for one in of_set.groups if group_key in (None, one.key)]
    rows = [
        ((question.id, question.text, group.title), group_tally(of_set, ratings_by, group, [question]))
        for question in (standard.rated_questions if standard else ())
        for group in groups
    ]
    return _tallies("Ratings of each question", text("Question", "Words", "Group"), of_set, rows)


def own_and_moderated(of_set: ReleasedOfSet) -> FigureTable:
    """Return how often each rating was given by organisations and by moderation, over all that may be shown."""
    own, moderated = (of_set.total(one, EVERYONE) for one in (RatingsBy.ORGANISATION, RatingsBy.MODERATION))
    scale = of_set.standards_set.scale
    rows: list[tuple[Cell, ...]] = [
        (one.label, *(None if each is None else each.by_rating[one.key] for each in (own, moderated)))
        for one in scale.ratings
    ]
    rows.append(("n", *(None if each is None else each.rated for each in (own, moderated))))
    return FigureTable(
        "Own and moderated ratings", (*text("Rating"), *counts("Organisations' own", "Moderated")), tuple(rows)
    )


def group_tally(
    of_set: ReleasedOfSet, ratings_by: RatingsBy, group: ShownGroup, questions: Sequence[Question]
) -> Tally | None:
    return of_set.tally(ratings_by, group.key, [one.id for one in questions])


def released_words(ratings_by: RatingsBy) -> str:
    """Return from what these figures are, as people read it."""
    whose = "moderated" if ratings_by is RatingsBy.MODERATION else "the organisations' own"
    return f"released returns, {whose} ratings; what is about fewer than five organisations is withheld"


def share_words(tally: Tally | None) -> str:
    """Return ``72.5% of 40``, or why there is no share."""
    if tally is None:
        return WITHHELD
    if not tally.denominator:
        return "Not applicable" if tally.not_applicable else "Not asked"
    return f"{100 * tally.at_best / tally.denominator:.1f}% of {tally.denominator}"


def _tallies(
    title: str, first: tuple[Column, ...], of_set: ReleasedOfSet, rows: Sequence[tuple[tuple[Cell, ...], Tally | None]]
) -> FigureTable:
    scale = of_set.standards_set.scale
    columns = tally_columns(scale)
    return FigureTable(
        title,
        (*first, *columns, *text("Note")),
        tuple(
            (*begin, *([None] * len(columns)), WITHHELD)
            if tally is None
            else (*begin, *tally_cells(scale, tally), None)
            for begin, tally in rows
        ),
    )
