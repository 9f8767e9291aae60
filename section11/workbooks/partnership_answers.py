"""Sheet "Answers" of the partnership workbook: one row for each returned organisation and question."""

from __future__ import annotations

from openpyxl import Workbook

from section11.domain.answers import STATE_TITLES, Action, Answer, AnswerState, state_of
from section11.domain.question_types import Summary, type_of, value_words
from section11.domain.standards import Question, Standard
from section11.reports.collated import CollatedCycle, CollatedReturn
from section11.reports.figures import CycleFigures
from section11.reports.palette import RATING_SHADES
from section11.workbooks.partnership_layout import Column, Kind, Shaded, TableSheet, Value
from section11.workbooks.partnership_wording import cycle_source

_COLUMNS = (
    Column("Organisation", "Name of the organisation.", width=26),
    Column("Question id", "Id of the question; it does not change between editions.", width=12),
    Column("Organisation type", "Type of organisation.", width=20),
    Column("Standard", "Number and title of the standard.", width=24),
    Column("Question", "The question as it was asked.", width=42),
    Column("State", "Whether there is a rating or answer, and if not, why not.", width=17),
    Column("Rating", "The organisation's own rating; only when the state is “Rated”.", Kind.WORD, 14),
    Column("Answer", "What was answered where no rating is asked for, in words.", width=30),
    Column("Number", "The same as a number, where it is one; percentages from 0 to 100.", Kind.NUMBER, 12),
    Column("Reason", "Why the question does not apply; only when the state is “Not applicable”.", width=26),
    Column("Evidence", "What the organisation says it rests on.", width=56),
    Column("Impact", "What difference it makes for children.", width=40),
    Column("Action", "The improvement promised.", width=34),
    Column("Action owner", "The post that owns the action.", width=18),
    Column("Action due", "When the action is due.", Kind.DATE, 18),
    Column("Question set", "The question set, with its version.", width=30),
    Column("Organisation id", "A short id that does not change.", width=22),
)
_NOTHING = Answer("")
_NO_ACTION = Action("")


def write_answers(book: Workbook, collated: CollatedCycle, figures: CycleFigures) -> TableSheet:
    """Write every answer in full, also questions that were not answered or not asked.

    Only returns that count are here; the sheet "Organisations" lists the others.
    """
    table = TableSheet(
        book,
        "Answers",
        heading="Answers",
        about="One row for each returned organisation and question. Organisations lists who has not returned."
        if figures.returns_counted
        else "No return has come back yet. Answers appear here once a return is submitted.",
        source=cycle_source(figures),
        columns=_COLUMNS,
        frozen_columns=2,
    )
    # On one page's width the print would be too small to read; the second page repeats whose answer it is.
    table.sheet.page_setup.fitToWidth = 2
    table.sheet.print_title_cols = "A:B"
    for each in collated.returns:
        if not each.counts:
            continue
        for standard in each.standards_set.standards:
            for question in standard.questions:
                table.row(_values(each, standard, question))
    table.add_filter(rows=table.rows)
    return table


def _values(each: CollatedReturn, standard: Standard, question: Question) -> list[Value | Shaded]:
    answer = each.answers.get(question.id)
    state = state_of(question, each.organisation_type.key, answer)
    asked = state is not AnswerState.NOT_ASKED
    shown = answer if answer is not None and asked else _NOTHING
    action = each.actions.get(question.id, _NO_ACTION) if asked else _NO_ACTION
    return [
        each.organisation.name,
        question.id,
        each.organisation_type.title,
        f"{standard.id} {standard.title}",
        question.text,
        STATE_TITLES[state],
        _rating(each, shown, state),
        value_words(question, shown.value) if state is AnswerState.ANSWERED else None,
        _number(question, shown) if state is AnswerState.ANSWERED else None,
        shown.reason if state is AnswerState.NOT_APPLICABLE else None,
        shown.evidence,
        shown.impact,
        action.what,
        action.owner,
        action.due,
        f"{each.standards_set.title} {each.standards_set.version}",
        each.organisation.id,
    ]


def _number(question: Question, answer: Answer) -> float | None:
    is_number = type_of(question).summary is Summary.SPREAD
    return float(answer.value) if is_number and answer.value is not None else None


def _rating(each: CollatedReturn, answer: Answer, state: AnswerState) -> Shaded | None:
    """Return the rating that counts; last cycle's rating would be counted by anyone who filters this column."""
    if state is not AnswerState.RATED or answer.rating is None:
        return None
    rating = each.standards_set.scale.rating(answer.rating)
    return Shaded(rating.label, RATING_SHADES[rating.tone])
