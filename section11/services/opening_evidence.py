"""Opening evidence: who may, that it was opened, and files that still wait for the virus check."""

from __future__ import annotations

from dataclasses import dataclass, replace

from section11.domain.evidence import EvidenceItem, EvidenceKind, Revision, ScanState, as_signed
from section11.domain.people import User
from section11.domain.workflow import RETURNED
from section11.errors import NotAvailableError, NotPermittedError
from section11.permissions import Right, may, roles_at
from section11.services.office import Office
from section11.services.places import find_assessment, place_of
from section11.services.scanning import verdict
from section11.services.trail import assessment_stream, organisation_stream, record
from section11.storage.unit_of_work import UnitOfWork

HELD = (
    "This file waits for the virus check, which cannot be reached at the moment. "
    "Try again in a few minutes, or ask your administrator."
)
FOUND_HARMFUL = (
    "The virus check found something harmful in this file, so it cannot be opened. "
    "Replace it with a clean file, and tell those who look after your computers."
)

REMOVED = (
    "This file is no longer kept: it was removed under the partnership's rules on how long evidence is kept. "
    "Ask the organisation whether it still has it."
)


@dataclass(frozen=True, slots=True)
class OpenedEvidence:
    """A revision with its content; a link has none."""

    item: EvidenceItem
    revision: Revision
    content: bytes


@dataclass(frozen=True, slots=True)
class _Found:
    item: EvidenceItem
    revision: Revision
    stream: str
    """Where the reading is recorded: the organisation's own, or the return that scrutiny reads."""


def open_evidence(office: Office, user: User, item_id: str, number: int) -> OpenedEvidence:
    """Return one revision of a piece of evidence. Opening it is an event.

    The organisation opens all it keeps; scrutiny what a submitted return had when it was signed.

    Raises:
        NotAvailableError: there is none, or the person has no role where it belongs.
        NotPermittedError: the person may not open it, or it waits for the virus check.
        EvidenceLostError: the stored file is missing or damaged.
    """
    with office.store.reading() as work:
        found = _find(work, user, item_id, number)
    if found.revision.scan is ScanState.REMOVED:
        raise NotPermittedError(REMOVED)
    content = b"" if found.item.kind is EvidenceKind.LINK else office.evidence_files.read(found.revision.sha256)
    revision = _settled(office, user, found.item, found.revision, content)
    if revision.scan is ScanState.HELD:
        raise NotPermittedError(HELD)
    if revision.scan is ScanState.REFUSED:
        raise NotPermittedError(FOUND_HARMFUL)
    with office.store.writing() as work:
        found = _find(work, user, item_id, number)
        record(work, found.stream, user, "evidence_opened", office.clock(), item=item_id, revision=number)
        work.commit()
    return OpenedEvidence(found.item, revision, content)


def _find(work: UnitOfWork, user: User, item_id: str, number: int) -> _Found:
    item = work.evidence.get(item_id)
    organisation = work.organisations.get(item.organisation_id) if item else None
    if item is None or organisation is None:
        raise NotAvailableError()
    place = place_of(work, organisation)
    if may(user, Right.READ_RETURN, place):
        revision = item.revision(number)
        if revision is None:
            raise NotAvailableError()
        return _Found(item, revision, organisation_stream(organisation.id))
    for use in work.evidence.uses([item_id]).get(item_id, []):
        seen = _seen_by_scrutiny(work, user, use.assessment_id, item)
        if seen is not None and (revision := seen.revision(number)) is not None:
            return _Found(seen, revision, assessment_stream(use.assessment_id))
    if not roles_at(user, place):
        raise NotAvailableError()
    raise NotPermittedError(
        "Evidence is open to its organisation, and to scrutiny leads as it was when the return was submitted. "
        "Ask the organisation for it."
    )


def _seen_by_scrutiny(work: UnitOfWork, user: User, assessment_id: str, item: EvidenceItem) -> EvidenceItem | None:
    try:
        assessment = find_assessment(work, user, assessment_id, Right.READ_RETURNED).assessment
    except (NotAvailableError, NotPermittedError):
        return None
    return as_signed(item, assessment.signed_at) if assessment.status in RETURNED else None


def _settled(office: Office, user: User, item: EvidenceItem, revision: Revision, content: bytes) -> Revision:
    """Ask the scanner again about a file that is held, and write down what it says."""
    if revision.scan is not ScanState.HELD:
        return revision
    state = verdict(office, content)
    if state is not ScanState.HELD:
        with office.store.writing() as work:
            if work.evidence.set_scan(item.id, revision.number, state):
                stream = organisation_stream(item.organisation_id)
                facts = {"item": item.id, "revision": revision.number, "scan": state.value}
                record(work, stream, user, "evidence_scanned", office.clock(), **facts)
                work.commit()
    return replace(revision, scan=state)
