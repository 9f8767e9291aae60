"""Figures as JSON: what they were taken from, stable keys, two decimals."""

from __future__ import annotations

import json

from section11.reports.figures import figures_of
from section11.reports.figures_json import figures_json
from tests.unit.figure_builders import a_cycle, four_organisations, published_matrix


def test_the_published_matrix_reads_as_published():
    total = figures_json(figures_of(published_matrix()))["sets"][0]["total"]

    assert total["ratings"]["green"] == {"count": 66, "percent": 95.65}
    assert total["ratings"]["amber"] == {"count": 3, "percent": 4.35}
    assert (total["not_applicable"], total["n"], total["asked"]) == (3, 69, 72)


def test_it_states_when_it_was_taken_and_from_what():
    data = figures_json(figures_of(four_organisations()))

    assert data["taken_at"] == "2026-10-14T14:02:00+00:00"
    assert data["is_demo"] is False
    assert data["from"]["cycle"]["due"] == "2026-09-30"
    assert data["from"]["partnership"] == "Riverdale Safeguarding Children Partnership"
    assert data["from"]["sets"] == [
        {"id": "small", "title": "Small set", "version": "1.0", "returns_expected": 4, "returns_counted": 3}
    ]
    assert (data["from"]["returns_expected"], data["from"]["returns_counted"]) == (4, 3)


def test_it_survives_a_round_trip_and_is_the_same_each_time():
    first = json.dumps(figures_json(figures_of(four_organisations())))

    assert first == json.dumps(figures_json(figures_of(four_organisations())))
    assert json.loads(first) == figures_json(figures_of(four_organisations()))


def test_a_return_that_does_not_count_gives_no_numbers():
    housing = figures_json(figures_of(four_organisations()))["organisations"][3]

    assert housing["counts"] is False
    assert housing["total"] is None
    assert housing["timing"] == "overdue"
    assert housing["standards"][0] == {
        "id": "S1",
        "level": "not_returned",
        "percent": None,
        "n": 0,
        "lowest_essential": None,
        "rank_in_type": None,
        "rank_in_set": None,
    }


def test_rates_by_type_and_levels_are_in_it():
    data = figures_json(figures_of(four_organisations()))

    assert data["return_rates"]["overall"]["returned_percent"] == 75.0
    assert data["return_rates"]["by_type"][0]["title"] == "Primary school"
    assert data["sets"][0]["standards"][0]["levels"] == {
        "strong": 1,
        "mixed": 0,
        "weak": 1,
        "not_applicable": 1,
        "not_asked": 0,
        "not_returned": 1,
    }
    assert data["sets"][0]["arrangements"][0]["questions"] == ["S1.1", "S2.1"]


def test_an_empty_cycle_still_says_what_it_is():
    data = figures_json(figures_of(a_cycle()))

    assert (data["sets"], data["organisations"]) == ([], [])
    assert data["return_rates"]["overall"]["returned_percent"] is None
