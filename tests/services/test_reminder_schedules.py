"""The schedule of a cycle: what cannot be chosen, what is kept, what comes next, and who would be written to."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from section11.domain.people import Role
from section11.domain.reminders import ReminderSchedule
from section11.errors import BadInputError
from section11.services.cycles import close_cycle
from section11.services.reminder_schedules import change_reminders, preview_reminders, view_reminders
from section11.services.reminders import remind
from tests.services.builders import PARTNERSHIP, events, submitted
from tests.services.reminder_builders import reminder_mails, town_with_mail

BOTH = frozenset({Role.CONTRIBUTOR, Role.APPROVER})


@pytest.fixture
def town(town):
    """Riverdale with its cycle due on 31 March 2026, where mail is set up; it is 2 March."""
    return town_with_mail(town)


def change(town, *, is_on=True, before="28, 14", after="7", roles=BOTH, **more):
    return change_reminders(
        town.office, town.admin, "2026", is_on=is_on, before=before, after=after, roles=roles, **more
    )


def view(town):
    return view_reminders(town.office, town.admin, "2026")


def changes(town):
    return [one for one in events(town, f"partnership:{PARTNERSHIP}") if one.name == "reminders_changed"]


@pytest.mark.parametrize("typed", [{"before": "soon"}, {"before": "0"}, {"after": "400"}, {"after": "7, 7"}])
def test_days_that_cannot_be_used_change_nothing(town, typed):
    with pytest.raises(BadInputError):
        change(town, **typed)

    assert view(town).schedule == ReminderSchedule()
    assert changes(town) == []


def test_of_two_who_change_it_the_second_is_told(town):
    opened = view(town).schedule
    change(town, before="21", instead_of=opened)

    with pytest.raises(BadInputError, match="A colleague changed these reminders"):
        change(town, before="10", instead_of=opened)

    assert view(town).schedule.before == (21,)


def test_a_schedule_of_its_own_is_kept_and_the_trail_tells_it(town):
    kept = change(town, roles=[Role.APPROVER])

    assert view(town).schedule == kept == ReminderSchedule((28, 14), (7,), frozenset({Role.APPROVER}))
    [event] = changes(town)
    assert event.details == {"cycle": "2026", "is_on": True, "before": [28, 14], "after": [7], "roles": ["approver"]}


def test_saving_what_is_there_already_is_no_event(town):
    change(town, before="28,14,3,1", after="1,7,14")

    assert changes(town) == []


def test_what_comes_next_is_told_with_its_day_and_the_returns_it_is_about(town):
    submitted(town)

    assert (view(town).next_day, view(town).waiting) == (date(2026, 3, 3), 3)


def test_today_is_next_until_the_command_has_run(town):
    town.office.clock.now = datetime(2026, 3, 17, 7, tzinfo=UTC)
    assert view(town).next_day == date(2026, 3, 17)

    remind(town.office, view(town).cycle)

    assert view(town).next_day == date(2026, 3, 28)


@pytest.mark.parametrize("end", ["off", "closed", "past"])
def test_nothing_comes_next_when_they_are_off_closed_or_over(town, end):
    if end == "off":
        change(town, is_on=False)
    elif end == "closed":
        close_cycle(town.office, town.admin, "2026")
    else:
        town.office.clock.move(days=60)

    assert view(town).next_day is None


def test_days_that_passed_while_reminders_were_off_are_not_made_up_for(town):
    remind(town.office, view(town).cycle)
    change(town, is_on=False)
    town.office.clock.now = datetime(2026, 3, 20, 7, tzinfo=UTC)
    change(town, before="14", is_on=True)

    remind(town.office, view(town).cycle)

    assert reminder_mails(town) == []


def test_the_preview_names_whom_a_reminder_would_go_to_on_any_day_and_writes_nothing(town):
    planned = preview_reminders(town.office, town.admin, "2026")

    assert [(one.to.name, [late.organisation_name for late in one.returns]) for one in planned] == [
        ("approver of lily-lane", ["Lily Lane Childminding"]),
        ("approver of riverdale-fire", ["Riverdale Fire and Rescue"]),
        ("approver of riverdale-police", ["Riverdale Police"]),
        ("contributor of riverdale-fire", ["Riverdale Fire and Rescue"]),
        ("contributor of riverdale-police", ["Riverdale Police"]),
    ]
    assert reminder_mails(town) == []


def test_the_view_says_when_no_mail_can_be_sent(town):
    assert view(town).is_mail_set_up
    assert not view(replace(town, office=replace(town.office, mail=None))).is_mail_set_up
