"""When a return is asked for: days that cannot be used, days that fell due, and whose turn it is."""

from datetime import UTC, date, datetime

import pytest

from section11.domain.people import Role
from section11.domain.reminders import ReminderSchedule, checked_schedule, days_written, roles_to_remind
from section11.domain.workflow import AssessmentStatus
from section11.errors import BadInputError

DUE = date(2026, 9, 30)
USUAL = ReminderSchedule()
BOTH = frozenset({Role.CONTRIBUTOR, Role.APPROVER})
APPROVERS, CONTRIBUTORS = frozenset({Role.APPROVER}), frozenset({Role.CONTRIBUTOR})


def at(day, hour=7, minute=0, month=9):
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


NO_DAYS = ("soon", "0", "-3", "400", "366", "1.5", "3 days", "1e1", "٣", "1_0", "3, x", "9" * 99)


@pytest.mark.parametrize("words", NO_DAYS)
def test_a_day_that_cannot_be_used_is_refused_in_words(words):
    with pytest.raises(BadInputError, match="is not a number of days"):
        days_written(words)


def test_a_day_that_stands_twice_is_refused():
    with pytest.raises(BadInputError, match="14 stands twice"):
        days_written("28, 14, 3, 14")


def test_too_many_days_are_refused():
    with pytest.raises(BadInputError, match="Choose at most 12"):
        days_written(",".join(str(day) for day in range(1, 14)))


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"before": "", "after": " , "}, "Write at least one day"),
        ({"roles": []}, "Choose whom to remind"),
        ({"roles": [Role.SCRUTINY_LEAD]}, "Reminders go to contributors and approvers"),
    ],
)
def test_a_schedule_that_reminds_nobody_or_others_is_refused(chosen, said):
    with pytest.raises(BadInputError, match=said):
        checked_schedule(**({"is_on": True, "before": "3", "after": "1", "roles": BOTH} | chosen))


def test_reminders_that_are_off_need_neither_days_nor_people():
    assert checked_schedule(is_on=False, before="", after="", roles=[]).days(DUE) == []


def test_days_are_kept_in_their_order_however_they_are_typed():
    typed = checked_schedule(is_on=True, before="1; 28\n3,,14", after="14,1, 7", roles=BOTH)

    assert typed == USUAL


@pytest.mark.parametrize(
    ("since", "until", "day"),
    [
        (at(3), at(15, 22), None),
        (at(15), at(16), date(2026, 9, 16)),  # 14 days before
        (at(16), at(16, 20), None),
        (at(26), at(30), date(2026, 9, 29)),  # 3 days and 1 day before: only the last
        (at(1), at(15, month=10), date(2026, 10, 14)),
        (at(14, month=10), at(31, month=10), None),
        (at(30), at(16), None),
    ],
)
def test_the_last_day_that_fell_due_between_two_moments_is_taken(since, until, day):
    assert USUAL.day_that_fell_due(DUE, since, until) == day


def test_a_day_begins_at_midnight_in_the_uk():
    summer, winter = at(15, 22, 59), datetime(2026, 11, 15, 23, 59, tzinfo=UTC)

    assert USUAL.day_that_fell_due(DUE, at(15), summer) is None
    assert USUAL.day_that_fell_due(DUE, at(15), at(15, 23, 0)) == date(2026, 9, 16)
    assert USUAL.day_that_fell_due(date(2026, 11, 30), at(14, month=11), winter) is None


def test_a_later_due_date_moves_the_days_with_it():
    assert USUAL.day_that_fell_due(date(2026, 10, 14), at(29), at(30)) == date(2026, 9, 30)


def test_the_next_day_is_the_first_one_to_come():
    assert USUAL.next_day(DUE, date(2026, 9, 16)) == date(2026, 9, 27)
    assert USUAL.next_day(DUE, date(2026, 10, 14)) is None


@pytest.mark.parametrize(
    ("status", "wanted", "there", "reminded"),
    [
        (AssessmentStatus.IN_PROGRESS, BOTH, BOTH, BOTH),
        (AssessmentStatus.IN_PROGRESS, CONTRIBUTORS, BOTH, CONTRIBUTORS),
        (AssessmentStatus.IN_PROGRESS, CONTRIBUTORS, APPROVERS, APPROVERS),
        (AssessmentStatus.IN_PROGRESS, BOTH, frozenset(), frozenset()),
        (AssessmentStatus.AWAITING_SIGN_OFF, BOTH, BOTH, APPROVERS),
        (AssessmentStatus.AWAITING_SIGN_OFF, CONTRIBUTORS, BOTH, CONTRIBUTORS),
        (AssessmentStatus.AWAITING_SIGN_OFF, BOTH, CONTRIBUTORS, CONTRIBUTORS),
    ],
)
def test_those_whose_turn_it_is_are_reminded_and_no_organisation_hears_nothing(status, wanted, there, reminded):
    assert roles_to_remind(status, wanted, there) == reminded
