"""Return rates: returned, outstanding, late and overdue, counted by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from section11.domain.workflow import AssessmentStatus
from section11.reports.return_rates import Timing, return_rates_of, timing_of
from tests.unit.figure_builders import DUE, LATE, ON_TIME, POLICE, SCHOOL, a_cycle, a_return, four_organisations

Status = AssessmentStatus


def test_four_organisations_three_returned_one_of_them_late_and_one_overdue():
    overall = return_rates_of(four_organisations()).overall

    assert (overall.expected, overall.returned, overall.outstanding) == (4, 3, 1)
    assert (overall.late, overall.overdue) == (1, 1)
    assert overall.returned_percent == 75.0
    assert {status: count for status, count in overall.by_status.items() if count} == {
        Status.SUBMITTED: 1,
        Status.MODERATED: 1,
        Status.RELEASED: 1,
        Status.IN_PROGRESS: 1,
    }


def test_types_come_by_group_and_title_and_add_up_to_the_whole():
    rates = return_rates_of(four_organisations())

    assert [(row.group, row.title, row.rate.returned, row.rate.expected) for row in rates.by_type] == [
        ("Education", "Primary school", 1, 1),
        ("Housing", "Housing association", 0, 1),
        ("Police", "Police force", 1, 1),
        ("Voluntary sector", "Charity", 1, 1),
    ]
    assert sum(row.rate.expected for row in rates.by_type) == rates.overall.expected


def test_organisations_of_one_type_share_a_row():
    rates = return_rates_of(
        a_cycle(
            a_return("Oak School", SCHOOL),
            a_return("Ash School", SCHOOL, status=Status.NOT_STARTED, signed_at=None),
            a_return("Riverdale Police", POLICE),
        )
    )

    assert [(row.type_key, row.rate.returned_percent) for row in rates.by_type] == [("school", 50.0), ("police", 100.0)]


def test_every_status_is_listed_even_with_nothing_in_it():
    assert list(return_rates_of(a_cycle()).overall.by_status.values()) == [0] * len(Status)


@pytest.mark.parametrize(
    ("status", "signed_at", "today", "timing"),
    [
        (Status.SUBMITTED, ON_TIME, datetime(2026, 10, 14, tzinfo=UTC), Timing.ON_TIME),
        (
            Status.SUBMITTED,
            datetime(2026, 9, 30, 22, 0, tzinfo=UTC),
            datetime(2026, 10, 14, tzinfo=UTC),
            Timing.ON_TIME,
        ),
        (Status.SUBMITTED, LATE, datetime(2026, 10, 14, tzinfo=UTC), Timing.LATE),
        (Status.RELEASED, None, datetime(2026, 10, 14, tzinfo=UTC), Timing.DATE_NOT_KNOWN),
        (Status.NOT_STARTED, None, datetime(2026, 9, 30, tzinfo=UTC), Timing.NOT_YET_DUE),
        (Status.NOT_STARTED, None, datetime(2026, 10, 1, tzinfo=UTC), Timing.OVERDUE),
        (Status.HANDED_BACK, ON_TIME, datetime(2026, 10, 1, tzinfo=UTC), Timing.OVERDUE),
    ],
)
def test_timing_follows_the_signature_once_returned_and_the_calendar_before(status, signed_at, today, timing):
    one = a_return("Oak School", SCHOOL, status=status, signed_at=signed_at)

    assert timing_of(one, DUE, today.date()) is timing
