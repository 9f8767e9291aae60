"""How much there is of what, for whoever watches over the server: numbers only."""

from __future__ import annotations

from dataclasses import dataclass

from section11.domain.cycles import CycleStatus
from section11.services.office import Office


@dataclass(frozen=True, slots=True)
class Counts:
    sessions: int
    events: int
    evidence_bytes: int
    returns_by_status: dict[str, int]
    """Of the returns expected in open cycles."""


def counts_now(office: Office) -> Counts:
    """Count what there is at this moment."""
    with office.store.reading() as work:
        open_cycles = [one.id for one in work.cycles.all() if one.status is CycleStatus.OPEN]
        return Counts(
            sessions=work.web_sessions.count(office.clock()),
            events=sum(number for number, _ in work.audit_trail.heads().values()),
            evidence_bytes=work.evidence.bytes_in_all(),
            returns_by_status=work.assessments.count_by_status(open_cycles),
        )
