"""One map over two sets with two scales, against numbers worked out by hand.

Small set (fully, mostly, partly, not; strong from 80, weak below 50), best of those that apply:
S11-01 (S1.1 and S2.1, both essential): police 1 of 2, school 0 of 2, charity none that applies.
S11-02 (S1.1 essential, S1.2, S1.3, S2.2): police 4 of 4, school 1 of 3, charity none that applies.
Set for clubs (green, amber, red; strong from 50, weak below 20):
S11-02 (G1.1 essential, G1.2): Scouts 2 of 2, Choir 1 of 2 with the essential one red.
S11-03 (G1.2, G1.3): Scouts 1 of 2, Choir 1 of 1.
Elm Housing and the Band have not returned.
"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from section11.domain.cycles import EVERY_TYPE
from section11.reports.figures import CycleFigures, figures_of
from section11.reports.figures_json import figures_json
from section11.reports.results import Level
from tests.unit.figure_builders import (
    CHARITY,
    CLUB,
    CLUB_SET,
    POLICE,
    SMALL_SET,
    a_cycle,
    a_return,
    question,
    rated,
    seven_organisations,
)

STRONG, MIXED, WEAK = Level.STRONG, Level.MIXED, Level.WEAK
NOT_APPLICABLE, NOT_ASKED, NOT_RETURNED = Level.NOT_APPLICABLE, Level.NOT_ASKED, Level.NOT_RETURNED


def words_by_name(figures: CycleFigures) -> dict[str, list[Level]]:
    rows = figures.arrangement_map.rows
    return {one.name: [result.level for result in rows[one.assessment_id]] for one in figures.organisations}


def keys_of(figures: CycleFigures) -> list[str]:
    return [one.key for one in figures.arrangement_map.arrangements]


def test_every_organisation_of_every_set_is_on_the_map_with_the_words_worked_out_by_hand():
    figures = figures_of(seven_organisations())

    assert keys_of(figures) == ["S11-01", "S11-02", "S11-03"]
    assert words_by_name(figures) == {
        "Riverdale Police": [MIXED, STRONG, NOT_ASKED],
        "Oak School": [WEAK, WEAK, NOT_ASKED],
        "Hope Charity": [NOT_APPLICABLE, NOT_APPLICABLE, NOT_ASKED],
        "Elm Housing": [NOT_RETURNED, NOT_RETURNED, NOT_ASKED],
        "Scouts": [NOT_ASKED, STRONG, STRONG],
        "Choir": [NOT_ASKED, WEAK, STRONG],
        "Band": [NOT_ASKED, NOT_RETURNED, NOT_RETURNED],
    }


def test_each_result_has_its_own_share_n_and_lowest_essential_answer():
    figures = figures_of(seven_organisations())
    shown = {
        one.name: [
            (result.at_best, result.n, result.lowest_essential)
            for result in figures.arrangement_map.rows[one.assessment_id]
        ]
        for one in figures.organisations
    }

    assert shown["Riverdale Police"] == [(1, 2, "partly"), (4, 4, "fully"), (0, 0, None)]
    assert shown["Oak School"] == [(0, 2, "not"), (1, 3, "mostly"), (0, 0, None)]
    assert shown["Hope Charity"] == [(0, 0, None)] * 3
    assert shown["Scouts"] == [(0, 0, None), (2, 2, "green"), (1, 2, None)]
    assert shown["Choir"] == [(0, 0, None), (1, 2, "red"), (1, 1, None)]


def test_the_same_share_is_judged_by_the_thresholds_of_the_organisations_own_set():
    figures = figures_of(
        a_cycle(
            a_return("Police", POLICE, [rated("S1.1", "fully"), rated("S2.1", "mostly")]),
            a_return("Scouts", CLUB, [rated("G1.1", "green"), rated("G1.2", "amber")], standards_set=CLUB_SET),
        )
    )
    police, scouts = (figures.arrangement_map.rows[one.assessment_id] for one in figures.organisations)

    assert (police[0].subject_id, police[0].percent, police[0].level) == ("S11-01", 50.0, MIXED)
    assert (scouts[1].subject_id, scouts[1].percent, scouts[1].level) == ("S11-02", 50.0, STRONG)


def test_totals_count_organisations_and_n_is_those_with_a_result():
    totals = {one.key: one for one in figures_of(seven_organisations()).arrangement_map.arrangements}

    assert {key: one.n for key, one in totals.items()} == {"S11-01": 2, "S11-02": 4, "S11-03": 2}
    assert [one.organisations for one in totals.values()] == [7, 7, 7]
    assert totals["S11-01"].levels == {
        STRONG: 0,
        MIXED: 1,
        WEAK: 1,
        NOT_APPLICABLE: 1,
        NOT_ASKED: 3,
        NOT_RETURNED: 1,
    }
    assert totals["S11-02"].levels == {
        STRONG: 2,
        MIXED: 0,
        WEAK: 2,
        NOT_APPLICABLE: 1,
        NOT_ASKED: 0,
        NOT_RETURNED: 2,
    }
    assert totals["S11-03"].levels == {
        STRONG: 2,
        MIXED: 0,
        WEAK: 0,
        NOT_APPLICABLE: 0,
        NOT_ASKED: 4,
        NOT_RETURNED: 1,
    }


def test_each_set_on_its_own_counts_the_words_of_its_own_organisations():
    small, clubs = figures_of(seven_organisations()).sets

    assert [
        (one.key, one.levels[STRONG], one.levels[WEAK], one.levels[NOT_RETURNED]) for one in small.arrangements
    ] == [
        ("S11-01", 0, 1, 1),
        ("S11-02", 1, 1, 1),
    ]
    assert [
        (one.key, one.levels[STRONG], one.levels[WEAK], one.levels[NOT_RETURNED]) for one in clubs.arrangements
    ] == [
        ("S11-02", 1, 1, 1),
        ("S11-03", 2, 0, 1),
    ]


def test_no_total_of_the_map_is_a_share_or_a_mean():
    totals = figures_json(figures_of(seven_organisations()))["arrangement_map"]

    assert not [word for word in ("percent", "share", "mean", "average", "rating") if word in json.dumps(totals)]
    numbers = [one[name] for one in totals for name in ("organisations", "n")]
    numbers += [count for one in totals for count in one["levels"].values()]
    assert {type(number) for number in numbers} == {int}


def test_the_json_has_totals_and_each_organisations_results_in_the_order_of_the_map():
    data = figures_json(figures_of(seven_organisations()))

    assert data["arrangement_map"][1] == {
        "key": "S11-02",
        "title": "Clear accountability",
        "other_titles": {"clubs": "Somebody answers for it"},
        "organisations": 7,
        "n": 4,
        "levels": {"strong": 2, "mixed": 0, "weak": 2, "not_applicable": 1, "not_asked": 0, "not_returned": 2},
    }
    choir = data["organisations"][5]
    assert choir["arrangements"] == [
        {"id": "S11-01", "level": "not_asked", "percent": None, "n": 0, "lowest_essential": None},
        {"id": "S11-02", "level": "weak", "percent": 50.0, "n": 2, "lowest_essential": "red"},
        {"id": "S11-03", "level": "strong", "percent": 100.0, "n": 1, "lowest_essential": None},
    ]
    assert data["sets"][1]["arrangements"][0]["levels"]["weak"] == 1


@pytest.mark.parametrize(
    ("main_set", "title", "other"),
    [
        ("small", "Clear accountability", {"clubs": "Somebody answers for it"}),
        ("clubs", "Somebody answers for it", {"small": "Clear accountability"}),
    ],
)
def test_titles_are_those_of_the_set_that_everybody_else_answers(main_set, title, other):
    collated = seven_organisations()
    cycle = replace(collated.cycle, set_ids_by_type={EVERY_TYPE: main_set, "club": "clubs"})

    shared = figures_of(replace(collated, cycle=cycle)).arrangement_map.arrangements[1]

    assert (shared.title, shared.other_titles) == (title, other)


def test_without_such_a_set_the_first_set_gives_the_title_and_equal_titles_are_said_once():
    returns = (a_return("Scouts", CLUB, standards_set=CLUB_SET), a_return("Police", POLICE))
    cycle = a_cycle(*returns, set_ids={"club": "clubs", "police": "small"})
    alike = replace(SMALL_SET, id="alike")

    first, *_ = figures_of(cycle).arrangement_map.arrangements[1:]
    both = figures_of(a_cycle(a_return("Police", POLICE), a_return("Fire", POLICE, standards_set=alike)))

    assert (first.title, first.other_titles) == ("Somebody answers for it", {"small": "Clear accountability"})
    assert [one.other_titles for one in both.arrangement_map.arrangements] == [{}, {}]


def test_keys_are_sorted_as_people_count():
    keys = ("A-10", "A-9", "B", "A-09b")
    standard = replace(SMALL_SET.standards[0], questions=tuple(question(f"Q{key}", key) for key in keys))
    other = replace(SMALL_SET, standards=(standard,), arrangements={})

    assert keys_of(figures_of(a_cycle(a_return("Police", POLICE, standards_set=other)))) == [
        "A-9",
        "A-09b",
        "A-10",
        "B",
    ]


def test_a_type_that_is_asked_no_question_about_an_arrangement_is_not_asked():
    standard = replace(SMALL_SET.standards[0], questions=(question("Q1", "S11-09", not_asked_of=["charity"]),))
    other = replace(SMALL_SET, standards=(standard,), arrangements={"S11-09": "Supervision"})
    figures = figures_of(
        a_cycle(
            a_return("Hope", CHARITY, standards_set=other),
            a_return("Police", POLICE, [rated("Q1", "fully")], standards_set=other),
        )
    )

    assert words_by_name(figures) == {"Hope": [NOT_ASKED], "Police": [STRONG]}


def test_an_arrangement_that_only_unrated_questions_test_is_not_on_the_map():
    fact = replace(question("P.1", "S11-13"), type="number", descriptors={}, unit="people")
    standard = replace(SMALL_SET.standards[0], questions=(question("Q1", "S11-09"), fact))
    other = replace(SMALL_SET, standards=(standard,), arrangements={"S11-13": "Reviewing", "S11-09": "Supervision"})

    assert keys_of(figures_of(a_cycle(a_return("Police", POLICE, standards_set=other)))) == ["S11-09"]


def test_a_cycle_without_returns_or_without_arrangements_has_an_empty_map():
    plain = replace(SMALL_SET.standards[0], questions=(question("Q1"),))
    without = replace(SMALL_SET, standards=(plain,), arrangements={})

    assert figures_of(a_cycle()).arrangement_map.arrangements == ()
    figures = figures_of(a_cycle(a_return("Police", POLICE, standards_set=without)))
    assert figures.arrangement_map.arrangements == ()
    assert words_by_name(figures) == {"Police": []}
