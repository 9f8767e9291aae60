"""Sheet "Self and moderated" of the partnership workbook, once for each question set with moderated returns."""

from __future__ import annotations

from openpyxl import Workbook

from section11.domain.moderation import QUALITY_MEANINGS, QUALITY_TITLES, EvidenceQuality
from section11.reports.figures import CycleFigures
from section11.reports.moderation_figures import COMPARISON_TITLES, Comparison, SelfAndModerated
from section11.reports.set_figures import SetFigures
from section11.workbooks.partnership_layout import Column, Kind, TableSheet, Value
from section11.workbooks.partnership_wording import set_source

_MEANINGS: dict[Comparison, str] = {
    Comparison.HIGHER: "Scrutiny gave a better rating than the organisation itself.",
    Comparison.SAME: "Scrutiny gave the rating that the organisation gave itself.",
    Comparison.LOWER: "Scrutiny gave a lower rating than the organisation itself.",
    Comparison.RATED_BY_MODERATION: "The organisation gave no rating; scrutiny gave one. Not in n.",
    Comparison.RATING_TAKEN_AWAY: "The organisation gave a rating; scrutiny says none belongs there. Not in n.",
    Comparison.NO_RATING: "Neither gave a rating. Not in n.",
}
_COLUMNS = (
    Column("Question id", "Id of the question; it does not change between editions.", width=12),
    Column("Question", "The question as it was asked.", width=52),
    Column("n", "Answers that both the organisation and scrutiny rated.", Kind.COUNT, 8),
    *(Column(COMPARISON_TITLES[one], _MEANINGS[one], Kind.COUNT, 14) for one in Comparison),
    *(
        Column(f"Evidence: {QUALITY_TITLES[one].lower()}", QUALITY_MEANINGS[one], Kind.COUNT, 14)
        for one in EvidenceQuality
    ),
)


def write_self_and_moderated(book: Workbook, title: str, figures: CycleFigures, of_set: SetFigures) -> TableSheet:
    """Write one row for each rated question of the set, and a total."""
    moderation = of_set.moderation
    table = TableSheet(
        book,
        title,
        heading="Self ratings and moderated ratings",
        about=(
            "How scrutiny's ratings compare with the organisations' own, and how good the evidence was. "
            f"Returns whose moderation is finished: {moderation.returns}."
        ),
        source=set_source(figures, of_set),
        columns=_COLUMNS,
        frozen_columns=2,
    )
    for row in moderation.questions:
        table.row(_row(row))
    table.add_filter(rows=len(moderation.questions))
    table.row(_row(moderation.total), bold=True)
    return table


def _row(row: SelfAndModerated) -> list[Value]:
    return [row.subject_id or None, row.title, row.n, *row.counts.values(), *row.qualities.values()]
