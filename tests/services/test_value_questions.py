"""Questions that are not ratings, from the form to the figures: what is typed, kept, asked for and counted."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from section11.domain.answers import Marker
from section11.domain.assessments import Progress
from section11.errors import BadInputError, ProblemsFoundError
from section11.services.answering import view_assessment
from section11.services.excel_returns import download_return, import_return, preview_import
from section11.services.exports import download_workbook, export_figures
from section11.services.signing import missing_in
from section11.services.taking_in.results import import_results
from tests.services.builders import answer, events, kept_progress
from tests.services.value_builders import (
    FIRE_VALUES_RETURN,
    KEPT,
    TYPED,
    VALUES_RETURN,
    kept_values,
    open_values_cycle,
    values_submitted,
)


@pytest.fixture
def values_town(town):
    open_values_cycle(town)
    return town


def test_what_people_type_is_kept_in_one_form(values_town):
    for question_id, typed in TYPED.items():
        answer(values_town, values_town.contributor, VALUES_RETURN, question_id, value=typed)

    assert kept_values(values_town) == KEPT
    assert events(values_town, f"assessment:{VALUES_RETURN}")[-1].details["changed"] == {"value": "Nothing more."}


@pytest.mark.parametrize(
    ("question_id", "changes", "sentence"),
    [
        ("M1.3", {"value": "about forty"}, '"about forty" is not a number. Write digits only'),
        ("M1.4", {"value": "101"}, "101% cannot be right here. Write a number between 0 and 100."),
        ("M1.5", {"value": "soon"}, '"soon" is not a date. Write it like 30/09/2026.'),
        ("M1.6", {"value": "School"}, '"School" is not one of the choices.'),
        ("M1.2", {"rating": "fully_met"}, "Question M1.2 is not answered with a rating. Choose yes or no."),
    ],
)
def test_what_cannot_be_right_is_refused_in_one_sentence_and_nothing_is_saved(
    values_town, question_id, changes, sentence
):
    with pytest.raises(BadInputError) as refused:
        answer(values_town, values_town.contributor, VALUES_RETURN, question_id, **changes)

    assert refused.value.user_message.startswith(sentence)
    assert kept_values(values_town) == {}


def test_a_value_takes_the_marker_away_and_a_marker_the_value(values_town):
    def said():
        view = view_assessment(values_town.office, values_town.contributor, VALUES_RETURN)
        return view.answer_to("M1.3").value, view.answer_to("M1.3").marker

    answer(values_town, values_town.contributor, VALUES_RETURN, "M1.3", value="40")
    answer(values_town, values_town.contributor, VALUES_RETURN, "M1.3", marker=Marker.DONT_KNOW_YET)
    marked = said()
    answer(values_town, values_town.contributor, VALUES_RETURN, "M1.3", value="41")

    assert marked == (None, Marker.DONT_KNOW_YET)
    assert said() == ("41", None)


def test_values_are_asked_for_before_sign_off_but_for_the_optional_one(values_town):
    answer(values_town, values_town.contributor, VALUES_RETURN, "M1.3", marker=Marker.DONT_KNOW_YET)
    answer(values_town, values_town.contributor, VALUES_RETURN, "M1.4", value="87")
    view = view_assessment(values_town.office, values_town.contributor, VALUES_RETURN)

    assert {one.question_id: one.message for one in missing_in(view)} == {
        "M1.1": "Not answered yet.",
        "M1.2": "Not answered yet.",
        "M1.3": "Marked “Don't know yet”. Answer it.",
        "M1.5": "Not answered yet.",
        "M1.6": "Not answered yet.",
        "M1.7": "Not answered yet.",
    }
    assert kept_progress(values_town, VALUES_RETURN) == Progress(settled=1, asked=7)


def test_values_filled_in_in_excel_are_imported_like_ratings(values_town):
    office, person = values_town.office, values_town.contributor
    book = load_workbook(BytesIO(download_return(office, person, VALUES_RETURN).content))
    sheet = book["Answers"]
    for row in range(5, sheet.max_row + 1):
        typed = {"M1.1": "Fully met"} | TYPED
        sheet[f"E{row}"] = typed.get(sheet[f"A{row}"].value)
    stream = BytesIO()
    book.save(stream)

    preview = preview_import(office, person, VALUES_RETURN, stream.getvalue())
    count = import_return(office, person, VALUES_RETURN, stream.getvalue())

    assert preview.problems == ()
    assert {one.field for one in preview.changes} == {"rating", "value"}
    assert count == 8
    assert kept_values(values_town) == KEPT


def test_figures_count_choices_spread_numbers_and_never_mix_them_with_ratings(values_town):
    values_submitted(values_town)

    [figures] = export_figures(values_town.office, values_town.scrutiny, "values")["sets"]
    values = {one["id"]: one for one in figures["values"]}

    assert figures["total"]["n"] == 1
    assert values["M1.2"]["choices"] == [
        {"key": "yes", "label": "Yes", "count": 1, "percent": 100.0},
        {"key": "no", "label": "No", "count": 0, "percent": 0.0},
    ]
    assert values["M1.3"]["spread"] == {
        "lowest": 1250.0, "lower_quartile": None, "median": 1250.0, "upper_quartile": None, "highest": 1250.0,
        "total": 1250.0,
    }  # fmt: skip
    assert values["M1.4"]["spread"]["total"] is None
    assert (values["M1.5"]["earliest"], values["M1.5"]["latest"]) == ("2026-03-01", "2026-03-01")
    assert [values[key]["n"] for key in ("M1.7", "M1.8")] == [1, 1]


def test_the_partnership_workbook_has_every_value_as_what_it_is(values_town):
    values_submitted(values_town)
    answer(values_town, values_town.fire_contributor, FIRE_VALUES_RETURN, "M1.3", value="9")

    book = load_workbook(BytesIO(download_workbook(values_town.office, values_town.scrutiny, "values").content))
    numbers = [[cell.value for cell in row] for row in book["Numbers and facts"].iter_rows()]
    [people] = [row for row in numbers if row[0] == "M1.3"]
    answers = [[cell.value for cell in row] for row in book["Answers"].iter_rows()]
    header = next(row for row in answers if row[0] == "Organisation")
    [police] = [row for row in answers if row[:2] == ["Riverdale Police", "M1.3"]]

    assert {"Median", "Total", "n"} <= {str(cell) for row in numbers for cell in row}
    assert people.count(1250) == 4
    assert police[header.index("Answer")] == "1,250 people"
    assert police[header.index("Number")] == 1250
    assert not [row for row in answers if row[0] == "Riverdale Fire and Rescue"]


def test_past_results_never_give_a_rating_to_a_question_that_is_not_rated(values_town):
    rows = b"organisation,question,rating\nriverdale-fire,M1.3,Fully met\n"

    with pytest.raises(ProblemsFoundError) as refused:
        import_results(values_town.office, values_town.admin, "values", rows, "results.csv")

    assert [one.message for one in refused.value.problems] == [
        "Question M1.3 is not answered with a rating, so it has no past rating. Remove the row."
    ]
