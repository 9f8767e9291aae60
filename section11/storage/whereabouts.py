"""Where a return belongs: its organisation and its cycle in one read, for every look at a return asks for both.

A save reads the answer it changes and the end of the return's stream with them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from section11.domain.answers import Answer
from section11.domain.assessments import Assessment
from section11.domain.cycles import Cycle
from section11.domain.organisations import Organisation
from section11.storage.answers import answer_of
from section11.storage.audit_trail import AuditTrail
from section11.storage.cycles import CYCLE_COLUMNS, cycle_of
from section11.storage.tables import answers, audit_heads, cycles, organisations


class WhereaboutsRepository:
    def __init__(self, connection: Connection, trail: AuditTrail) -> None:
        self._connection = connection
        self._trail = trail

    def of(self, organisation_id: str, cycle_id: str) -> tuple[Organisation, Cycle] | None:
        """Return an organisation and a cycle; None unless both exist."""
        row = self._connection.execute(_BOTH, {"this": organisation_id, "cycle": cycle_id}).one_or_none()
        return None if row is None else (_organisation(row), cycle_of(row))

    def with_answer(
        self, assessment: Assessment, question_id: str, stream: str
    ) -> tuple[Organisation, Cycle, Answer | None] | None:
        """Return the organisation and cycle of a return with one stored answer; None unless both exist.

        The audit trail is told where the stream ends, as an event is going to be written there.
        """
        here = {"this": assessment.organisation_id, "cycle": assessment.cycle_id, "stream": stream}
        asked = here | {"assessment": assessment.id, "question": question_id}
        row = self._connection.execute(_WITH_ANSWER, asked).one_or_none()
        if row is None:
            return None
        if row.number is not None:
            self._trail.was_seen(stream, row.number, row.hash)
        return _organisation(row), cycle_of(row), None if row.version is None else answer_of(row)


def _organisation(row: Row[*tuple[Any, ...]]) -> Organisation:
    return Organisation(
        id=row.organisation_id,
        name=row.organisation_name,
        type=row.organisation_type,
        urn=row.urn,
        ods_code=row.ods_code,
        parent_id=row.parent_id,
        is_open=row.is_open,
    )


_BOTH = (
    select(
        *CYCLE_COLUMNS,
        organisations.c.id.label("organisation_id"),
        organisations.c.name.label("organisation_name"),
        organisations.c.type.label("organisation_type"),
        organisations.c.urn,
        organisations.c.ods_code,
        organisations.c.parent_id,
        organisations.c.is_open,
    )
    .join_from(organisations, cycles, cycles.c.id == bindparam("cycle"))
    .where(organisations.c.id == bindparam("this"))
)
_WITH_ANSWER = (
    _BOTH.add_columns(*answers.c, audit_heads.c.number, audit_heads.c.hash)
    .outerjoin(
        answers,
        (answers.c.assessment_id == bindparam("assessment")) & (answers.c.question_id == bindparam("question")),
    )
    .outerjoin(audit_heads, audit_heads.c.stream == bindparam("stream"))
)
