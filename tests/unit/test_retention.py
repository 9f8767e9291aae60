"""When the time of something is over, and how long partnerships keep what they share."""

from datetime import date

import pytest

from section11.domain.retention import RULES, Rule, check_years, is_due, years_after, years_before, years_together
from section11.errors import BadInputError
from section11.services.keeping.applying import KINDS


@pytest.mark.parametrize("years", [-1, 0, 26])
def test_years_that_cannot_be_meant_are_refused(years):
    with pytest.raises(BadInputError, match="between 1 and 25"):
        check_years(years)


def test_every_rule_has_its_words_a_reason_and_something_that_removes():
    assert set(RULES) == set(KINDS) == set(Rule)
    assert all(text.why and check_years(text.usual_years) for text in RULES.values())


def test_nothing_is_due_without_a_rule_and_due_on_the_very_day_with_one():
    closed = date(2026, 3, 31)

    assert not is_due(closed, None, date(2126, 1, 1))
    assert not is_due(closed, 7, date(2033, 3, 30))
    assert is_due(closed, 7, date(2033, 3, 31))


def test_a_leap_day_is_kept_its_whole_years():
    assert years_after(date(2024, 2, 29), 1) == date(2025, 3, 1)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert years_before(date(2024, 2, 29), 1) == date(2023, 2, 28)


def test_what_is_shared_is_kept_as_long_as_the_one_that_keeps_it_longest_and_for_ever_where_one_has_no_rule():
    years = {"riverdale": 3, "elmtree": 7}

    assert years_together(["riverdale", "elmtree"], years) == 7
    assert years_together(["riverdale", "oakfield"], years) is None
    assert years_together([], years) is None
