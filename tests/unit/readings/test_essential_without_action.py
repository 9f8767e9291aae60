"""An essential question in the lower half, and no complete action."""

import pytest

from section11.domain.readings.essential_without_action import CHECK
from tests.unit.readings.builders import a_return, action, noticed, rated, said


@pytest.mark.parametrize("rating", ["partly", "not"])
def test_without_an_action_it_is_noticed(rating):
    context = a_return(rated("S1.1", rating))

    assert noticed(CHECK, context) == [("S1.1",)]
    assert "but there is no action" in said(CHECK, context)


def test_an_action_without_a_date_or_an_owner_is_not_enough():
    assert "lacks an owner or a date" in said(
        CHECK, a_return(rated("S1.1", "not"), actions=(action("S1.1", due=None),))
    )
    assert noticed(CHECK, a_return(rated("S1.1", "not"), actions=(action("S1.1", owner=" "),))) == [("S1.1",)]


def test_a_complete_action_is_enough():
    assert noticed(CHECK, a_return(rated("S1.1", "not"), actions=(action("S1.1"),))) == []


def test_other_questions_and_better_ratings_need_none():
    assert noticed(CHECK, a_return(rated("S1.2", "not"), rated("S2.1", "mostly"))) == []
