"""Reminders: whom to write to about which returns that are still to come, and putting it in the outbox once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from section11.domain.cycles import Cycle, CycleStatus
from section11.domain.mail import MailFacts, MailKind
from section11.domain.mail_choices import is_bound, is_wanted
from section11.domain.people import OPERATOR, ORGANISATION_ROLES, Person, Role, User
from section11.domain.reminders import ReminderSchedule, roles_to_remind
from section11.domain.uk_time import uk_date
from section11.domain.workflow import RETURNED, AssessmentStatus
from section11.services.office import Office
from section11.services.outbox import put_in_outbox
from section11.services.trail import partnership_stream, record
from section11.storage.unit_of_work import UnitOfWork

STOP_PATH = "/account#mail"
GOOD_FOR = timedelta(days=2)
"""A reminder that could not be delivered by then counts the days wrongly, and the next one is on its way."""
AT_A_TIME = 50
"""People of one transaction: nobody who saves an answer waits for the whole partnership to be written to."""


@dataclass(frozen=True, slots=True)
class LateReturn:
    """A return that is still to come."""

    assessment_id: str
    organisation_id: str
    organisation_name: str
    status: AssessmentStatus


@dataclass(frozen=True, slots=True)
class PlannedReminder:
    """One mail to one person about all their returns of a cycle. ``day`` is the day of the schedule it is for.

    ``may_stop`` is whether the person could switch such mails off.
    """

    cycle: Cycle
    day: date
    kind: MailKind
    to: Person
    returns: tuple[LateReturn, ...]
    may_stop: bool

    @property
    def key(self) -> str:
        """Names the mail for ever, so that whoever makes it twice makes it once."""
        return f"{self.kind}:{self.cycle.id}:{self.day.isoformat()}:{self.to.id}"


@dataclass(frozen=True, slots=True)
class Reminded:
    """What one run put in the outbox: mails, and the returns they are about."""

    mails: int
    returns: int


def returns_to_come(work: UnitOfWork, cycle: Cycle) -> list[LateReturn]:
    """Return the returns of a cycle that are still to come; none of an organisation that closed."""
    organisations = work.organisations.all_by_id()
    rows = [row.assessment for row in work.assessments.in_cycle(cycle.id) if row.assessment.status not in RETURNED]
    return [
        LateReturn(one.id, one.organisation_id, organisations[one.organisation_id].name, one.status)
        for one in rows
        if organisations[one.organisation_id].is_open
    ]


def planned_reminders(
    work: UnitOfWork, cycle: Cycle, schedule: ReminderSchedule, *, day: date, today: date
) -> tuple[PlannedReminder, ...]:
    """Return the mails that remind a cycle's people, one to each person, by name."""
    kind = MailKind.OVERDUE if today > cycle.due else MailKind.REMINDER
    people: dict[str, Person] = {}
    returns: dict[str, list[LateReturn]] = {}
    bound: set[str] = set()
    for late, person, roles in _whom(work, cycle, schedule, kind):
        people[person.id] = person
        returns.setdefault(person.id, []).append(late)
        if is_bound(kind, roles):
            bound.add(person.id)
    return tuple(
        PlannedReminder(
            cycle=cycle,
            day=day,
            kind=kind,
            to=one,
            returns=tuple(sorted(returns[one.id], key=lambda late: late.organisation_name.casefold())),
            may_stop=one.id not in bound,
        )
        for one in sorted(people.values(), key=lambda one: (one.name.casefold(), one.id))
    )


def reminders_due(work: UnitOfWork, cycle: Cycle, now: datetime) -> tuple[PlannedReminder, ...]:
    """Return the mails a cycle's schedule asks for now: of the last day that began since they were seen to."""
    if cycle.status is not CycleStatus.OPEN:
        return ()
    schedule = work.reminders.schedule(cycle.id)
    since = work.reminders.looked_through_until(cycle.id) or now - timedelta(days=1)
    day = schedule.day_that_fell_due(cycle.due, since, now)
    return planned_reminders(work, cycle, schedule, day=day, today=uk_date(now)) if day else ()


def remind(office: Office, cycle: Cycle) -> Reminded:
    """Put the reminders a cycle's schedule asks for in the outbox, each once however often this is done.

    A run that breaks off leaves whole batches: the next one finds their keys, and goes on with the others.
    """
    now = office.clock()
    with office.store.reading() as work:
        planned = reminders_due(work, cycle, now)
    mails, reminded = 0, set[str]()
    for start in range(0, len(planned), AT_A_TIME):
        batch = planned[start : start + AT_A_TIME]
        with office.store.writing() as work:
            new = [one for one in batch if _put(work, office, one)]
            about = {late.assessment_id for one in new for late in one.returns}
            if new:
                _record(work, cycle, now, mails=len(new), returns=len(about), day=batch[0].day.isoformat())
            work.commit()
        mails += len(new)
        reminded |= about
    with office.store.writing() as work:
        work.reminders.mark(cycle.id, now)
        work.commit()
    return Reminded(mails, len(reminded))


def right_people(work: UnitOfWork, organisation_ids: Iterable[str]) -> dict[str, list[tuple[User, frozenset[Role]]]]:
    """Return by organisation id its people with the roles they hold there, by name."""
    found: dict[str, list[tuple[User, frozenset[Role]]]] = {}
    for user in work.accounts.users_in(partnership_ids=[], organisation_ids=sorted(organisation_ids)):
        roles: dict[str, set[Role]] = {}
        for grant in user.grants:
            if grant.organisation_id and grant.role in ORGANISATION_ROLES:
                roles.setdefault(grant.organisation_id, set()).add(grant.role)
        if not user.person.is_closed:
            for organisation_id, held in roles.items():
                found.setdefault(organisation_id, []).append((user, frozenset(held)))
    return found


def _whom(
    work: UnitOfWork, cycle: Cycle, schedule: ReminderSchedule, kind: MailKind
) -> Iterator[tuple[LateReturn, Person, frozenset[Role]]]:
    late = returns_to_come(work, cycle)
    there = right_people(work, {one.organisation_id for one in late})
    choices = work.mail_choices.of(user.id for users in there.values() for user, _ in users)
    for one in late:
        here = there.get(one.organisation_id, [])
        held = frozenset().union(*(roles for _, roles in here))
        wanted = roles_to_remind(one.status, schedule.roles, held)
        for user, roles in here:
            if roles & wanted and is_wanted(kind, choices.get(user.id, {}), roles):
                yield one, user.person, roles


def _put(work: UnitOfWork, office: Office, planned: PlannedReminder) -> bool:
    now = office.clock()
    return put_in_outbox(
        work,
        office,
        kind=planned.kind,
        to=planned.to,
        # A cycle that several partnerships run together writes in the words of the first.
        partnership_id=min(planned.cycle.partnership_ids),
        key=planned.key,
        facts=_facts(planned, uk_date(now)),
        about=planned.returns[0].assessment_id if len(planned.returns) == 1 else planned.cycle.id,
        good_until=now + GOOD_FOR,
    )


def _facts(planned: PlannedReminder, today: date) -> MailFacts:
    """Return what the mail tells: of one return, or of all of somebody who works for several organisations."""
    cycle, names = planned.cycle, [late.organisation_name for late in planned.returns]
    is_one = len(names) == 1
    more = len(names) - 1
    return MailFacts(
        organisation=names[0] if is_one else f"{names[0]} and {more} more organisation{'' if more == 1 else 's'}",
        audit=cycle.audit_name,
        cycle=cycle.name,
        due=cycle.due,
        days=(cycle.due - today).days or None,
        path=f"/assessment?assessment={planned.returns[0].assessment_id}" if is_one else "/",
        stop_path=STOP_PATH if planned.may_stop else "",
        lines=() if is_one else tuple(names),
    )


def _record(work: UnitOfWork, cycle: Cycle, now: datetime, **details: object) -> None:
    for partnership_id in sorted(cycle.partnership_ids):
        stream = partnership_stream(partnership_id)
        record(work, stream, OPERATOR, "reminders_sent", now, cycle=cycle.id, **details)
