"""Whether a mail that waited should still be sent: what it tells of may have moved on, or its reader left."""

from __future__ import annotations

from section11.domain.cycles import Cycle, CycleStatus
from section11.domain.mail import MailKind, WaitingMail
from section11.domain.people import User
from section11.domain.workflow import RETURNED, AssessmentStatus
from section11.permissions import Place, roles_at
from section11.services.places import partnership_ids_around
from section11.storage.unit_of_work import UnitOfWork

ACCOUNT_CLOSED = "The account of this person is closed."
NO_ROLE = "This person has no role there any more."
MOVED_ON = "The return has moved on in the meantime."
CYCLE_CLOSED = "The cycle has closed in the meantime."
NOT_KEPT = "What it is about is not kept any more."

Status = AssessmentStatus
_STILL_TO_COME = frozenset(Status) - RETURNED

STATUSES_TOLD_OF: dict[MailKind, frozenset[AssessmentStatus]] = {
    MailKind.CYCLE_OPENED: _STILL_TO_COME,
    MailKind.REMINDER: _STILL_TO_COME,
    MailKind.OVERDUE: _STILL_TO_COME,
    MailKind.AWAITING_SIGN_OFF: frozenset({Status.AWAITING_SIGN_OFF}),
    MailKind.SUBMITTED: RETURNED,
    MailKind.RETURN_ARRIVED: RETURNED,
    MailKind.HANDED_BACK: frozenset({Status.HANDED_BACK, Status.IN_PROGRESS}),
    MailKind.REOPENED: frozenset({Status.REOPENED, Status.IN_PROGRESS}),
    MailKind.RELEASED: frozenset({Status.RELEASED}),
}
"""Where a return must be for news of it to be true; questions and replies are wherever it is."""
_ASK_FOR_A_RETURN = frozenset({MailKind.CYCLE_OPENED, MailKind.REMINDER, MailKind.OVERDUE})


def why_outdated(work: UnitOfWork, mail: WaitingMail) -> str:
    """Return in one sentence why a mail should not be sent any more; empty when it should."""
    user = work.accounts.user(mail.person_id)
    if user is None:
        return ACCOUNT_CLOSED
    if mail.kind is MailKind.DIGEST and mail.partnership_id not in partnership_ids_around(work, user):
        return NO_ROLE
    if mail.about is None:
        return ""
    cycle = work.cycles.get(mail.about)
    return _about_a_return(work, mail.kind, mail.about, user) if cycle is None else _about_a_cycle(work, user, cycle)


def _about_a_return(work: UnitOfWork, kind: MailKind, assessment_id: str, user: User) -> str:
    assessment = work.assessments.get(assessment_id)
    if assessment is None:
        return NOT_KEPT
    organisation, cycle = work.organisations.get(assessment.organisation_id), work.cycles.get(assessment.cycle_id)
    if organisation is None or cycle is None:
        return NOT_KEPT
    if not roles_at(user, Place(organisation.id, organisation.parent_id, cycle.partnership_ids)):
        return NO_ROLE
    if kind in _ASK_FOR_A_RETURN and cycle.status is not CycleStatus.OPEN:
        return CYCLE_CLOSED
    return "" if assessment.status in STATUSES_TOLD_OF.get(kind, frozenset(Status)) else MOVED_ON


def _about_a_cycle(work: UnitOfWork, user: User, cycle: Cycle) -> str:
    """Return why not to remind somebody of all their returns of a cycle."""
    if cycle.status is not CycleStatus.OPEN:
        return CYCLE_CLOSED
    own = {grant.organisation_id for grant in user.grants if grant.organisation_id}
    returns = [row.assessment for row in work.assessments.of_organisations(own)]
    theirs = [one for one in returns if one.cycle_id == cycle.id]
    if not theirs:
        return NO_ROLE
    return "" if any(one.status in _STILL_TO_COME for one in theirs) else MOVED_ON
