"""Open data: complete, typed, with the states of an answer apart, and tied to the figures."""

from collections import Counter
from datetime import date

import pytest

from section11.domain.answers import AnswerState
from section11.domain.moderation import EvidenceQuality, Moderation
from section11.domain.workflow import AssessmentStatus
from section11.reports.data_tables import DataTable, FieldType
from section11.reports.figures import figures_of
from section11.reports.figures_json import figures_json
from section11.reports.open_data import TABLE_NAMES, open_data_of
from section11.reports.open_data_json import open_data_json
from tests.unit.figure_builders import (
    CHARITY,
    POLICE,
    a_cycle,
    a_return,
    four_organisations,
    published_matrix,
    rated,
    seven_organisations,
)
from tests.workbooks.test_partnership_recount import thirty_mixed_organisations

CYCLES = [four_organisations, seven_organisations, thirty_mixed_organisations, published_matrix]
PYTHON_TYPES = {
    FieldType.STRING: str,
    FieldType.INTEGER: int,
    FieldType.NUMBER: float,
    FieldType.BOOLEAN: bool,
}


def data_of(collated):
    return open_data_of(collated, figures_of(collated))


def rows_of(table: DataTable):
    names = [one.name for one in table.fields]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def test_a_return_that_has_not_come_back_says_nothing_in_any_table():
    secret = "Written, but not submitted"
    draft = a_return("Draft", POLICE, [rated("S1.1", "not", evidence=secret)], status=AssessmentStatus.IN_PROGRESS)

    data = data_of(a_cycle(draft))

    assert secret not in str(data)
    assert [row["counts"] for row in rows_of(data.table("returns"))] == [False]
    assert data.table("answers").rows == ()


@pytest.mark.parametrize("build", CYCLES)
def test_every_cell_has_the_type_of_its_column_and_every_word_is_one_the_dictionary_explains(build):
    data = data_of(build())

    for table in data.tables:
        for row in rows_of(table):
            for column in table.fields:
                value = row[column.name]
                if value is None:
                    assert column.name not in table.key
                elif column.type in PYTHON_TYPES:
                    assert type(value) is PYTHON_TYPES[column.type], (table.name, column.name)
                    assert value != ""
                    assert not column.values or value in column.values


@pytest.mark.parametrize("build", CYCLES)
def test_keys_are_different_in_order_and_found_in_the_tables_they_refer_to(build):
    data = data_of(build())

    for table in data.tables:
        keys = [table.key_of(row) for row in table.rows]
        assert keys == sorted(keys)
        assert len(set(keys)) == len(keys), table.name
        for columns, name in table.refers.items():
            there = {tuple(row[column] for column in columns) for row in rows_of(data.table(name))}
            assert {tuple(row[column] for column in columns) for row in rows_of(table)} <= there


@pytest.mark.parametrize("build", CYCLES)
def test_the_rows_of_answers_add_up_to_the_figures_of_each_question(build):
    collated = build()
    figures = figures_json(figures_of(collated))
    answers = rows_of(data_of(collated).table("answers"))

    for of_set in figures["sets"]:
        for question in of_set["questions"]:
            own = [
                row
                for row in answers
                if (row["set_id"], row["set_version"], row["question_id"])
                == (of_set["id"], of_set["version"], question["id"])
            ]
            states = Counter(row["state"] for row in own)
            ratings = Counter(row["rating"] for row in own if row["rating"])
            assert {key: one["count"] for key, one in question["ratings"].items() if one["count"]} == dict(ratings)
            for state in ("not_applicable", "dont_know_yet", "not_confirmed", "not_answered", "not_asked"):
                assert question[state] == states[state], (question["id"], state)


@pytest.mark.parametrize("build", CYCLES)
def test_results_and_returns_are_those_of_the_figures(build):
    collated = build()
    figures = figures_json(figures_of(collated))
    data = data_of(collated)
    results = rows_of(data.table("results"))
    returns = {row["return_id"]: row for row in rows_of(data.table("returns"))}

    for organisation in figures["organisations"]:
        for kind, listed in (("standard", "standards"), ("arrangement", "arrangements")):
            own = {
                row["subject_id"]: {key: row[key] for key in ("level", "percent", "n", "lowest_essential")}
                for row in results
                if row["return_id"] == organisation["assessment"] and row["kind"] == kind
            }
            assert own == {
                one["id"]: {key: one[key] for key in ("level", "percent", "n", "lowest_essential")}
                for one in organisation[listed]
            }
        row, total = returns[organisation["assessment"]], organisation["total"] or {}
        for key in ("n", "asked", "not_applicable", "dont_know_yet", "not_confirmed", "not_answered", "not_asked"):
            assert row[key] == total.get(key)
        assert (row["status"], row["timing"]) == (organisation["status"], organisation["timing"])


def test_a_rating_brought_from_earlier_is_not_confirmed_and_no_rating():
    data = data_of(a_cycle(a_return("Police", POLICE, [rated("S1.1", "fully", carried_from="2024")])))

    row = next(row for row in rows_of(data.table("answers")) if row["question_id"] == "S1.1")

    assert (row["state"], row["rating"], row["carried_from"]) == (AnswerState.NOT_CONFIRMED, None, "2024")


def test_a_question_that_is_not_asked_has_its_row_and_nothing_in_it():
    data = data_of(a_cycle(a_return("Charity", CHARITY, [rated("S1.1", "fully"), rated("S2.1", "fully")])))

    unasked = [row for row in rows_of(data.table("answers")) if row["state"] == "not_asked"]

    assert unasked
    assert all(row["evidence"] is None and row["rating"] is None for row in unasked)


def test_moderation_has_what_was_agreed_beside_what_the_organisation_said():
    outcome = Moderation("S1.1", rating="partly", evidence_quality=EvidenceQuality.ASSERTED, reason="Nothing shown")
    each = a_return("Police", POLICE, [rated("S1.1", "fully")], status=AssessmentStatus.MODERATED, outcomes=[outcome])

    [row] = rows_of(data_of(a_cycle(each)).table("moderation"))

    assert (row["self_rating"], row["moderated_rating"], row["comparison"]) == ("fully", "partly", "lower")
    assert (row["evidence_quality"], row["reason"]) == ("asserted", "Nothing shown")


def test_the_dictionary_explains_every_column_and_every_word():
    data = data_of(four_organisations())
    explained = {(row["table"], row["column"], row["value"]) for row in rows_of(data.table("data_dictionary"))}

    for table in data.tables:
        for column in table.fields:
            assert (table.name, column.name, None) in explained
            assert all((table.name, column.name, value) in explained for value in column.values)


def test_an_empty_cycle_has_every_table_without_rows():
    data = data_of(a_cycle())

    assert tuple(table.name for table in data.tables) == TABLE_NAMES
    assert [table.name for table in data.tables if table.rows] == ["data_dictionary"]


def test_the_json_says_from_what_and_when_and_keeps_numbers_and_dates():
    written = open_data_json(data_of(four_organisations()))

    assert written["taken_at"] == "2026-10-14T14:02:00Z"
    assert "returned of 4 expected" in written["source"]
    rows = written["tables"]["actions"]["rows"]
    assert all(date.fromisoformat(row["due"]) for row in rows if row["due"])
    assert all(isinstance(row["n"], int) for row in written["tables"]["results"]["rows"])
