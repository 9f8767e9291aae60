"""Writing the demo into the database: members, people, cycles, returns and their events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from section11.definitions.frozen import frozen
from section11.domain.organisations import Organisation, OrganisationType, Partnership
from section11.domain.people import Role
from section11.domain.standards import StandardsSet
from section11.domain.uk_time import uk_date
from section11.services.declarations import DECLARATION
from section11.services.demo.answers import Written
from section11.services.demo.people import person_id_of
from section11.services.demo.returns import DemoReturn
from section11.services.demo.rounds import Round
from section11.services.trail import assessment_stream, partnership_stream
from section11.storage.facts import DEMO
from section11.storage.organisations import Membership
from section11.storage.unit_of_work import UnitOfWork

PARTNERSHIP = Partnership("riverdale", "Riverdale Safeguarding Children Partnership")


def add_partnership(work: UnitOfWork, members: Sequence[tuple[Organisation, OrganisationType]]) -> None:
    """Mark the database as a demo and add the partnership with its members, each on its type's usual basis."""
    work.facts.set_kind(DEMO)
    work.facts.add_partnership(PARTNERSHIP)
    work.organisations.add_all(
        [Membership(organisation, PARTNERSHIP.id, kind.usual_duty) for organisation, kind in members]
    )


def add_rounds(
    work: UnitOfWork, rounds: Sequence[Round], standards_sets: Iterable[StandardsSet], *, forms: int
) -> dict[str, str]:
    """Add the cycles, each frozen to the sets, with their events. Returns each set's SHA-256 by its id."""
    first_day = rounds[0].opened_at
    hashes: dict[str, str] = {}
    for one_set in standards_sets:
        content, sha256 = frozen(one_set)
        work.standards_sets.keep(sha256=sha256, set_id=one_set.id, content=content, stored_at=first_day)
        hashes[one_set.id] = sha256
    _tell(work, "partnership_started", first_day - timedelta(days=30), name=PARTNERSHIP.name)
    for one in rounds:
        cycle = one.cycle
        work.cycles.add(cycle)
        work.cycles.freeze_sets(cycle.id, hashes)
        due, sets = cycle.due.isoformat(), dict(cycle.set_ids_by_type)
        _tell(work, "cycle_created", one.opened_at - timedelta(days=14), cycle=cycle.id, due=due, sets=sets)
        _tell(work, "cycle_opened", one.opened_at, cycle=cycle.id, forms=forms, sets=hashes)
        if one.closed_at is not None:
            _tell(work, "cycle_closed", one.closed_at, cycle=cycle.id)
    return hashes


def add_returns(work: UnitOfWork, returns: Sequence[DemoReturn], *, at: datetime) -> None:
    """Add returns in bulk with their answers, actions and events."""
    work.assessments.add_all([(one.assessment, one.progress) for one in returns])
    work.answers.add_all(
        [(one.assessment.id, written.answer) for one in returns for written in one.written], at=at, by=""
    )
    work.answers.add_actions(
        [
            (one.assessment.id, one.assessment.organisation_id, written.action, _day_of(written, at))
            for one in returns
            for written in one.written
            if written.action is not None
        ]
    )
    work.signing.add_all([one.snapshot for one in returns if one.snapshot is not None])
    work.hand_backs.add_all([one.hand_back for one in returns if one.hand_back is not None])
    for one in returns:
        if one.assessment.signed_at is not None:
            work.assessments.set_status(one.assessment.id, one.assessment.status, declaration=DECLARATION)
        for event in one.events:
            work.audit_trail.append(
                assessment_stream(one.assessment.id),
                at=event.at,
                actor=event.actor,
                name=event.name,
                details=event.details,
            )


def _day_of(written: Written, at: datetime) -> date:
    return uk_date(written.answer.updated_at or at)


def _tell(work: UnitOfWork, event_name: str, at: datetime, **details: object) -> None:
    actor = person_id_of(Role.ADMINISTRATOR)
    work.audit_trail.append(partnership_stream(PARTNERSHIP.id), at=at, actor=actor, name=event_name, details=details)
