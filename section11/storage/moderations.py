"""Moderations: one row per question and seat, with a version the database decides, and who holds each seat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from section11.domain.moderation import EvidenceQuality, Moderation, Seat
from section11.domain.moderation_panel import SeatHolder
from section11.storage.tables import assessments, moderation_assignments, moderations
from section11.storage.verdicts import JudgedAnswer, evidence_in, judged_answers

BySeat = dict[Seat, dict[str, Moderation]]


class ModerationRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_assessment(self, assessment_id: str) -> BySeat:
        """Return every judgement of a return by seat and question id."""
        found: BySeat = {seat: {} for seat in Seat}
        for row in self._connection.execute(select(moderations).where(moderations.c.assessment_id == assessment_id)):
            found[Seat(row.seat)][row.question_id] = _moderation(row)
        return found

    def in_cycle(self, cycle_id: str, statuses: Sequence[str]) -> dict[str, BySeat]:
        """Return judgements by assessment id, seat and question id, of assessments in these statuses."""
        query = (
            select(moderations)
            .join(assessments, assessments.c.id == moderations.c.assessment_id)
            .where(assessments.c.cycle_id == cycle_id, assessments.c.status.in_(statuses))
        )
        found: dict[str, BySeat] = {}
        for row in self._connection.execute(query).all():
            of_return = found.setdefault(row.assessment_id, {seat: {} for seat in Seat})
            of_return[Seat(row.seat)][row.question_id] = _moderation(row)
        return found

    def judged_in_cycle(
        self, cycle_id: str, statuses: Sequence[str], seats: Sequence[Seat]
    ) -> dict[str, list[JudgedAnswer]]:
        """Return what ``in_cycle`` has of answers the first of these seats judged, without texts, by assessment id."""
        here = assessments.c.cycle_id == cycle_id, assessments.c.status.in_(statuses)
        return judged_answers(self._connection, seats, *here)

    def save(self, assessment_id: str, moderation: Moderation, *, expected_version: int, at: datetime) -> bool:
        """Write a judgement if its stored version is still the expected one; the database decides.

        Returns:
            False when it was saved by somebody else in between; nothing is changed then.
        """
        values = {**_values(moderation), "version": expected_version + 1, "updated_at": at}
        key = {"assessment_id": assessment_id, "question_id": moderation.question_id, "seat": moderation.seat.value}
        if expected_version == 0:
            dialect_insert = postgresql_insert if self._connection.dialect.name == "postgresql" else sqlite_insert
            new = dialect_insert(moderations).values({**key, **values})
            first = new.on_conflict_do_nothing().returning(moderations.c.version)
            return self._connection.execute(first).one_or_none() is not None
        changed = self._connection.execute(
            update(moderations)
            .where(*(moderations.c[name] == value for name, value in key.items()))
            .where(moderations.c.version == expected_version)
            .values(values)
        )
        return changed.rowcount == 1

    def add_all(self, new: Sequence[tuple[str, Moderation]]) -> None:
        """Add first judgements in bulk, as (assessment id, judgement)."""
        if not new:
            return
        self._connection.execute(
            insert(moderations),
            [
                {
                    "assessment_id": assessment_id,
                    "question_id": one.question_id,
                    "seat": one.seat.value,
                    **_values(one),
                    "version": one.version,
                    "updated_at": one.updated_at,
                }
                for assessment_id, one in new
            ],
        )

    def add_seats(self, new: Sequence[tuple[str, Seat, SeatHolder]]) -> None:
        """Give free seats to people in bulk, as (assessment id, seat, holder)."""
        if not new:
            return
        self._connection.execute(
            insert(moderation_assignments),
            [
                {
                    "assessment_id": assessment_id,
                    "seat": seat.value,
                    "person_id": holder.person_id,
                    "done_at": holder.done_at,
                }
                for assessment_id, seat, holder in new
            ],
        )

    def seats_of(self, assessment_id: str) -> dict[Seat, SeatHolder]:
        query = select(moderation_assignments).where(moderation_assignments.c.assessment_id == assessment_id)
        return {Seat(row.seat): SeatHolder(row.person_id, row.done_at) for row in self._connection.execute(query)}

    def seats_in_cycle(self, cycle_id: str) -> dict[str, dict[Seat, SeatHolder]]:
        """Return who holds the seats, by assessment id and seat."""
        query = (
            select(moderation_assignments)
            .join(assessments, assessments.c.id == moderation_assignments.c.assessment_id)
            .where(assessments.c.cycle_id == cycle_id)
        )
        found: dict[str, dict[Seat, SeatHolder]] = {}
        for row in self._connection.execute(query).all():
            found.setdefault(row.assessment_id, {})[Seat(row.seat)] = SeatHolder(row.person_id, row.done_at)
        return found

    def put_in_seat(self, assessment_id: str, seat: Seat, person_id: str) -> None:
        """Give a seat to a person, whoever held it before; what was judged in it stays."""
        if self._set(assessment_id, seat, person_id=person_id) == 0:
            row = {"assessment_id": assessment_id, "seat": seat.value, "person_id": person_id}
            self._connection.execute(insert(moderation_assignments).values(row))

    def empty_seat(self, assessment_id: str, seat: Seat) -> None:
        """Let nobody hold a seat; what was judged in it stays."""
        table = moderation_assignments
        here = table.c.assessment_id == assessment_id, table.c.seat == seat.value
        self._connection.execute(delete(table).where(*here))

    def set_done(self, assessment_id: str, seat: Seat, at: datetime) -> None:
        """Keep when the holder of a seat said that everything was judged."""
        self._set(assessment_id, seat, done_at=at)

    def _set(self, assessment_id: str, seat: Seat, **columns: object) -> int:
        here = moderation_assignments.c.assessment_id == assessment_id, moderation_assignments.c.seat == seat.value
        return self._connection.execute(update(moderation_assignments).where(*here).values(columns)).rowcount


def _values(moderation: Moderation) -> dict[str, object]:
    quality = moderation.evidence_quality
    return {
        "moderator_id": moderation.moderator_id,
        "rating": moderation.rating,
        "no_rating": moderation.no_rating,
        "evidence_quality": quality.value if quality else None,
        "reason": moderation.reason,
        "answer_version": moderation.answer_version,
        "attached": " ".join(f"{one.item_id}/{one.revision}" for one in moderation.attached),
    }


def _moderation(row: Row[tuple[object, ...]]) -> Moderation:
    return Moderation(
        question_id=row.question_id,
        seat=Seat(row.seat),
        rating=row.rating,
        no_rating=row.no_rating,
        evidence_quality=EvidenceQuality(row.evidence_quality) if row.evidence_quality else None,
        reason=row.reason,
        answer_version=row.answer_version,
        attached=evidence_in(row.attached),
        version=row.version,
        moderator_id=row.moderator_id,
        updated_at=row.updated_at,
    )
