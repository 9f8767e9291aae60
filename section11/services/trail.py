"""The audit trail: how services write to it, and proving that nobody has touched it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from section11.domain.audit import FIRST_HASH, faults_in_stream, proofs_in
from section11.domain.people import User
from section11.domain.snapshots import faults_in_signed
from section11.permissions import Place, Right, require
from section11.services.office import Office
from section11.storage.unit_of_work import UnitOfWork


def assessment_stream(assessment_id: str) -> str:
    return f"assessment:{assessment_id}"


def partnership_stream(partnership_id: str) -> str:
    return f"partnership:{partnership_id}"


def organisation_stream(organisation_id: str) -> str:
    return f"organisation:{organisation_id}"


def record(work: UnitOfWork, stream: str, user: User, name: str, at: datetime, **details: Any) -> None:
    """Write one event in the transaction of the change it tells of."""
    work.audit_trail.append(stream, at=at, actor=user.id, name=name, details=details)


@dataclass(frozen=True, slots=True)
class TrailReport:
    streams: int
    events: int
    signed_versions: int
    erased: int
    """Events whose content was erased; each is whole in all that stays of it, or it is among the faults."""
    faults: tuple[str, ...]


def verify_trail(office: Office, user: User, progress: Callable[[float], None] | None = None) -> TrailReport:
    """Recount every stream, and say which events and signed versions are not as they were written.

    ``progress`` is called with the share done, 0 to 1.
    """
    with office.store.reading() as work:
        for partnership_id in work.facts.partnerships():
            require(user, Right.VERIFY_TRAIL, Place(partnership_ids=frozenset({partnership_id})))
        heads = work.audit_trail.heads()
        signed = {assessment_stream(one): one for one in work.signing.signed_assessments()}
        streams = sorted({*heads, *work.audit_trail.streams_with_events(), *signed})
        faults: list[str] = []
        events = versions = erased = 0
        for done, stream in enumerate(streams, start=1):
            found = work.audit_trail.events(stream)
            events += len(found)
            erased += len(proofs_in(found))
            last_number, last_hash = heads.get(stream, (0, FIRST_HASH))
            faults += faults_in_stream(stream, found, last_number=last_number, last_hash=last_hash)
            assessment_id = signed.get(stream, "")
            kept = work.signing.latest(assessment_id, work.signing.count(assessment_id)) if assessment_id else []
            versions += len(kept)
            faults += faults_in_signed(stream, found, kept)
            if progress:
                progress(done / len(streams))
    return TrailReport(len(streams), events, versions, erased, tuple(faults))
