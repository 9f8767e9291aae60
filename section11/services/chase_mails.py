"""Reminders sent by hand from the chase list: to the right people of a return, and not twice by accident."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from section11.domain.mail import MailFacts, MailKind
from section11.domain.mail_choices import is_wanted
from section11.domain.people import ORGANISATION_ROLES, Person, Role, User
from section11.domain.reminders import roles_to_remind
from section11.domain.uk_time import uk_date, uk_time
from section11.domain.workflow import RETURNED
from section11.errors import BadInputError
from section11.permissions import Right
from section11.reports.mail_wording import MailWords
from section11.services.chasing import reminder_of
from section11.services.office import Office
from section11.services.outbox import put_in_outbox
from section11.services.places import AssessmentFile, find_cycle, lock_assessment
from section11.services.reminders import GOOD_FOR, STOP_PATH, right_people
from section11.services.trail import assessment_stream, record
from section11.storage.unit_of_work import UnitOfWork

SENT = "reminder_sent"
NOT_AGAIN_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class SentToday:
    """Who sent the reminder of a return last, today."""

    who: str
    at: datetime

    def __str__(self) -> str:
        return f"{self.who} sent a reminder at {uk_time(self.at):%H:%M} today"


class AlreadyRemindedError(BadInputError):
    """The reminder of this return was sent today; it can be sent once more by whoever says so."""

    def __init__(self, earlier: SentToday) -> None:
        super().__init__(f"{earlier}. If another is needed all the same, send it once more.")


def sent_today(office: Office, user: User, cycle_id: str, assessment_ids: Collection[str]) -> dict[str, SentToday]:
    """Return who sent the reminders of these returns today, by assessment id; those not sent today are left out.

    Raises:
        NotAvailableError, NotPermittedError: the person may not remind in this cycle.
    """
    now = office.clock()
    with office.store.reading() as work:
        find_cycle(work, user, cycle_id, Right.REMIND)
        in_cycle = {row.assessment.id for row in work.assessments.in_cycle(cycle_id)}
        found = {one: _sent_today(work, one, now) for one in assessment_ids if one in in_cycle}
    return {assessment_id: sent for assessment_id, sent in found.items() if sent}


def send_chase_mail(office: Office, user: User, assessment_id: str, *, once_more: bool = False) -> int:
    """Put the reminder of one return in the outbox, and return how many people it goes to. It is an event.

    Args:
        once_more: Send it although somebody did today; within an hour of the last one it never is.

    Raises:
        BadInputError: mail is not set up, the return is in, nobody may be written to, or one was sent within the hour.
        AlreadyRemindedError: one was sent today.
        NotAvailableError, NotPermittedError: the person may not remind this organisation.
    """
    now = office.clock()
    with office.store.writing() as work:
        # The lock makes two people who press at the same moment queue, and the second hears of the first.
        file = lock_assessment(work, user, assessment_id, Right.REMIND)
        if office.mail is None:
            raise BadInputError("E-mail is not set up here. Copy the reminder and send it from your own mailbox.")
        if file.assessment.status in RETURNED:
            raise BadInputError(f"{file.organisation.name} has submitted this return. There is nothing to remind of.")
        _check_not_sent(work, assessment_id, now, once_more=once_more)
        people = _right_people(work, file, _kind(file, now))
        if not people:
            raise BadInputError(
                f"{file.organisation.name} has nobody with an account who can be written to. "
                "Invite somebody, or copy the reminder and send it yourself."
            )
        sent = sum(_put(work, office, file, person, now) for person in people)
        record(work, assessment_stream(assessment_id), user, SENT, now, people=sent)
        work.commit()
    return sent


def _check_not_sent(work: UnitOfWork, assessment_id: str, now: datetime, *, once_more: bool) -> None:
    earlier = _sent_today(work, assessment_id, now)
    if earlier is None:
        return
    if now - earlier.at < NOT_AGAIN_FOR:
        again = uk_time(earlier.at + NOT_AGAIN_FOR)
        raise BadInputError(f"{earlier}. Nobody was written to again: the next one can be sent from {again:%H:%M}.")
    if not once_more:
        raise AlreadyRemindedError(earlier)


def _sent_today(work: UnitOfWork, assessment_id: str, now: datetime) -> SentToday | None:
    event = work.audit_trail.latest(assessment_stream(assessment_id), SENT)
    if event is None or (uk_date(event.at) != uk_date(now) and now - event.at >= NOT_AGAIN_FOR):
        return None
    person = work.accounts.people_by_id([event.actor]).get(event.actor)
    return SentToday(person.shown_as if person else "Somebody", event.at)


def _kind(file: AssessmentFile, now: datetime) -> MailKind:
    return MailKind.OVERDUE if uk_date(now) > file.cycle.due else MailKind.REMINDER


def _right_people(work: UnitOfWork, file: AssessmentFile, kind: MailKind) -> list[Person]:
    """Return those whose turn it is: approvers in any case, contributors unless they switched reminders off."""
    here = right_people(work, [file.organisation.id]).get(file.organisation.id, [])
    held = frozenset().union(*(roles for _, roles in here))
    wanted = roles_to_remind(file.assessment.status, ORGANISATION_ROLES, held)
    choices = work.mail_choices.of(one.id for one, _ in here)
    return [
        one.person
        for one, roles in here
        if roles & wanted and (Role.APPROVER in roles or is_wanted(kind, choices.get(one.id, {}), roles))
    ]


def _put(work: UnitOfWork, office: Office, file: AssessmentFile, to: Person, now: datetime) -> bool:
    reminder = reminder_of(office, work, file)
    return put_in_outbox(
        work,
        office,
        kind=_kind(file, now),
        to=to,
        partnership_id=min(file.cycle.partnership_ids),
        key=f"chase:{file.assessment.id}:{now.isoformat()}:{to.id}",
        facts=MailFacts(stop_path=STOP_PATH),
        about=file.assessment.id,
        good_until=now + GOOD_FOR,
        words=MailWords(reminder.subject, reminder.body),
    )
