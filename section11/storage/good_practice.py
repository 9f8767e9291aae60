"""Good practice: the answers that scrutiny picked, one row each."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from section11.domain.good_practice import GoodPractice
from section11.storage.tables import assessments, good_practices


class GoodPracticeRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def in_cycle(self, cycle_id: str) -> list[GoodPractice]:
        """Return what was picked in a cycle, the earliest first."""
        query = (
            select(good_practices)
            .join(assessments, assessments.c.id == good_practices.c.assessment_id)
            .where(assessments.c.cycle_id == cycle_id)
            .order_by(good_practices.c.at, good_practices.c.assessment_id, good_practices.c.question_id)
        )
        return [
            GoodPractice(row.assessment_id, row.question_id, row.why, row.at, row.by)
            for row in self._connection.execute(query)
        ]

    def put(self, one: GoodPractice) -> None:
        """Write a pick; one that is there already is written anew."""
        values = {"why": one.why, "at": one.at, "by": one.by}
        here = (
            good_practices.c.assessment_id == one.assessment_id,
            good_practices.c.question_id == one.question_id,
        )
        if self._connection.execute(update(good_practices).where(*here).values(values)).rowcount == 0:
            key = {"assessment_id": one.assessment_id, "question_id": one.question_id}
            self._connection.execute(insert(good_practices).values({**key, **values}))

    def remove(self, assessment_id: str, question_id: str) -> bool:
        """Take a pick away and return whether it was there."""
        gone = self._connection.execute(
            delete(good_practices).where(
                good_practices.c.assessment_id == assessment_id, good_practices.c.question_id == question_id
            )
        )
        return gone.rowcount > 0
