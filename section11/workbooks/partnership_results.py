"""Sheets "Heat map", "Results by standard", "By standard" and "By question", once for each question set."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook

from section11.domain.answers import STATE_TITLES, AnswerState
from section11.domain.scales import RatingScale
from section11.reports.figures import CycleFigures
from section11.reports.palette import RATING_SHADES
from section11.reports.set_figures import SetFigures
from section11.reports.tally import Tally
from section11.workbooks.partnership_charts import STATE_PAINTS, Paint, add_stacked_bars
from section11.workbooks.partnership_layout import Column, Kind, TableSheet, Value
from section11.workbooks.partnership_levels import write_level_counts, write_results_map
from section11.workbooks.partnership_wording import set_source

_WITHOUT_RATING = (AnswerState.DONT_KNOW_YET, AnswerState.NOT_CONFIRMED, AnswerState.NOT_ANSWERED)
_LEFT_OUT = (AnswerState.NOT_APPLICABLE, AnswerState.NOT_ASKED)
_SHORT_TITLES = STATE_TITLES | {AnswerState.NOT_CONFIRMED: "Not confirmed"}


def write_heat_map(book: Workbook, title: str, figures: CycleFigures, of_set: SetFigures) -> TableSheet:
    """Write organisations down, standards across: the result in words, on the palette's colours."""
    return write_results_map(
        book,
        title,
        heading="Heat map: organisations and standards",
        source=set_source(figures, of_set),
        first=[
            Column("Organisation", "Name of the organisation.", width=34),
            Column("Organisation type", "Type of organisation.", width=22),
        ],
        subjects=(f"{standard.id} {standard.title}" for standard in of_set.standards_set.rated_standards),
        rows=(
            ((row.name, row.type_title), row.standards)
            for row in figures.organisations
            if row.assessment_id in of_set.standard_results
        ),
    )


def write_results_by_standard(book: Workbook, title: str, figures: CycleFigures, of_set: SetFigures) -> TableSheet:
    """Write how many organisations are strong, mixed or weak in each standard, with a chart."""
    return write_level_counts(
        book,
        title,
        heading="Results by standard",
        about="How many organisations are strong, mixed or weak in each standard. The data dictionary says when.",
        source=set_source(figures, of_set),
        first=[
            Column("Standard", "Number of the standard.", width=11),
            Column("Title", "Title of the standard.", width=44),
            Column("Organisations", "Returns expected with this question set.", Kind.COUNT, 15),
        ],
        rows=[((row.standard_id, row.title, of_set.returns_expected), row.levels) for row in of_set.standards],
        subject="standard",
        has_chart=of_set.returns_counted > 0,
    )


def write_by_standard(book: Workbook, title: str, figures: CycleFigures, of_set: SetFigures) -> TableSheet:
    """Write counts and shares of each rating for each standard, a total, and a chart."""
    scale = of_set.standards_set.scale
    table = TableSheet(
        book,
        title,
        heading="Answers by standard",
        about="How many answers there are at each rating. Shares are of n: everything asked except “not applicable”.",
        source=set_source(figures, of_set),
        columns=[
            Column("Standard", "Number of the standard.", width=11),
            Column("Title", "Title of the standard.", width=36),
            *tally_columns(scale),
        ],
        frozen_columns=2,
    )
    for row in of_set.standards:
        table.row([row.standard_id, row.title, *tally_values(row.tally)])
    table.row(["All", "All standards", *tally_values(of_set.total)], bold=True)
    table.add_filter(rows=len(of_set.standards))
    if of_set.total.denominator:
        add_stacked_bars(
            table,
            rows=len(of_set.standards),
            heading="Share of answers at each rating, with their number",
            description=f"Stacked bar chart of the answers at each rating, for each standard; {_in_words(of_set)}.",
            categories="Title",
            series=rating_series(scale, of_set.total),
            longest=None,
        )
    return table


def write_by_question(book: Workbook, title: str, figures: CycleFigures, of_set: SetFigures) -> TableSheet:
    """Write counts and shares of each rating for each question, and a total."""
    table = TableSheet(
        book,
        title,
        heading="Answers by question",
        about="How many answers there are at each rating. Shares are of n: everything asked except “not applicable”.",
        source=set_source(figures, of_set),
        columns=[
            Column("Question id", "Id of the question; it does not change between editions.", width=12),
            Column("Question", "The question as it was asked.", width=52),
            Column("Standard", "Number of the standard.", width=11),
            Column("Essential", "Whether the question decides the result of its standard.", width=11),
            *tally_columns(of_set.standards_set.scale),
        ],
        frozen_columns=2,
    )
    for row in of_set.questions:
        essential = "Yes" if row.essential else "No"
        table.row([row.question_id, row.text, row.standard_id, essential, *tally_values(row.tally)])
    table.row(["All", "All questions", None, None, *tally_values(of_set.total)], bold=True)
    table.add_filter(rows=len(of_set.questions))
    return table


def tally_columns(scale: RatingScale) -> list[Column]:
    meaning = "Answers rated “{}”, as a share of n; empty when n is 0."
    return [
        Column("n", "Everything asked except “not applicable”. Every share is of this number.", Kind.COUNT, 8),
        *(Column(rating.label, f"Answers rated “{rating.label}”.", Kind.COUNT, 10) for rating in scale.ratings),
        *(_state_column(state) for state in _WITHOUT_RATING),
        *(Column(f"{each.label} %", meaning.format(each.label), Kind.SHARE, 11) for each in scale.ratings),
        *(_state_column(state) for state in _LEFT_OUT),
    ]


def _state_column(state: AnswerState) -> Column:
    where = "Outside n" if state in _LEFT_OUT else "Part of n"
    return Column(_SHORT_TITLES[state], f"{STATE_TITLES[state]}. {where}.", Kind.COUNT, 12.5)


def tally_values(tally: Tally) -> Sequence[Value]:
    percents = [tally.percent(key) for key in tally.by_rating]
    return [
        tally.denominator,
        *tally.by_rating.values(),
        tally.dont_know_yet,
        tally.not_confirmed,
        tally.not_answered,
        *(None if percent is None else percent / 100 for percent in percents),
        tally.not_applicable,
        tally.not_asked,
    ]


def rating_series(scale: RatingScale, total: Tally) -> dict[str, Paint]:
    """Every rating, and those states without a rating that occur, so that each bar is the whole of n."""
    occurring = dict(zip(_WITHOUT_RATING, (total.dont_know_yet, total.not_confirmed, total.not_answered), strict=True))
    return {rating.label: Paint(RATING_SHADES[rating.tone]) for rating in scale.ratings} | {
        _SHORT_TITLES[state]: STATE_PAINTS[state] for state, count in occurring.items() if count
    }


def _in_words(of_set: SetFigures) -> str:
    total = of_set.total
    parts = [f"{total.by_rating[rating.key]} {rating.label}" for rating in of_set.standards_set.scale.ratings]
    return f"in all {', '.join(parts)} of {total.denominator}"
