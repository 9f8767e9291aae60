"""What was signed, kept for ever, and the words of each partnership's declaration."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Row, delete, func, insert, select

from section11.domain.snapshots import SignedSnapshot
from section11.storage.tables import declarations, signed_snapshots


class SigningRepository:
    """Snapshots are added and read; they only go with their whole return (storage/retention.py)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_all(self, new: Sequence[SignedSnapshot]) -> None:
        if not new:
            return
        self._connection.execute(
            insert(signed_snapshots),
            [
                {
                    "assessment_id": one.assessment_id,
                    "number": one.number,
                    "at": one.at,
                    "by": one.by,
                    "post": one.post,
                    "declaration": one.declaration,
                    "content": one.content,
                    "sha256": one.sha256,
                }
                for one in new
            ],
        )

    def count(self, assessment_id: str) -> int:
        query = select(func.count()).where(signed_snapshots.c.assessment_id == assessment_id)
        return int(self._connection.execute(query).scalar_one())

    def latest(self, assessment_id: str, count: int) -> list[SignedSnapshot]:
        """Return the last ``count`` snapshots of an assessment, the latest first."""
        query = (
            select(signed_snapshots)
            .where(signed_snapshots.c.assessment_id == assessment_id)
            .order_by(signed_snapshots.c.number.desc())
            .limit(count)
        )
        return [_snapshot(row) for row in self._connection.execute(query)]

    def signed_assessments(self) -> list[str]:
        """Return the ids of the assessments of which something signed is kept."""
        return list(self._connection.execute(select(signed_snapshots.c.assessment_id).distinct()).scalars())

    def declarations_of(self, partnership_ids: Iterable[str]) -> dict[str, str]:
        """Return the words by partnership id, of those partnerships that have words of their own."""
        query = select(declarations).where(declarations.c.partnership_id.in_(sorted(partnership_ids)))
        return {row.partnership_id: row.words for row in self._connection.execute(query)}

    def put_declaration(self, partnership_id: str, words: str) -> None:
        """Write a partnership's words; empty ones take them away, so that the usual ones hold again."""
        self._connection.execute(delete(declarations).where(declarations.c.partnership_id == partnership_id))
        if words:
            self._connection.execute(insert(declarations).values(partnership_id=partnership_id, words=words))


def _snapshot(row: Row[tuple[object, ...]]) -> SignedSnapshot:
    return SignedSnapshot(
        assessment_id=row.assessment_id,
        number=row.number,
        at=row.at,
        by=row.by,
        post=row.post,
        declaration=row.declaration,
        content=row.content,
        sha256=row.sha256,
    )
