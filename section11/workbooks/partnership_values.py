"""Sheet "Numbers and facts" of the partnership workbook: the questions that are not rated, once for each set."""

from __future__ import annotations

from openpyxl import Workbook

from section11.domain.answers import STATE_TITLES, AnswerState
from section11.domain.question_types import type_of
from section11.reports.figures import CycleFigures
from section11.reports.set_figures import SetFigures
from section11.reports.value_figures import ValueFigures
from section11.reports.value_words import summary_words
from section11.workbooks.partnership_layout import Column, Kind, TableSheet, Value
from section11.workbooks.partnership_wording import set_source

_WITHOUT_VALUE = (
    AnswerState.NOT_APPLICABLE,
    AnswerState.DONT_KNOW_YET,
    AnswerState.NOT_CONFIRMED,
    AnswerState.NOT_ANSWERED,
    AnswerState.NOT_ASKED,
)
_COLUMNS = (
    Column("Question id", "Id of the question; it does not change between editions.", width=12),
    Column("Question", "The question as it was asked.", width=48),
    Column("Kind", "What the question is answered with.", width=20),
    Column("n", "Organisations that gave an answer.", Kind.COUNT, 8),
    Column("In words", "What the answers come to.", width=44),
    Column("Lowest", "Lowest number given.", Kind.NUMBER, 10),
    Column("Lower quartile", "Median of the lower half; empty below four answers.", Kind.NUMBER, 10),
    Column("Median", "The number in the middle.", Kind.NUMBER, 10),
    Column("Upper quartile", "Median of the upper half; empty below four answers.", Kind.NUMBER, 10),
    Column("Highest", "Highest number given.", Kind.NUMBER, 10),
    Column("Total", "Sum of the numbers; empty for percentages.", Kind.NUMBER, 12),
    Column("Earliest", "Earliest date given.", Kind.DATE, 20),
    Column("Latest", "Latest date given.", Kind.DATE, 20),
    *(
        Column(STATE_TITLES[state], f"Organisations with the state “{STATE_TITLES[state]}”.", Kind.COUNT, 14)
        for state in _WITHOUT_VALUE
    ),
)


def write_numbers_and_facts(book: Workbook, title: str, figures: CycleFigures, of_set: SetFigures) -> TableSheet:
    """Write one row for each question of the set that asks for a number, date, choice or text."""
    table = TableSheet(
        book,
        title,
        heading="Numbers and facts",
        about="What organisations answered where no rating is asked for. They are no part of any result.",
        source=set_source(figures, of_set),
        columns=_COLUMNS,
        frozen_columns=2,
    )
    for value in of_set.values:
        table.row(_row(value))
    table.add_filter(rows=len(of_set.values))
    return table


def _row(value: ValueFigures) -> list[Value]:
    spread = value.spread
    numbers = (
        [None] * 6
        if spread is None
        else [
            spread.lowest,
            spread.lower_quartile,
            spread.median,
            spread.upper_quartile,
            spread.highest,
            spread.total,
        ]
    )
    return [
        value.question.id,
        value.question.text,
        type_of(value.question).title,
        value.n,
        summary_words(value),
        *numbers,
        value.earliest,
        value.latest,
        *(value.states[state] for state in _WITHOUT_VALUE),
    ]
