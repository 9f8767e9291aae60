"""Where a return belongs: its organisation and its cycle in one read, for every look at a return asks for both."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, literal, select
from sqlalchemy.sql.functions import aggregate_strings

from section11.domain.cycles import Cycle, CycleStatus
from section11.domain.organisations import Organisation
from section11.storage.tables import cycle_partnerships, cycle_sets, cycles, organisations

_BETWEEN, _FOR = "\x1f", "\x1e"
"""Stand between two partnerships or sets, and between a type and its set; no id holds them."""


class WhereaboutsRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, organisation_id: str, cycle_id: str) -> tuple[Organisation, Cycle] | None:
        """Return an organisation and a cycle; None unless both exist."""
        asked = {"organisation": organisation_id, "cycle": cycle_id}
        row = self._connection.execute(_BOTH, asked).one_or_none()
        if row is None:
            return None
        organisation = Organisation(
            id=organisation_id,
            name=row.organisation_name,
            type=row.type,
            urn=row.urn,
            ods_code=row.ods_code,
            parent_id=row.parent_id,
            is_open=row.is_open,
        )
        cycle = Cycle(
            id=cycle_id,
            name=row.name,
            due=row.due,
            status=CycleStatus(row.status),
            partnership_ids=frozenset(_parts(row.running)),
            set_ids_by_type=dict(part.split(_FOR) for part in _parts(row.sets)),
            audit_name=row.audit_name,
            moderators_per_return=row.moderators_per_return,
            removed_returns=row.removed_returns,
        )
        return organisation, cycle


def _parts(joined: str | None) -> list[str]:
    return joined.split(_BETWEEN) if joined else []


_RUNNING = (
    select(aggregate_strings(cycle_partnerships.c.partnership_id, _BETWEEN))
    .where(cycle_partnerships.c.cycle_id == bindparam("cycle"))
    .scalar_subquery()
)
_SETS = (
    select(aggregate_strings(cycle_sets.c.organisation_type + literal(_FOR) + cycle_sets.c.set_id, _BETWEEN))
    .where(cycle_sets.c.cycle_id == bindparam("cycle"))
    .scalar_subquery()
)
_BOTH = (
    select(
        organisations.c.name.label("organisation_name"),
        organisations.c.type,
        organisations.c.urn,
        organisations.c.ods_code,
        organisations.c.parent_id,
        organisations.c.is_open,
        cycles.c.name,
        cycles.c.due,
        cycles.c.status,
        cycles.c.audit_name,
        cycles.c.moderators_per_return,
        cycles.c.removed_returns,
        _RUNNING.label("running"),
        _SETS.label("sets"),
    )
    .join_from(organisations, cycles, cycles.c.id == bindparam("cycle"))
    .where(organisations.c.id == bindparam("organisation"))
)
