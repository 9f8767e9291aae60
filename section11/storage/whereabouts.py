"""Where a return belongs: its organisation and its cycle in one read, for every look at a return asks for both."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from section11.domain.cycles import Cycle
from section11.domain.organisations import Organisation
from section11.storage.cycles import CYCLE_COLUMNS, cycle_of
from section11.storage.tables import cycles, organisations


class WhereaboutsRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, organisation_id: str, cycle_id: str) -> tuple[Organisation, Cycle] | None:
        """Return an organisation and a cycle; None unless both exist."""
        row = self._connection.execute(_BOTH, {"this": organisation_id, "cycle": cycle_id}).one_or_none()
        if row is None:
            return None
        organisation = Organisation(
            id=organisation_id,
            name=row.organisation_name,
            type=row.organisation_type,
            urn=row.urn,
            ods_code=row.ods_code,
            parent_id=row.parent_id,
            is_open=row.is_open,
        )
        return organisation, cycle_of(row)


_BOTH = (
    select(
        *CYCLE_COLUMNS,
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
