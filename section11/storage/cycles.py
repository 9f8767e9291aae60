"""Cycles, the partnerships that run them, and the sets they use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, Text, insert, literal_column, select, update
from sqlalchemy.sql.functions import aggregate_strings

from section11.domain.cycles import Cycle, CycleStatus
from section11.storage.tables import cycle_partnerships, cycle_sets, cycles


class CycleRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: list[Cycle] | None = None

    def add(self, cycle: Cycle) -> None:
        self._known = None
        self._connection.execute(
            insert(cycles).values(
                id=cycle.id,
                name=cycle.name,
                due=cycle.due,
                status=cycle.status.value,
                audit_name=cycle.audit_name,
                moderators_per_return=cycle.moderators_per_return,
            )
        )
        self._connection.execute(
            insert(cycle_partnerships),
            [{"cycle_id": cycle.id, "partnership_id": one} for one in sorted(cycle.partnership_ids)],
        )
        self._connection.execute(
            insert(cycle_sets),
            [
                {"cycle_id": cycle.id, "organisation_type": organisation_type, "set_id": set_id}
                for organisation_type, set_id in sorted(cycle.set_ids_by_type.items())
            ],
        )

    def get(self, cycle_id: str) -> Cycle | None:
        found = self._all(cycle_id) if self._known is None else [one for one in self._known if one.id == cycle_id]
        return found[0] if found else None

    def all(self) -> list[Cycle]:
        """Return every cycle, the latest due date first. They are read once in a transaction, for many ask."""
        if self._known is None:
            self._known = self._all(None)
        return list(self._known)

    def in_partnerships(self, partnership_ids: Iterable[str]) -> list[Cycle]:
        wanted = frozenset(partnership_ids)
        return [cycle for cycle in self.all() if cycle.partnership_ids & wanted]

    def move_status(self, cycle_id: str, start: CycleStatus, end: CycleStatus) -> bool:
        """Move a cycle on; False when it is no longer where the move starts. The database decides."""
        self._known = None
        moved = self._connection.execute(
            update(cycles).where(cycles.c.id == cycle_id, cycles.c.status == start.value).values(status=end.value)
        )
        return moved.rowcount == 1

    def count_removed_return(self, cycle_id: str) -> None:
        """Remember that one more return of a cycle went when its time was over."""
        more = cycles.c.removed_returns + 1
        self._connection.execute(update(cycles).where(cycles.c.id == cycle_id).values(removed_returns=more))

    def freeze_sets(self, cycle_id: str, sha256_by_set_id: Mapping[str, str]) -> None:
        for set_id, sha256 in sha256_by_set_id.items():
            self._connection.execute(
                update(cycle_sets)
                .where(cycle_sets.c.cycle_id == cycle_id, cycle_sets.c.set_id == set_id)
                .values(set_sha256=sha256)
            )

    def frozen_set_hashes(self, cycle_id: str) -> dict[str, str]:
        """Return the SHA-256 of each set of an opened cycle, by set id."""
        query = select(cycle_sets.c.set_id, cycle_sets.c.set_sha256).where(
            cycle_sets.c.cycle_id == cycle_id, cycle_sets.c.set_sha256.is_not(None)
        )
        return {row.set_id: row.set_sha256 for row in self._connection.execute(query)}

    def _all(self, cycle_id: str | None) -> list[Cycle]:
        query = _ALL if cycle_id is None else _ALL.where(cycles.c.id == cycle_id)
        return [cycle_of(row) for row in self._connection.execute(query).all()]


_BETWEEN, _FOR = "\x1f", "\x1e"
"""Stand between two partnerships or sets, and between a type and its set; no id holds them."""
# As they stand in a statement: as a value, SQLAlchemy would write the statement anew each time that it is run.
_BETWEEN_WORDS: Any = literal_column(f"'{_BETWEEN}'", Text)
_FOR_WORDS = literal_column(f"'{_FOR}'", Text)

_RUNNING = (
    select(aggregate_strings(cycle_partnerships.c.partnership_id, _BETWEEN_WORDS))
    .where(cycle_partnerships.c.cycle_id == cycles.c.id)
    .scalar_subquery()
)
_SETS = (
    select(aggregate_strings(cycle_sets.c.organisation_type + _FOR_WORDS + cycle_sets.c.set_id, _BETWEEN_WORDS))
    .where(cycle_sets.c.cycle_id == cycles.c.id)
    .scalar_subquery()
)
CYCLE_COLUMNS = (*cycles.c, _RUNNING.label("running"), _SETS.label("sets"))
"""All that a cycle is made of, from ``cycle_of``: in one row, for nearly every page asks for one."""

_ALL = select(*CYCLE_COLUMNS).order_by(cycles.c.due.desc(), cycles.c.id)


def cycle_of(row: Row[*tuple[Any, ...]]) -> Cycle:
    """Return the cycle that a row with ``CYCLE_COLUMNS`` tells of."""
    return Cycle(
        id=row.id,
        name=row.name,
        due=row.due,
        status=CycleStatus(row.status),
        partnership_ids=frozenset(_parts(row.running)),
        set_ids_by_type=dict(part.split(_FOR) for part in _parts(row.sets)),
        audit_name=row.audit_name,
        moderators_per_return=row.moderators_per_return,
        removed_returns=row.removed_returns,
    )


def _parts(joined: str | None) -> list[str]:
    return joined.split(_BETWEEN) if joined else []
