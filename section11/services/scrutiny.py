"""Scrutiny: following progress, reading what was submitted, handing back and reopening with a reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from section11.domain.assessments import Assessment, Progress
from section11.domain.cycles import Cycle, CycleStatus
from section11.domain.hand_backs import HandBack, HandBackKind
from section11.domain.mail import MailKind
from section11.domain.organisations import Organisation, OrganisationType
from section11.domain.people import User
from section11.domain.workflow import RETURNED, AssessmentStatus, Move, next_status
from section11.errors import BadInputError
from section11.permissions import HOLDERS, Right, may
from section11.reports.selection import ALL_RETURNS, Selection
from section11.services.answering import AssessmentView, kept_text, view_of
from section11.services.filters import chosen_organisations, is_chosen
from section11.services.office import Office, frozen_set
from section11.services.places import (
    AssessmentFile,
    check_returned,
    cycle_place,
    find_assessment,
    find_cycle,
    lock_assessment,
)
from section11.services.return_mails import mail_organisation
from section11.services.trail import assessment_stream, record
from section11.storage.unit_of_work import UnitOfWork

_MOVES: dict[HandBackKind, tuple[Move, Right]] = {
    HandBackKind.HAND_BACK: (Move.HAND_BACK, Right.HAND_BACK),
    HandBackKind.REOPEN: (Move.REOPEN, Right.REOPEN),
}

_MAILS = {HandBackKind.HAND_BACK: MailKind.HANDED_BACK, HandBackKind.REOPEN: MailKind.REOPENED}


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One expected return in a list: whose, where it stands, how far it is, and whether it waits for this person."""

    assessment: Assessment
    organisation: Organisation
    organisation_type: OrganisationType
    progress: Progress
    awaits_my_signature: bool = False


@dataclass(frozen=True, slots=True)
class ReturnList:
    cycle: Cycle
    lines: tuple[ReturnLine, ...]


@dataclass(frozen=True, slots=True)
class CycleProgress:
    """A cycle, how many returns it expects, and how many of them came in."""

    cycle: Cycle
    returned: int
    expected: int


def progress_of_cycles(office: Office, user: User) -> list[CycleProgress]:
    """Return how far each opened cycle is that the person may follow, the latest first."""
    with office.store.reading() as work:
        cycles = [one for one in work.cycles.all() if may(user, Right.FOLLOW_PROGRESS, cycle_place(one))]
        counts = work.assessments.count_expected()
    return [
        CycleProgress(
            cycle=one,
            returned=sum(number for status, number in counts.get(one.id, {}).items() if status in RETURNED),
            expected=sum(counts.get(one.id, {}).values()),
        )
        for one in cycles
        if one.status is not CycleStatus.PREPARING
    ]


def list_returns(office: Office, user: User, cycle_id: str, selection: Selection = ALL_RETURNS) -> ReturnList:
    """Return status and progress of every chosen return expected in a cycle, by organisation name."""
    with office.store.reading() as work:
        cycle = find_cycle(work, user, cycle_id, Right.FOLLOW_PROGRESS)
        chosen = chosen_organisations(work, cycle, selection)
        rows = [row for row in work.assessments.in_cycle(cycle_id) if is_chosen(row.assessment, chosen, selection)]
    lines = [_line(office, chosen, row.assessment, row.progress) for row in rows]
    return ReturnList(cycle, tuple(sorted(lines, key=lambda line: line.organisation.name.casefold())))


def list_own_returns(office: Office, user: User) -> list[tuple[Cycle, ReturnLine]]:
    """Return the returns of the organisations the person works for, the latest cycle first."""
    with office.store.reading() as work:
        own = {grant.organisation_id for grant in user.grants if grant.organisation_id}
        organisations = work.organisations.with_sites(own)
        cycles = {cycle.id: cycle for cycle in work.cycles.all()}
        rows = work.assessments.of_organisations(organisations)
    signs_for = user.organisations_as(*HOLDERS[Right.SIGN_OFF])
    lines = []
    for row in rows:
        waits = row.assessment.status is AssessmentStatus.AWAITING_SIGN_OFF
        line = _line(office, organisations, row.assessment, row.progress)
        mine = waits and row.assessment.organisation_id in signs_for
        lines.append((cycles[row.assessment.cycle_id], replace(line, awaits_my_signature=mine)))
    return sorted(lines, key=lambda pair: (-pair[0].due.toordinal(), pair[1].organisation.name))


def read_return(office: Office, user: User, assessment_id: str, *, first_look: bool = True) -> AssessmentView:
    """Return a submitted return for scrutiny. Reading it is an event.

    ``first_look`` is False when the same page is drawn again, which is not a new reading.

    Raises:
        NotPermittedError: it has not been submitted yet, or was handed back.
    """
    with office.store.writing() as work:
        file = find_assessment(work, user, assessment_id, Right.READ_RETURNED)
        check_returned(file)
        view = view_of(office, work, user, file)
        if first_look:
            record(work, assessment_stream(assessment_id), user, "return_read", office.clock())
            work.commit()
    return view


def hand_back(
    office: Office, user: User, assessment_id: str, reason: str, question_ids: Collection[str] = ()
) -> HandBack:
    """Give a submitted return back to the organisation for more work.

    Args:
        reason: What the organisation is told.
        question_ids: The questions it is about; none for the whole return.

    Raises:
        BadInputError: there is no reason, it is too long, or a question is not asked of this organisation.
        TransitionNotAllowedError: the return has not been submitted, or was released.
    """
    return _give_back(office, user, assessment_id, reason, question_ids, HandBackKind.HAND_BACK)


def reopen(office: Office, user: User, assessment_id: str, reason: str, question_ids: Collection[str] = ()) -> HandBack:
    """Open a submitted, moderated or released return for changes again, also after its cycle closed.

    Args, Raises:
        As ``hand_back``; only a return that was never submitted is refused.
    """
    return _give_back(office, user, assessment_id, reason, question_ids, HandBackKind.REOPEN)


def _give_back(
    office: Office, user: User, assessment_id: str, reason: str, question_ids: Collection[str], kind: HandBackKind
) -> HandBack:
    reason = kept_text(reason).strip()
    if not reason:
        raise BadInputError("Say what needs more work, so that the organisation knows what to do.")
    move, right = _MOVES[kind]
    now = office.clock()
    with office.store.writing() as work:
        file = lock_assessment(work, user, assessment_id, right)
        status = next_status(file.assessment.status, move)
        given_back = HandBack(
            assessment_id=assessment_id,
            number=work.hand_backs.count(assessment_id) + 1,
            kind=kind,
            at=now,
            by=user.id,
            reason=reason,
            question_ids=_in_order(work, file, question_ids),
        )
        work.hand_backs.add_all([given_back])
        work.assessments.set_status(assessment_id, status, hand_back_reason=reason)
        record(
            work,
            assessment_stream(assessment_id),
            user,
            move.value,
            now,
            reason=reason,
            questions=list(given_back.question_ids),
            cycle_closed=file.cycle.status is CycleStatus.CLOSED,
        )
        page = f"/assessment?assessment={assessment_id}"
        mail_organisation(work, office, file, _MAILS[kind], path=page, occasion=str(given_back.number))
        work.commit()
    return given_back


def _in_order(work: UnitOfWork, file: AssessmentFile, question_ids: Collection[str]) -> tuple[str, ...]:
    asked = [
        one.id for one in frozen_set(work, file.assessment.set_sha256).questions_for(file.assessment.organisation_type)
    ]
    unknown = sorted(set(question_ids) - set(asked))
    if unknown:
        raise BadInputError(f"Question {unknown[0]} is not asked of {file.organisation.name}. Choose from the list.")
    return tuple(one for one in asked if one in set(question_ids))


def _line(
    office: Office, organisations: Mapping[str, Organisation], assessment: Assessment, progress: Progress
) -> ReturnLine:
    organisation = organisations[assessment.organisation_id]
    return ReturnLine(assessment, organisation, office.types[assessment.organisation_type], progress)
