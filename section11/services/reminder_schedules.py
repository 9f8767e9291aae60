"""The reminders of a cycle as its administrators see and change them: the days, whom, and what comes next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from section11.domain.cycles import Cycle, CycleStatus
from section11.domain.people import Role, User
from section11.domain.reminders import ReminderSchedule, checked_schedule
from section11.domain.uk_time import uk_date
from section11.errors import BadInputError
from section11.permissions import Right
from section11.services.office import Office
from section11.services.places import find_cycle
from section11.services.reminders import PlannedReminder, planned_reminders, returns_to_come
from section11.services.trail import partnership_stream, record


@dataclass(frozen=True, slots=True)
class ReminderView:
    """``next_day`` is None when no reminder is to come; ``waiting`` counts the returns it would be about today."""

    cycle: Cycle
    schedule: ReminderSchedule
    today: date
    next_day: date | None
    waiting: int
    is_mail_set_up: bool


def view_reminders(office: Office, user: User, cycle_id: str) -> ReminderView:
    """Return a cycle's reminders.

    Raises:
        NotAvailableError, NotPermittedError: the person may not manage this cycle.
    """
    now = office.clock()
    with office.store.reading() as work:
        cycle = find_cycle(work, user, cycle_id, Right.MANAGE_CYCLES)
        schedule = work.reminders.schedule(cycle_id)
        seen_to = work.reminders.looked_through_until(cycle_id)
        waiting = len(returns_to_come(work, cycle))
    # Today counts until the command has run today.
    today = uk_date(now)
    last_day = today - timedelta(days=1)
    if seen_to is not None:
        last_day = max(last_day, uk_date(seen_to))
    next_day = schedule.next_day(cycle.due, last_day) if cycle.status is not CycleStatus.CLOSED else None
    return ReminderView(cycle, schedule, today, next_day, waiting, is_mail_set_up=office.mail is not None)


def preview_reminders(office: Office, user: User, cycle_id: str) -> tuple[PlannedReminder, ...]:
    """Return whom a reminder would go to if one went out now, whether or not today is one of the days.

    Raises:
        NotAvailableError, NotPermittedError: the person may not manage this cycle.
    """
    now = office.clock()
    with office.store.reading() as work:
        cycle = find_cycle(work, user, cycle_id, Right.MANAGE_CYCLES)
        return planned_reminders(work, cycle, work.reminders.schedule(cycle_id), day=uk_date(now), today=uk_date(now))


def change_reminders(
    office: Office,
    user: User,
    cycle_id: str,
    *,
    is_on: bool,
    before: str,
    after: str,
    roles: Collection[Role],
    instead_of: ReminderSchedule | None = None,
) -> ReminderSchedule:
    """Give a cycle a schedule of its own and return it. Days that have passed are not made up for.

    Args:
        before, after: Days from the due date, as "28, 14, 3".
        instead_of: The schedule the person had before them; None for whoever does not care.

    Raises:
        BadInputError: the days or roles cannot be used, or a colleague changed them since; nothing is saved.
        NotAvailableError, NotPermittedError: the person may not manage this cycle.
    """
    now = office.clock()
    with office.store.writing() as work:
        cycle = find_cycle(work, user, cycle_id, Right.MANAGE_CYCLES)
        stored = work.reminders.schedule(cycle_id)
        wanted = checked_schedule(is_on=is_on, before=before, after=after, roles=roles)
        if instead_of not in (None, stored):
            raise BadInputError(
                "A colleague changed these reminders after you opened this page. Nothing was saved: reload the page to "
                "see theirs, and change them again if need be."
            )
        if wanted == stored:
            return stored
        work.reminders.put_schedule(cycle_id, wanted)
        # What the earlier schedule left out, or these days would have been, is past: only what is to come is sent.
        work.reminders.mark(cycle_id, now - timedelta(days=1))
        days = {"before": list(wanted.before), "after": list(wanted.after), "roles": sorted(wanted.roles)}
        for partnership_id in sorted(cycle.partnership_ids):
            stream = partnership_stream(partnership_id)
            record(work, stream, user, "reminders_changed", now, cycle=cycle.id, is_on=wanted.is_on, **days)
        work.commit()
    return wanted
