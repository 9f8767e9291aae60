"""Frozen standards sets: the exact content in force, kept by its SHA-256."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from section11.storage.tables import cycle_sets, cycles, standards_sets


class StandardsSetRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, *, sha256: str, set_id: str, content: str, stored_at: datetime) -> None:
        """Keep a frozen set; the same content again changes nothing."""
        if self.content(sha256) is None:
            self._connection.execute(
                insert(standards_sets).values(sha256=sha256, set_id=set_id, content=content, stored_at=stored_at)
            )

    def content(self, sha256: str) -> str | None:
        """Return the canonical JSON of a frozen set."""
        query = select(standards_sets.c.content).where(standards_sets.c.sha256 == sha256)
        return self._connection.execute(query).scalar_one_or_none()

    def contents_of(self, set_id: str) -> list[str]:
        """Return the canonical JSON of every edition of a set that was frozen."""
        query = select(standards_sets.c.content).where(standards_sets.c.set_id == set_id)
        return list(self._connection.execute(query).scalars())

    def used(self) -> list[tuple[str, str]]:
        """Return the name of a cycle and the canonical JSON of a set it uses, once for each, the latest cycle first."""
        query = (
            select(cycles.c.name, cycles.c.due, cycles.c.id, standards_sets.c.content)
            .join(cycle_sets, cycle_sets.c.cycle_id == cycles.c.id)
            .join(standards_sets, standards_sets.c.sha256 == cycle_sets.c.set_sha256)
            .order_by(cycles.c.due.desc(), cycles.c.id, standards_sets.c.content)
            .distinct()
        )
        return [(row.name, row.content) for row in self._connection.execute(query)]
