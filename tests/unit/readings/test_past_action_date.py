"""An action whose date has passed."""

from datetime import date, timedelta

import pytest

from section11.domain.actions import ActionStatus, TrackedAction
from section11.domain.readings.past_action_date import CHECK
from tests.unit.readings.builders import TODAY, a_return, action, noticed, rated, said


def test_today_and_later_are_in_time_and_no_date_is_another_matter():
    actions = (action("S1.1", due=TODAY), action("S1.2", due=date(2027, 1, 1)), action("S1.3", due=None))

    assert noticed(CHECK, a_return(rated("S1.1"), actions=actions)) == []


def test_yesterday_has_passed_whatever_the_rating():
    context = a_return(rated("S1.2", "mostly"), actions=(action("S1.2", due=TODAY - timedelta(days=1)),))

    assert noticed(CHECK, context) == [("S1.2",)]
    assert said(CHECK, context).startswith("The action was due on 13 September 2026, which has passed.")


def test_an_action_under_a_question_that_is_not_asked_is_not_read():
    context = a_return(actions=(action("S2.1", due=date(2020, 1, 1)),), organisation_type="charity")

    assert noticed(CHECK, context) == []


@pytest.mark.parametrize("status", [ActionStatus.DONE, ActionStatus.VERIFIED, ActionStatus.DROPPED])
def test_an_action_that_is_closed_has_no_date_to_keep(status):
    closed = TrackedAction("S1.2", "Train", "Head", date(2020, 1, 1), status=status)

    assert noticed(CHECK, a_return(actions=(closed,))) == []
