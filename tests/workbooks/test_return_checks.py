"""The checks of an Excel return: each fault names its cells and what to do, equal faults share a line."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from section11.domain.answers import Action, Answer, Marker
from section11.errors import NotOurFileError
from section11.workbooks.return_cells import as_date, as_text
from section11.workbooks.return_checks import checked, identity_problem
from section11.workbooks.return_reader import read_return
from section11.workbooks.return_writer import write_return
from tests.workbooks.builders import A_HASH, SMALL_SET, a_form, filled_in

A_DAY = datetime(2026, 9, 30)  # noqa: DTZ001 - Excel has no time zones
HERE = {
    "organisation_id": "riverdale-police",
    "cycle_id": "2026",
    "set_sha256": A_HASH,
    "organisation_name": "Riverdale Police",
    "cycle_name": "2026 cycle",
}


def problems_of(cells, form=None, organisation_type="police"):
    return [str(one) for one in checked(filled_in(form or a_form(), cells), SMALL_SET, organisation_type).problems]


def test_a_rating_outside_the_list_is_named_with_its_cell():
    assert problems_of({"E5": "Sort of"}) == ['Answers!E5: "Sort of" is not a rating. Choose one from the list.']


def test_equal_faults_share_one_line_with_all_their_cells():
    assert problems_of({"E5": "Sort of", "E8": "Sort of", "E6": "Maybe"}) == [
        'Answers!E5, E8: "Sort of" is not a rating. Choose one from the list.',
        'Answers!E6: "Maybe" is not a rating. Choose one from the list.',
    ]


@pytest.mark.parametrize(
    ("words", "rating", "marker"),
    [
        ("Fully met", "fully_met", None),
        ("  fully MET ", "fully_met", None),
        ("not applicable", None, Marker.NOT_APPLICABLE),
        ("Don’t know yet", None, Marker.DONT_KNOW_YET),
        ("", None, None),
        (None, None, None),
        ("   ", None, None),
    ],
)
def test_a_rating_is_understood_as_people_write_it(words, rating, marker):
    answer = checked(filled_in(a_form(), {"E5": words}), SMALL_SET, "police").answers["S1.1"]

    assert (answer.rating, answer.marker) == (rating, marker)


def test_an_emptied_rating_means_no_rating():
    form = a_form((Answer("S1.1", rating="fully_met"),))

    assert checked(filled_in(form, {"E5": None}), SMALL_SET, "police").answers["S1.1"].rating is None


def test_an_unknown_question_is_named():
    assert problems_of({"A5": "S9.9"}) == ['Answers!A5: "S9.9" is not a question of this set. Delete the row.']


def test_a_question_there_twice_is_named_once_with_both_cells_and_says_nothing():
    result = checked(filled_in(a_form(), {"A6": "S1.1", "E6": "Not met"}), SMALL_SET, "police")

    assert [str(one) for one in result.problems] == [
        "Answers!A5, A6: Question S1.1 is there more than once. Keep one row and delete the rest."
    ]
    assert set(result.answers) == {"S2.1"}


def test_a_question_not_asked_of_this_type_is_named():
    assert problems_of({"A5": "S2.2"}) == [
        "Answers!A5: This question is not asked of your type of organisation. Delete the row."
    ]


def test_text_in_a_row_without_a_question_is_named():
    assert problems_of({"F12": "More evidence"}) == [
        "Answers!A12: Something is written in a row without a question. Move it to the row of its question."
    ]


def test_a_text_that_is_too_long_is_named_with_its_column():
    assert problems_of({"F5": "x" * 32_767}) == []
    # openpyxl writes no more letters than a cell holds; Excel counts an emoji as two.
    assert problems_of({"F5": "👩" * 16_384}) == ["Answers!F5: Evidence is longer than 32,767 characters. Shorten it."]


def test_a_failed_formula_is_named_and_the_stored_text_stays():
    form = a_form((Answer("S1.1", evidence="Minutes"),))
    result = checked(filled_in(form, {"F5": "#NAME?"}), SMALL_SET, "police")

    assert [str(one) for one in result.problems] == [
        "Answers!F5: Excel took the text for a formula and shows #NAME?. Type the text again."
    ]
    assert result.answers["S1.1"].evidence == "Minutes"


@pytest.mark.parametrize(
    "value",
    [
        A_DAY,
        A_DAY.replace(hour=17, minute=5),
        date(2026, 9, 30),
        "30/09/2026",
        " 30/9/26 ",
        "30 September 2026",
        "30 sep 2026",
        "30.09.2026",
        "2026-09-30",
    ],
)
def test_a_date_is_understood_as_people_write_it_in_the_uk(value):
    assert as_date(value) == date(2026, 9, 30)


@pytest.mark.parametrize("value", ["next term", "09/30/2026", "30/09/1926", "31/02/2026", time(9, 0), True])
def test_what_is_no_date_is_named(value):
    [problem] = problems_of({"Action plan!G5": value})

    assert problem.startswith("Action plan!G5: ")
    assert problem.endswith(" is not a date between 2000 and 2099. Type it like 30/09/2026.")


def test_a_bare_number_is_no_date_but_in_the_date_cell_excel_shows_it_as_one():
    with pytest.raises(ValueError, match="46295"):
        as_date(46295)
    assert problems_of({"Action plan!G5": 46295}) == []


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (5, "5"), (5.0, "5"), (2.5, "2.5"), (True, "Yes"), (A_DAY, "30 September 2026")],
)
def test_numbers_and_dates_in_a_text_cell_are_read_as_they_look(value, text):
    assert as_text(value) == text


def test_an_action_is_read_with_its_owner_and_date():
    result = checked(
        filled_in(a_form(), {"Action plan!E5": "Train", "Action plan!F5": "Head", "Action plan!G5": "1/12/2026"}),
        SMALL_SET,
        "police",
    )

    assert result.actions["S1.1"] == Action("S1.1", "Train", "Head", date(2026, 12, 1))


@pytest.mark.parametrize(("words", "carried_from"), [("Confirmed", None), ("confirmed ", None), ("Yes?", "2024")])
def test_an_answer_brought_forward_is_confirmed_by_the_word(words, carried_from):
    form = a_form((Answer("S1.2", rating="fully_met", carried_from="2024"),))

    assert checked(filled_in(form, {"J6": words}), SMALL_SET, "police").answers["S1.2"].carried_from == carried_from


def test_a_file_for_this_place_passes():
    assert identity_problem(read_return(write_return(a_form())), **HERE) is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"organisation_id": "elmtree", "organisation_name": "Elmtree School"}, "not for Elmtree School"),
        ({"cycle_id": "2027", "cycle_name": "2027 cycle"}, "another cycle, not to 2027 cycle"),
        ({"set_sha256": "cd" * 32}, "another edition of the questions"),
    ],
)
def test_a_file_for_another_place_is_refused_with_one_reason(change, sentence):
    with pytest.raises(NotOurFileError, match=sentence):
        identity_problem(read_return(write_return(a_form())), **(HERE | change))
