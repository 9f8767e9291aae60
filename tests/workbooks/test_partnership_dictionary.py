"""The data dictionary of the partnership workbook explains every column, and says what the sheets show."""

from __future__ import annotations

from dataclasses import replace

import pytest

from section11.domain.answers import Answer
from section11.domain.assessments import progress_of
from section11.domain.standards import Question, Standard
from tests.unit.figure_builders import (
    POLICE,
    SMALL_SET,
    a_cycle,
    a_return,
    not_applicable,
    rated,
)
from tests.workbooks.partnership_readings import TABLES, read_back, table, usual_book


def test_the_dictionary_explains_every_column_of_every_table():
    book = usual_book()
    explained = {(row["Where"], row["Name"]) for row in table(book, "Data dictionary")}
    headings = {(title, cell.value) for title in TABLES[:-1] for cell in book[title][4]}

    assert headings <= explained
    assert all(row["Meaning"] for row in table(book, "Data dictionary"))


def test_the_dictionary_gives_the_thresholds_of_the_set():
    rows = {(row["Where"], row["Name"]): row["Meaning"] for row in table(usual_book(), "Data dictionary")}

    assert str(rows["Result, Small set", "Strong"]).startswith("At least 80% of the questions")
    assert str(rows["Result, Small set", "Weak"]).startswith("Less than 50% of the questions")


def test_both_heat_maps_say_their_results_in_the_same_words_and_the_dictionary_explains_them():
    book = usual_book()
    by_standard, by_arrangement = table(book, "Heat map")[0], table(book, "Heat map by arrangement")[0]
    explained = {(row["Where"], row["Name"]): row["Meaning"] for row in table(book, "Data dictionary")}

    assert by_standard["S2 Safe recruitment"] == by_arrangement["S11-01 Senior leadership"] == "Mixed\n1 of 2"
    assert book["Heat map"]["A2"].value == book["Heat map by arrangement"]["A2"].value
    assert explained["Heat maps", "1 of 2"] == (
        "Of 2 questions that apply, 1 has the best rating of the scale. A question without an answer stays in; "
        "“not applicable” and “not asked” are left out."
    )


def test_asked_and_answered_are_counted_as_on_screen_with_facts_and_without_what_may_be_left_empty():
    facts = Standard(
        "P",
        "About you",
        (
            Question("P.1", "How many staff?", {}, (), type="number", unit="people"),
            Question("P.2", "How many sites?", {}, (), type="number", unit="sites"),
            Question("P.3", "Anything else?", {}, (), type="long_text", optional=True),
        ),
    )
    with_facts = replace(SMALL_SET, standards=(*SMALL_SET.standards, facts))
    answers = [rated("S1.1", "fully"), not_applicable("S1.2"), Answer("P.1", value="12"), Answer("P.3", value="No.")]
    book = read_back(a_cycle(a_return("Riverdale Police", POLICE, answers, standards_set=with_facts)))
    explained = {(row["Where"], row["Name"]): row["Meaning"] for row in table(book, "Data dictionary")}

    [row] = table(book, "Organisations")
    shown = progress_of(
        with_facts.questions_for("police"), "police", {answer.question_id: answer for answer in answers}
    )
    assert (row["Asked"], row["Answered"]) == (shown.asked, shown.settled) == (7, 3)
    assert row["Answered %"] == pytest.approx(3 / 7)
    assert "numbers and facts" in explained["Organisations", "Asked"]
