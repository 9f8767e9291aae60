"""The whole history of one return, to read and to take away."""

from __future__ import annotations

from dataclasses import dataclass

from section11.domain.audit import AuditEvent
from section11.domain.cycles import Cycle
from section11.domain.erased_events import ERASED_ACTOR
from section11.domain.organisations import Organisation
from section11.domain.people import OPERATOR, ROLE_TITLES, Role, User
from section11.permissions import Right, may
from section11.reports.return_history import HistoryEntry, history_of
from section11.services.downloads import XLSX, Download
from section11.services.office import Office, frozen_set
from section11.services.places import AssessmentFile, find_readable
from section11.services.trail import assessment_stream, record
from section11.storage.unit_of_work import UnitOfWork
from section11.workbooks.history_workbook import write_history


@dataclass(frozen=True, slots=True)
class ReturnHistory:
    organisation: Organisation
    cycle: Cycle
    entries: tuple[HistoryEntry, ...]
    """In the order they happened."""


def return_history(office: Office, user: User, assessment_id: str) -> ReturnHistory:
    """Return what happened to a return: all of it to scrutiny, and to the organisation without how it was judged.

    Raises:
        NotAvailableError, NotPermittedError: as for reading the return.
    """
    with office.store.reading() as work:
        file = find_readable(work, user, assessment_id)
        return ReturnHistory(file.organisation, file.cycle, _entries(work, user, file))


def download_history(office: Office, user: User, assessment_id: str) -> Download:
    """Return the same as an Excel workbook, and write that into the history.

    Raises:
        As ``return_history``.
    """
    with office.store.writing() as work:
        file = find_readable(work, user, assessment_id)
        entries = _entries(work, user, file)
        record(work, assessment_stream(assessment_id), user, "history_downloaded", office.clock())
        work.commit()
    title = f"{file.organisation.name}, {file.cycle.name}"
    return Download(f"{file.cycle.id}-{file.organisation.id}-history.xlsx", XLSX, write_history(title, entries))


def _entries(work: UnitOfWork, user: User, file: AssessmentFile) -> tuple[HistoryEntry, ...]:
    events = work.audit_trail.events(assessment_stream(file.assessment.id))
    standards_set = frozen_set(work, file.assessment.set_sha256)
    for_scrutiny = may(user, Right.READ_RETURNED, file.place)
    return history_of(events, standards_set, _who(work, events), for_scrutiny=for_scrutiny)


def _who(work: UnitOfWork, events: list[AuditEvent]) -> dict[str, str]:
    people = work.accounts.people_by_id({event.actor for event in events})
    nobody = {OPERATOR.id: ROLE_TITLES[Role.OPERATOR], ERASED_ACTOR: "Somebody"}
    return {one.id: one.shown_as for one in people.values()} | nobody
