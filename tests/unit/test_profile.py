"""Profiles: quartiles and ranks by hand, and what an outsider is not told."""

import pytest

from section11.domain.survey import SurveyShare
from section11.reports.collated import CollatedCycle
from section11.reports.figures import figures_of
from section11.reports.profile import Profile, profile_of, staff_share
from section11.reports.tables.profile import profile_table
from section11.reports.type_figures import Quartiles, quartiles_of
from tests.unit.figure_builders import POLICE, SCHOOL, a_cycle, a_return, dont_know_yet, rated

STANDARD_1 = ("S1.1", "S1.2", "S1.3")


def schools(*met: int, others: int = 0) -> CollatedCycle:
    """Return schools with so many of the three questions of standard 1 fully met, and so many police forces."""
    returns = [
        a_return(
            f"School {number}",
            SCHOOL,
            [rated(one, "fully") if place < count else dont_know_yet(one) for place, one in enumerate(STANDARD_1)],
        )
        for number, count in enumerate(met)
    ]
    return a_cycle(
        *returns, *(a_return(f"Force {number}", POLICE, [rated("S1.1", "fully")]) for number in range(others))
    )


def profile(collated: CollatedCycle, *, for_outsider: bool = True) -> Profile:
    found = profile_of("2026.school-0", figures_of(collated), None, for_outsider=for_outsider)
    assert found is not None
    return found


def test_with_four_others_an_outsider_is_told_nothing_about_them():
    row = profile(schools(3, 2, 2, 1, 0)).rows[0]

    assert (row.is_withheld, row.quartiles, row.rank, row.of) == (True, None, None, 0)
    assert row.own.percent == 100
    assert profile_table(profile(schools(3, 2, 2, 1, 0))).rows[0][9:] == ("Fewer than five others", None, None, None)


def test_with_five_others_of_its_type_it_is_told_its_rank_and_their_quartiles():
    found = profile(schools(2, 3, 2, 1, 0, 0))

    # The shares are 0, 0, 33.3, 66.7, 66.7 and 100: a quarter of the way lies at 0 + 0.25 * 33.3.
    assert found.is_of_type
    assert (found.rows[0].rank, found.rows[0].of) == (2, 6)
    quartiles = found.rows[0].quartiles
    assert quartiles is not None
    assert (quartiles.lower, quartiles.median, quartiles.upper) == pytest.approx((25 / 3, 50, 200 / 3))


def test_too_few_of_its_type_are_made_up_for_by_everybody_with_the_same_questions():
    found = profile(schools(3, 1, others=4))

    assert not found.is_of_type
    assert (found.rows[0].rank, found.rows[0].of) == (1, 6)
    assert "all with the same set" in profile_table(found).title


def test_scrutiny_sees_a_small_group_too():
    row = profile(schools(3, 2), for_outsider=False).rows[0]

    assert (row.is_withheld, row.rank, row.of) == (False, 1, 2)


def test_a_return_that_does_not_count_has_no_profile():
    assert profile_of("2026.no-such", figures_of(schools(3)), None, for_outsider=True) is None


def test_quartiles_lie_between_the_smallest_and_the_largest_share():
    assert quartiles_of([]) is None
    assert quartiles_of([40.0]) == Quartiles(1, 40, 40, 40)
    assert quartiles_of([0.0, 100.0]) == Quartiles(2, 25, 50, 75)


def test_staff_of_other_organisations_and_fewer_than_five_answers_are_left_out():
    survey = {
        "S1.1": SurveyShare(6, 10),
        "S1.2": SurveyShare(5, 5),
        "S1.3": SurveyShare(4, 4),
        "S2.1": SurveyShare(9, 9, is_own=False),
    }

    assert staff_share(["S1.1", "S1.2", "S1.3", "S2.1"], survey) == SurveyShare(11, 15)
    assert staff_share(["S1.3", "S2.1"], survey) is None
