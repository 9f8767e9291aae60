"""What a careful reader would ask: of one return, for its organisation and for scrutiny, and of a whole cycle."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from section11.domain.cycles import Cycle
from section11.domain.organisations import Organisation
from section11.domain.people import User
from section11.domain.readings import Notice, notices_in
from section11.domain.uk_time import uk_date
from section11.domain.workflow import RETURNED
from section11.permissions import Right
from section11.services.office import Office
from section11.services.places import AssessmentFile, check_returned, find_assessment, find_cycle
from section11.services.reading_contexts import contexts_of
from section11.storage.unit_of_work import UnitOfWork

_RETURNED = sorted(status.value for status in RETURNED)


@dataclass(frozen=True, slots=True)
class ReturnNotice:
    """Something noticed in one return of a cycle."""

    assessment_id: str
    organisation: Organisation
    notice: Notice


@dataclass(frozen=True, slots=True)
class CycleNotices:
    """Everything noticed in the submitted returns of a cycle, the heaviest first."""

    cycle: Cycle
    returns_read: int
    notices: tuple[ReturnNotice, ...]


def notices_of_own_return(office: Office, user: User, assessment_id: str) -> list[Notice]:
    """Return what the organisation should look at before it signs; nothing of it stands in the way of signing.

    Raises:
        NotAvailableError, NotPermittedError: it is another organisation's.
    """
    with office.store.reading() as work:
        return _notices(office, work, find_assessment(work, user, assessment_id, Right.READ_RETURN))


def notices_of_return(office: Office, user: User, assessment_id: str) -> list[Notice]:
    """Return what scrutiny may ask about a submitted return.

    Raises:
        NotAvailableError, NotPermittedError: it has not been submitted, or is not this person's to read.
    """
    with office.store.reading() as work:
        file = find_assessment(work, user, assessment_id, Right.READ_RETURNED)
        check_returned(file)
        return _notices(office, work, file)


def notices_of_cycle(office: Office, user: User, cycle_id: str) -> CycleNotices:
    """Return everything noticed in the submitted returns of a cycle: the heaviest first, then by organisation.

    Raises:
        NotAvailableError, NotPermittedError: the person may not read the returns of this cycle.
    """
    with office.store.reading() as work:
        cycle = find_cycle(work, user, cycle_id, Right.READ_RETURNED)
        organisations = work.organisations.all_by_id()
        rows = work.assessments.in_cycle(cycle_id)
        returned = [row.assessment for row in rows if row.assessment.status in RETURNED]
        answers = work.answers.in_cycle(cycle_id, _RETURNED)
        actions = work.actions.in_cycle(cycle_id, _RETURNED)
        found = [
            ReturnNotice(one.id, organisations[one.organisation_id], notice)
            for one, context in contexts_of(office, work, cycle, returned, answers, actions)
            for notice in notices_in(context)
        ]
    # Sorting keeps the order within one return.
    found.sort(key=lambda one: (-one.notice.weight, one.organisation.name.casefold()))
    return CycleNotices(cycle, len(returned), tuple(found))


def readings_stamp(office: Office, cycle_id: str) -> str:
    """Return words that change with whatever notices of a cycle are made from: the key of cached ones."""
    with office.store.reading() as work:
        cycle = work.cycles.get(cycle_id)
        members = work.stamps.of_members(cycle.partnership_ids) if cycle is not None else ""
        returns = work.stamps.of_all_in(_RETURNED)
        seen = [cycle, returns, members, work.stamps.of_survey(cycle_id), uk_date(office.clock())]
    return hashlib.sha256(repr(seen).encode()).hexdigest()


def _notices(office: Office, work: UnitOfWork, file: AssessmentFile) -> list[Notice]:
    one = file.assessment
    answers, actions = work.answers.of_assessment(one.id), work.actions.of_assessment(one.id)
    [(_, context)] = contexts_of(office, work, file.cycle, [one], {one.id: answers}, {one.id: actions})
    return notices_in(context)
