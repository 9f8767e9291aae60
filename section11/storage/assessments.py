"""Assessments: one row per organisation and cycle, with its status, revision and progress."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, insert, select, update

from section11.domain.assessments import Assessment, Progress
from section11.domain.organisations import DutyBasis
from section11.domain.workflow import AssessmentStatus
from section11.storage.tables import assessments, cycle_partnerships, memberships

_STATUSES = {one.value: one for one in AssessmentStatus}


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """An assessment with the progress kept beside it, so that lists need not read the answers."""

    assessment: Assessment
    progress: Progress


class AssessmentRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_all(self, new: Sequence[tuple[Assessment, Progress]]) -> None:
        if not new:
            return
        self._connection.execute(
            insert(assessments),
            [
                {
                    "id": one.id,
                    "cycle_id": one.cycle_id,
                    "organisation_id": one.organisation_id,
                    "organisation_type": one.organisation_type,
                    "status": one.status.value,
                    "set_sha256": one.set_sha256,
                    "revision": one.revision,
                    "settled": progress.settled,
                    "asked": progress.asked,
                    "signed_at": one.signed_at,
                    "signed_by": one.signed_by,
                    "declaration": "",
                    "hand_back_reason": one.hand_back_reason,
                }
                for one, progress in new
            ],
        )

    def get(self, assessment_id: str) -> Assessment | None:
        row = self._connection.execute(_ONE, {"this": assessment_id}).one_or_none()
        return None if row is None else _assessment(*row)

    def by_ids(self, assessment_ids: Iterable[str]) -> list[Assessment]:
        """Return these assessments in the order of their ids."""
        query = select(*_PARTS).where(assessments.c.id.in_(sorted(assessment_ids))).order_by(assessments.c.id)
        return [_assessment(*row) for row in self._connection.execute(query).all()]

    def count_by_status(self, cycle_ids: Iterable[str]) -> dict[str, int]:
        """Count the assessments of these cycles by status."""
        status = assessments.c.status
        query = select(status, func.count().label("number")).where(assessments.c.cycle_id.in_(sorted(cycle_ids)))
        return {row.status: row.number for row in self._connection.execute(query.group_by(status))}

    def count_expected(self) -> dict[str, dict[AssessmentStatus, int]]:
        """Count the assessments of each cycle by status, of organisations that are in a partnership which runs it."""
        links, members = cycle_partnerships.c, memberships.c
        place = (assessments.c.cycle_id, assessments.c.status)
        query = (
            select(*place, func.count(assessments.c.id.distinct()).label("number"))
            .join(cycle_partnerships, links.cycle_id == assessments.c.cycle_id)
            .join(memberships, _is_member & (members.partnership_id == links.partnership_id))
            .group_by(*place)
        )
        found: dict[str, dict[AssessmentStatus, int]] = {}
        for row in self._connection.execute(query).all():
            found.setdefault(row.cycle_id, {})[AssessmentStatus(row.status)] = row.number
        return found

    def kinds_in_cycle(self, cycle_id: str, partnership_ids: Iterable[str]) -> list[tuple[str, DutyBasis]]:
        """Return the organisation types and bases of duty there are among the returns of members, each pair once."""
        query = (
            select(assessments.c.organisation_type, memberships.c.duty)
            .join(memberships, _is_member)
            .where(assessments.c.cycle_id == cycle_id, memberships.c.partnership_id.in_(sorted(partnership_ids)))
            .distinct()
        )
        return [(row.organisation_type, DutyBasis(row.duty)) for row in self._connection.execute(query).all()]

    def in_cycle(self, cycle_id: str, statuses: Sequence[str] | None = None) -> list[AssessmentRow]:
        """Return the assessments of a cycle in the order of their organisations: all, or only those in ``statuses``."""
        query = _ROWS.where(assessments.c.cycle_id == cycle_id).order_by(assessments.c.organisation_id)
        return self._read(query if statuses is None else query.where(assessments.c.status.in_(statuses)))

    def of_organisations(self, organisation_ids: Iterable[str]) -> list[AssessmentRow]:
        return self._read(_ROWS.where(assessments.c.organisation_id.in_(sorted(organisation_ids))))

    def _read(self, rows: Select[Any]) -> list[AssessmentRow]:
        return [
            AssessmentRow(_assessment(*of_it), Progress(settled, asked))
            for *of_it, settled, asked in self._connection.execute(rows).all()
        ]

    def lock_for_change(self, assessment_id: str) -> Assessment | None:
        """Raise the revision by one and return the assessment as it is now.

        The row stays locked until the transaction ends, so changes to one assessment queue.
        """
        row = self._connection.execute(_LOCKED, {"this": assessment_id}).one_or_none()
        return None if row is None else _assessment(*row)

    def set_status(self, assessment_id: str, status: AssessmentStatus, **columns: Any) -> None:
        """Set the status and any of signed_at, signed_by, declaration, hand_back_reason with it."""
        self._connection.execute(
            update(assessments).where(assessments.c.id == assessment_id).values(status=status.value, **columns)
        )

    def set_type(self, assessment_id: str, organisation_type: str, progress: Progress) -> None:
        """Write another organisation type and the progress counted anew for it. The revision rises."""
        self._connection.execute(
            update(assessments)
            .where(assessments.c.id == assessment_id)
            .values(
                organisation_type=organisation_type,
                settled=progress.settled,
                asked=progress.asked,
                revision=assessments.c.revision + 1,
            )
        )

    def add_to_settled(self, assessment_id: str, difference: int) -> None:
        """Raise or lower the count of settled answers."""
        if difference:
            self._connection.execute(_MORE_SETTLED, {"this": assessment_id, "difference": difference})


_PARTS = [assessments.c[part.name] for part in fields(Assessment)]
"""What an ``Assessment`` is made of, in the order of its parts: lists read thousands of them."""
_ROWS = select(*_PARTS, assessments.c.settled, assessments.c.asked)

# Made once, because a save of one answer needs them all and making them takes longer than running them.
_HERE = assessments.c.id == bindparam("this")
_ONE = select(*_PARTS).where(_HERE)
_LOCKED = update(assessments).where(_HERE).values(revision=assessments.c.revision + 1).returning(*_PARTS)
_MORE_SETTLED = update(assessments).where(_HERE).values(settled=assessments.c.settled + bindparam("difference"))

_is_member = memberships.c.organisation_id == assessments.c.organisation_id


def _assessment(assessment_id: str, cycle_id: str, organisation_id: str, status: str, *rest: Any) -> Assessment:
    return Assessment(assessment_id, cycle_id, organisation_id, _STATUSES[status], *rest)
