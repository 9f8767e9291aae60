"""Queries: messages on answers, and up to which of them each person has read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, and_, func, insert, or_, select, update

from section11.domain.queries import Query, QuerySide
from section11.storage.tables import assessments, cycle_partnerships, queries, query_reads


class QueryRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        assessment_id: str,
        question_id: str,
        side: QuerySide,
        words: str,
        *,
        at: datetime,
        by: str,
        by_scrutiny: bool,
    ) -> int:
        """Write one message and return its id. The caller holds the assessment, so that ids rise in its threads."""
        added = self._connection.execute(
            insert(queries)
            .values(
                assessment_id=assessment_id,
                question_id=question_id,
                side=side.value,
                at=at,
                by=by,
                by_scrutiny=by_scrutiny,
                words=words,
            )
            .returning(queries.c.id)
        )
        return int(added.scalar_one())

    def of_assessment(self, assessment_id: str, sides: Collection[QuerySide]) -> list[Query]:
        """Return the messages of these sides, oldest first."""
        query = (
            select(queries)
            .where(queries.c.assessment_id == assessment_id, queries.c.side.in_([side.value for side in sides]))
            .order_by(queries.c.id)
        )
        return [_query(row) for row in self._connection.execute(query)]

    def in_cycle(self, cycle_id: str, sides: Collection[QuerySide]) -> dict[str, list[Query]]:
        """Return the messages of these sides in a cycle by assessment id, oldest first."""
        query = (
            select(queries)
            .join(assessments, assessments.c.id == queries.c.assessment_id)
            .where(assessments.c.cycle_id == cycle_id, queries.c.side.in_([side.value for side in sides]))
            .order_by(queries.c.id)
        )
        found: dict[str, list[Query]] = {}
        for row in self._connection.execute(query).all():
            found.setdefault(row.assessment_id, []).append(_query(row))
        return found

    def last_read(self, person_id: str, assessment_id: str) -> dict[str, int]:
        """Return the id of the last message a person has read, by question id."""
        query = select(query_reads).where(
            query_reads.c.person_id == person_id, query_reads.c.assessment_id == assessment_id
        )
        return {row.question_id: row.last_read_id for row in self._connection.execute(query)}

    def last_read_in_cycle(self, person_id: str, cycle_id: str) -> dict[str, dict[str, int]]:
        """Return the same of every return of a cycle, by assessment id and question id."""
        query = (
            select(query_reads)
            .join(assessments, assessments.c.id == query_reads.c.assessment_id)
            .where(query_reads.c.person_id == person_id, assessments.c.cycle_id == cycle_id)
        )
        found: dict[str, dict[str, int]] = {}
        for row in self._connection.execute(query).all():
            found.setdefault(row.assessment_id, {})[row.question_id] = row.last_read_id
        return found

    def set_read(self, person_id: str, assessment_id: str, question_id: str, last_read_id: int) -> None:
        here = (
            query_reads.c.person_id == person_id,
            query_reads.c.assessment_id == assessment_id,
            query_reads.c.question_id == question_id,
        )
        done = self._connection.execute(update(query_reads).where(*here).values(last_read_id=last_read_id))
        if not done.rowcount:
            self._connection.execute(
                insert(query_reads).values(
                    person_id=person_id,
                    assessment_id=assessment_id,
                    question_id=question_id,
                    last_read_id=last_read_id,
                )
            )

    def unread_of_organisations(self, person_id: str, organisation_ids: Collection[str]) -> dict[tuple[str, str], int]:
        """Return how many shared messages of others a person has not read, by (assessment id, question id)."""
        return self._unread(
            person_id,
            and_(assessments.c.organisation_id.in_(sorted(organisation_ids)), queries.c.side == QuerySide.SHARED.value),
        )

    def unread_of_partnerships(self, person_id: str, partnership_ids: Collection[str]) -> dict[tuple[str, str], int]:
        """Return the same of both sides, in the cycles these partnerships run."""
        cycles = select(cycle_partnerships.c.cycle_id).where(
            cycle_partnerships.c.partnership_id.in_(sorted(partnership_ids))
        )
        return self._unread(person_id, assessments.c.cycle_id.in_(cycles))

    def _unread(self, person_id: str, where: ColumnElement[bool]) -> dict[tuple[str, str], int]:
        read = and_(
            query_reads.c.person_id == person_id,
            query_reads.c.assessment_id == queries.c.assessment_id,
            query_reads.c.question_id == queries.c.question_id,
        )
        query = (
            select(queries.c.assessment_id, queries.c.question_id, func.count().label("unread"))
            .join(assessments, assessments.c.id == queries.c.assessment_id)
            .outerjoin(query_reads, read)
            .where(
                where,
                queries.c.by != person_id,
                or_(query_reads.c.last_read_id.is_(None), queries.c.id > query_reads.c.last_read_id),
            )
            .group_by(queries.c.assessment_id, queries.c.question_id)
        )
        return {(row.assessment_id, row.question_id): int(row.unread) for row in self._connection.execute(query)}


def _query(row: Row[tuple[object, ...]]) -> Query:
    return Query(
        id=row.id,
        assessment_id=row.assessment_id,
        question_id=row.question_id,
        side=QuerySide(row.side),
        at=row.at,
        by=row.by,
        by_scrutiny=row.by_scrutiny,
        words=row.words,
    )
