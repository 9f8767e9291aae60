"""Hand-backs: each time scrutiny gave a return back, and why."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, Row, func, insert, select

from section11.domain.hand_backs import HandBack, HandBackKind
from section11.storage.tables import hand_backs


class HandBackRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_all(self, new: Sequence[HandBack]) -> None:
        if not new:
            return
        self._connection.execute(
            insert(hand_backs),
            [
                {
                    "assessment_id": one.assessment_id,
                    "number": one.number,
                    "kind": one.kind.value,
                    "at": one.at,
                    "by": one.by,
                    "reason": one.reason,
                    "question_ids": json.dumps(one.question_ids),
                }
                for one in new
            ],
        )

    def count(self, assessment_id: str) -> int:
        query = select(func.count()).where(hand_backs.c.assessment_id == assessment_id)
        return int(self._connection.execute(query).scalar_one())

    def latest(self, assessment_id: str) -> HandBack | None:
        query = (
            select(hand_backs)
            .where(hand_backs.c.assessment_id == assessment_id)
            .order_by(hand_backs.c.number.desc())
            .limit(1)
        )
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _hand_back(row)


def _hand_back(row: Row[tuple[object, ...]]) -> HandBack:
    return HandBack(
        assessment_id=row.assessment_id,
        number=row.number,
        kind=HandBackKind(row.kind),
        at=row.at,
        by=row.by,
        reason=row.reason,
        question_ids=tuple(json.loads(row.question_ids)),
    )
