"""Facts about the database itself: whether it is a demo, and its partnerships."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from section11.domain.organisations import Partnership
from section11.storage.tables import database_facts, partnerships

KIND = "kind"
DEMO = "demo"
REAL = "real"


class FactRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def kind(self) -> str | None:
        """Return ``demo``, ``real``, or None for a database nobody has started yet."""
        query = select(database_facts.c.value).where(database_facts.c.name == KIND)
        return self._connection.execute(query).scalar_one_or_none()

    def set_kind(self, kind: str) -> None:
        """Say once, for the life of the database, what it is."""
        self._connection.execute(insert(database_facts).values(name=KIND, value=kind))

    def add_partnership(self, partnership: Partnership) -> None:
        self._connection.execute(insert(partnerships).values(id=partnership.id, name=partnership.name))

    def partnerships(self) -> dict[str, Partnership]:
        rows = self._connection.execute(select(partnerships.c.id, partnerships.c.name).order_by(partnerships.c.name))
        return {row.id: Partnership(row.id, row.name) for row in rows}

    def lock_partnership(self, partnership_id: str) -> bool:
        """Hold a partnership until the transaction ends, so that its settings change one at a time; False without one.

        SQLite has one writer anyway and ignores this.
        """
        row = select(partnerships.c.id).where(partnerships.c.id == partnership_id).with_for_update(key_share=True)
        return self._connection.execute(row).one_or_none() is not None
