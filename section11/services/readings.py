"""What a careful reader would ask: of one return, for its organisation and for scrutiny, and of a whole cycle."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from section11.domain.assessments import Assessment
from section11.domain.cycles import Cycle
from section11.domain.organisations import Organisation
from section11.domain.people import User
from section11.domain.readings import Notice, notices_in
from section11.domain.uk_time import uk_date
from section11.domain.workflow import RETURNED
from section11.permissions import Right
from section11.services.carrying import last_returns
from section11.services.office import Office
from section11.services.places import AssessmentFile, check_returned, find_assessment, find_cycle
from section11.services.reading_contexts import contexts_of
from section11.storage.unit_of_work import UnitOfWork

NoticesKept = dict[Hashable, tuple[Notice, ...]]
"""What was noticed in each return, by what it was noticed from."""

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


def notices_of_cycle(office: Office, user: User, cycle_id: str, kept: NoticesKept | None = None) -> CycleNotices:
    """Return everything noticed in the submitted returns of a cycle: the heaviest first, then by organisation.

    ``kept`` is what an earlier call for this cycle left in it: only returns that changed since, or are compared with
    something that did, are read again.

    Raises:
        NotAvailableError, NotPermittedError: the person may not read the returns of this cycle.
    """
    before = dict(kept or {})
    with office.store.reading() as work:
        cycle = find_cycle(work, user, cycle_id, Right.READ_RETURNED)
        organisations = work.organisations.all_by_id()
        rows = work.assessments.in_cycle(cycle_id)
        returned = [row.assessment for row in rows if row.assessment.status in RETURNED]
        last = last_returns(work, cycle, [one.organisation_id for one in returned])
        keys = _keys(returned, last, everywhere=_stamp(office, work, cycle, returns=""))
        unread = [one for one in returned if keys[one.id] not in before]
        ids = [one.id for one in unread]
        answers, actions = work.answers.to_read(ids), work.actions.promised_in(ids)
        read = {
            keys[one.id]: tuple(notices_in(context))
            for one, context in contexts_of(office, work, cycle, unread, answers, actions, last)
        }
    noticed = {key: before[key] if key in before else read[key] for key in keys.values()}
    if kept is not None:
        kept.clear()
        kept.update(noticed)
    found = [
        ReturnNotice(one.id, organisations[one.organisation_id], notice)
        for one in returned
        for notice in noticed[keys[one.id]]
    ]
    # Sorting keeps the order within one return.
    found.sort(key=lambda one: (-one.notice.weight, one.organisation.name.casefold()))
    return CycleNotices(cycle, len(returned), tuple(found))


def _keys(returned: Sequence[Assessment], last: Mapping[str, Assessment], *, everywhere: str) -> dict[str, Hashable]:
    """Return by assessment id what changes whenever something may be noticed in it that was not before."""
    keys: dict[str, Hashable] = {}
    for one in returned:
        before = last.get(one.organisation_id)
        keys[one.id] = (everywhere, one.id, one.revision, before and (before.id, before.revision))
    return keys


def readings_stamp(office: Office, cycle_id: str) -> str:
    """Return words that change with whatever notices of a cycle are made from: the key of cached ones."""
    with office.store.reading() as work:
        return _stamp(office, work, work.cycles.get(cycle_id), returns=work.stamps.of_all_in(_RETURNED))


def _stamp(office: Office, work: UnitOfWork, cycle: Cycle | None, *, returns: str) -> str:
    seen = [cycle, returns, uk_date(office.clock())]
    if cycle is not None:
        seen += [work.stamps.of_members(cycle.partnership_ids), work.stamps.of_survey(cycle.id)]
    return hashlib.sha256(repr(seen).encode()).hexdigest()


def _notices(office: Office, work: UnitOfWork, file: AssessmentFile) -> list[Notice]:
    one = file.assessment
    answers, actions = work.answers.of_assessment(one.id), work.actions.of_assessment(one.id)
    last = last_returns(work, file.cycle, [one.organisation_id])
    [(_, context)] = contexts_of(office, work, file.cycle, [one], {one.id: answers}, {one.id: actions}, last)
    return notices_in(context)
