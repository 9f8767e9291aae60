"""Questions that are not ratings in the Excel return: each type out and in again, and what is wrong in which cell."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from section11.domain.answers import Answer, Marker
from section11.domain.merging import merge_returns
from section11.domain.standards import Question, Standard
from section11.workbooks.return_checks import checked
from section11.workbooks.return_reader import read_return
from section11.workbooks.return_writer import write_return
from tests.workbooks.builders import SMALL_SET, a_form, edited, filled_in, opened

CHOICES = {"nursery": "Day nursery", "club": "Holiday club"}
PROFILE = Standard(
    "P",
    "About your organisation",
    (
        Question("P.1", "Is there a deputy?", {}, (), type="yes_no"),
        Question("P.2", "How many people work here?", {}, (), type="number", unit="people", least=0, most=5000),
        Question("P.3", "What share is trained?", {}, (), type="percentage"),
        Question("P.4", "When was the policy approved?", {}, (), type="date"),
        Question("P.5", "What kind of setting is it?", {}, (), type="choice", choices=CHOICES),
        Question("P.6", "Which post leads?", {}, (), type="short_text"),
        Question("P.7", "What else?", {}, (), type="long_text", optional=True),
    ),
)
ROWS = {"P.1": 5, "P.2": 6, "P.3": 7, "P.4": 8, "P.5": 9, "P.6": 10, "P.7": 11}
"""On the sheet "About you", below the heading in row 4."""
SET_WITH_VALUES = replace(SMALL_SET, standards=(*SMALL_SET.standards, PROFILE))
MIXED = replace(SMALL_SET.standards[0], questions=(*SMALL_SET.standards[0].questions, PROFILE.questions[1]))
SET_WITH_A_VALUE_AMONG_RATINGS = replace(SMALL_SET, standards=(MIXED,))
"""P.2 stands in row 7 of the sheet of answers, below S1.1 and S1.2."""
NOT_RATED = frozenset(ROWS)


def form_with(*answers: Answer):
    return a_form(tuple(answers), standards_set=SET_WITH_VALUES)


def checked_after(cells, *answers):
    return checked(filled_in(form_with(*answers), cells), SET_WITH_VALUES, "police")


VALUES = st.fixed_dictionaries(
    {},
    optional={
        "P.1": st.sampled_from(["yes", "no"]),
        "P.2": st.integers(0, 5000).map(str),
        "P.3": st.decimals(1, 99, places=1).map(lambda share: f"{share:f}".rstrip("0").rstrip(".")),
        "P.4": st.dates(date(1990, 1, 1), date(2099, 12, 31)).map(date.isoformat),
        "P.5": st.sampled_from(list(CHOICES)),
        "P.6": st.text(string.ascii_letters + "=+-@é 👩", min_size=1).map(str.strip).filter(bool),
        "P.7": st.text(string.ascii_letters + string.punctuation + " \n\t", min_size=1).map(str.strip).filter(bool),
    },
)


@settings(max_examples=40, deadline=None, database=None)
@given(values=VALUES, marker=st.sampled_from(Marker), marked=st.sampled_from(sorted(ROWS)))
def test_every_value_and_marker_comes_back_equal_and_changes_nothing(values, marker, marked):
    answers = {key: Answer(key, value=value) for key, value in values.items()}
    answers[marked] = Answer(marked, marker=marker)
    result = checked(read_return(write_return(form_with(*answers.values()))), SET_WITH_VALUES, "police")

    assert result.problems == ()
    assert {key: result.answers[key] for key in answers} == answers
    assert merge_returns(result.base, result.base, result.incoming, not_rated=NOT_RATED) == []


@pytest.mark.parametrize(
    ("question_id", "typed", "kept"),
    [
        ("P.1", "yes", "yes"),
        ("P.2", 1250, "1250"),
        ("P.2", "1,250 people", "1250"),
        ("P.3", "87%", "87"),
        ("P.3", 87.5, "87.5"),
        ("P.4", date(2026, 3, 1), "2026-03-01"),
        ("P.4", "1 March 2026", "2026-03-01"),
        ("P.5", "holiday club", "club"),
        ("P.6", " Head of Safeguarding ", "Head of Safeguarding"),
        ("P.6", 12, "12"),
    ],
)
def test_what_people_type_is_read_as_they_mean_it(question_id, typed, kept):
    result = checked_after({f"About you!D{ROWS[question_id]}": typed})

    assert result.problems == ()
    assert result.answers[question_id] == Answer(question_id, value=kept)


def test_a_figure_that_excel_shows_as_a_percentage_is_read_as_it_is_shown():
    def type_percentage(sheet):
        sheet[f"D{ROWS['P.3']}"].value = 0.87
        sheet[f"D{ROWS['P.3']}"].number_format = "0%"

    content = edited(write_return(form_with()), type_percentage, "About you")
    result = checked(read_return(content), SET_WITH_VALUES, "police")

    assert result.answers["P.3"].value == "87"


@pytest.mark.parametrize(
    ("question_id", "typed", "sentence"),
    [
        ("P.1", "maybe", '"maybe" is not one of the choices. Choose one of: Yes, No.'),
        ("P.2", "about forty", '"about forty" is not a number. Write digits only, for example 40 or 37.5.'),
        ("P.2", 5001, "5,001 people cannot be right here. Write a number between 0 and 5,000."),
        ("P.3", 101, "101% cannot be right here. Write a number between 0 and 100."),
        ("P.4", "last spring", '"last spring" is not a date. Write it like 30/09/2026.'),
        ("P.5", "School", '"School" is not one of the choices. Choose one of: Day nursery, Holiday club.'),
    ],
)
def test_a_value_that_cannot_be_read_is_named_by_its_cell_and_counts_as_untouched(question_id, typed, sentence):
    stored = Answer(question_id, marker=Marker.DONT_KNOW_YET)
    result = checked_after({f"About you!D{ROWS[question_id]}": typed}, stored)

    assert [(one.place, one.message) for one in result.problems] == [(f"About you!D{ROWS[question_id]}", sentence)]
    assert result.answers[question_id] == stored


def test_a_failed_formula_is_named_and_the_value_stays():
    kept = Answer("P.6", value="Head of Safeguarding")
    result = checked_after({"About you!D10": "#NAME?"}, kept)

    assert [(one.place, one.message) for one in result.problems] == [
        ("About you!D10", "Excel took the text for a formula and shows #NAME?. Type the text again.")
    ]
    assert result.answers["P.6"] == kept


def test_what_is_written_where_nothing_is_asked_for_is_named_rather_than_lost():
    form = a_form(standards_set=SET_WITH_A_VALUE_AMONG_RATINGS)
    file = filled_in(form, {"F7": "A headcount of March", "Action plan!A6": "P.2"})
    result = checked(file, SET_WITH_A_VALUE_AMONG_RATINGS, "police")

    assert [(one.place, one.message.split(".")[0]) for one in result.problems] == [
        ("Answers!F7", "Evidence is not asked for here"),
        ("Action plan!A6", "This question is not rated, so it takes no action"),
    ]


def test_a_changed_value_is_one_proposed_change_and_takes_the_marker_away():
    stored = Answer("P.2", marker=Marker.DONT_KNOW_YET)
    result = checked_after({"About you!D6": 40}, stored)
    [change] = merge_returns(result.base, result.base, result.incoming, not_rated=NOT_RATED)

    assert (change.question_id, change.field) == ("P.2", "value")
    assert (change.stored, change.incoming) == (Marker.DONT_KNOW_YET, "40")


def test_evidence_cannot_be_written_where_a_value_is_asked_for():
    sheet = opened(write_return(a_form(standards_set=SET_WITH_A_VALUE_AMONG_RATINGS)))["Answers"]

    assert sheet["F5"].protection.locked is False
    assert sheet["F7"].protection.locked is True
    assert sheet["E7"].protection.locked is False


def test_each_choice_has_its_own_drop_down_and_equal_ones_share_it():
    workbook = opened(write_return(form_with()))
    lists = [[cell.value for cell in column if cell.value] for column in workbook["_lists"].columns]
    yes_no = next(one for one in workbook["About you"].data_validations.dataValidation if "D5" in one.sqref)

    assert lists == [
        ["Fully met", "Mostly met", "Partly met", "Not met", "Not applicable", "Don't know yet"],
        ["Yes", "No", "Not applicable", "Don't know yet"],
        ["Day nursery", "Holiday club", "Not applicable", "Don't know yet"],
        ["Confirmed"],
    ]
    assert yes_no.formula1 == "'_lists'!$B$1:$B$4"


def test_the_cover_counts_values_apart_from_ratings_and_leaves_out_what_is_optional():
    cover = opened(write_return(form_with()))["Start here"]
    formulas = {row[1].value: row[2].value for row in cover.iter_rows() if row[2].data_type == "f"}
    values, ratings = formulas["Numbers and facts given"], formulas["Fully met"]

    assert '(1-(LEFT(profile_kind,6)="rating"))' in values
    assert '*(LEFT(answers_kind,6)="rating")' in ratings
    assert all('(RIGHT(profile_kind,10)<>", optional")' in values for values in (values, ratings))


def test_how_a_row_is_answered_stands_in_a_hidden_column_that_travels_with_it():
    workbook = opened(write_return(form_with()))
    answers, profile = workbook["Answers"], workbook["About you"]

    assert answers.column_dimensions["K"].hidden
    assert profile.column_dimensions["H"].hidden
    assert [answers[f"K{row}"].value for row in (4, 5)] == [None, "rating"]
    assert [profile[f"H{row}"].value for row in (4, 6, 11)] == [None, "number", "long_text, optional"]
