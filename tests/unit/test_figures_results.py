"""The level in words of one organisation in one standard."""

from __future__ import annotations

import pytest

from section11.domain.standards import Thresholds
from section11.reports.figures import figures_of
from section11.reports.results import LEVEL_SHADES, LEVEL_TITLES, Level, level_of
from tests.unit.figure_builders import FOUR_RATINGS, RAG, SCHOOL, a_cycle, a_return, four_organisations, rated

USUAL = Thresholds(strong_from_percent=80, weak_below_percent=50)


@pytest.mark.parametrize(
    ("percent", "lowest_essential", "level"),
    [
        (100.0, "fully", Level.STRONG),
        (80.0, "mostly", Level.STRONG),
        (80.0, None, Level.STRONG),
        (79.99, "fully", Level.MIXED),
        (90.0, "partly", Level.MIXED),
        (90.0, "not", Level.WEAK),
        (50.0, "partly", Level.MIXED),
        (50.0, None, Level.MIXED),
        (49.99, "fully", Level.WEAK),
        (0.0, None, Level.WEAK),
    ],
)
def test_level_needs_both_the_share_and_the_essential_answers(percent, lowest_essential, level):
    assert level_of(percent, lowest_essential, FOUR_RATINGS, USUAL) is level


def test_of_three_ratings_only_the_lowest_is_in_the_lower_half():
    assert level_of(90.0, "amber", RAG, USUAL) is Level.STRONG
    assert level_of(90.0, "red", RAG, USUAL) is Level.WEAK


def test_thresholds_come_from_the_set():
    assert level_of(70.0, None, FOUR_RATINGS, Thresholds(strong_from_percent=70)) is Level.STRONG


def test_four_organisations_get_the_levels_worked_out_by_hand():
    levels = {
        row.name: [result.level for result in row.standards] for row in figures_of(four_organisations()).organisations
    }

    assert levels == {
        "Riverdale Police": [Level.STRONG, Level.MIXED],
        "Oak School": [Level.WEAK, Level.WEAK],
        "Hope Charity": [Level.NOT_APPLICABLE, Level.NOT_ASKED],
        "Elm Housing": [Level.NOT_RETURNED, Level.NOT_RETURNED],
    }


def test_results_show_their_share_its_n_and_the_lowest_essential_answer():
    police, school, charity, _ = figures_of(four_organisations()).organisations

    assert [(each.percent, each.n, each.lowest_essential) for each in police.standards] == [
        (100.0, 3, "fully"),
        (50.0, 2, "partly"),
    ]
    assert [(each.percent, each.n, each.lowest_essential) for each in school.standards] == [
        (0.0, 2, "mostly"),
        (50.0, 2, "not"),
    ]
    assert [(each.percent, each.n, each.lowest_essential) for each in charity.standards] == [(None, 0, None)] * 2


def test_levels_over_organisations_count_every_expected_return():
    leadership, recruitment = figures_of(four_organisations()).sets[0].standards

    assert {level: count for level, count in leadership.levels.items() if count} == {
        Level.STRONG: 1,
        Level.WEAK: 1,
        Level.NOT_APPLICABLE: 1,
        Level.NOT_RETURNED: 1,
    }
    assert {level: count for level, count in recruitment.levels.items() if count} == {
        Level.MIXED: 1,
        Level.WEAK: 1,
        Level.NOT_ASKED: 1,
        Level.NOT_RETURNED: 1,
    }


def test_an_essential_answer_brought_forward_does_not_decide_the_level():
    answers = [rated("S1.1", "not", carried_from="2024"), rated("S1.2", "fully"), rated("S1.3", "fully")]
    (school,) = figures_of(a_cycle(a_return("Oak School", SCHOOL, answers))).organisations

    assert school.standards[0].lowest_essential is None
    assert school.standards[0].level is Level.MIXED


def test_every_level_has_a_title_and_a_shade():
    assert set(LEVEL_TITLES) == set(LEVEL_SHADES) == set(Level)
