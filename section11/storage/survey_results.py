"""Survey results: how many staff agree, by cycle, organisation (or everybody) and question or arrangement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from section11.domain.survey import SurveyResult
from section11.storage.tables import survey_results


class SurveyResultRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def in_cycle(self, cycle_id: str) -> list[SurveyResult]:
        """Return every result of a cycle, by partnership, organisation and subject."""
        query = select(survey_results).where(survey_results.c.cycle_id == cycle_id)
        columns = (survey_results.c.partnership_id, survey_results.c.organisation_id, survey_results.c.subject)
        return [
            SurveyResult(row.partnership_id, row.organisation_id or None, row.subject, row.agree, row.responses)
            for row in self._connection.execute(query.order_by(*columns))
        ]

    def remove(self, cycle_id: str, partnership_id: str, organisation_id: str | None, subject: str) -> None:
        """Take away one result."""
        columns = survey_results.c
        self._connection.execute(
            delete(survey_results).where(
                columns.cycle_id == cycle_id,
                columns.partnership_id == partnership_id,
                columns.organisation_id == (organisation_id or ""),
                columns.subject == subject,
            )
        )

    def put_all(self, cycle_id: str, results: Sequence[SurveyResult], *, at: datetime) -> None:
        """Write results; one that is there already for the same people and subject is replaced."""
        if not results:
            return
        dialect_insert = postgresql_insert if self._connection.dialect.name == "postgresql" else sqlite_insert
        rows = [
            {
                "cycle_id": cycle_id,
                "partnership_id": one.partnership_id,
                "organisation_id": one.organisation_id or "",
                "subject": one.subject,
                "agree": one.agree,
                "responses": one.responses,
                "imported_at": at,
            }
            for one in results
        ]
        new = dialect_insert(survey_results)
        changed = {name: new.excluded[name] for name in ("agree", "responses", "imported_at")}
        statement = new.on_conflict_do_update(index_elements=list(survey_results.primary_key), set_=changed)
        self._connection.execute(statement, rows)
