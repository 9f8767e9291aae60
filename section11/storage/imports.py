"""Imports as a whole: what each one changed, so that it can be undone; and how columns of files are read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from section11.errors import BadInputError
from section11.storage.tables import import_layouts, imports


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One file that was taken in. ``changes`` is what undoing needs, as each kind of import writes it."""

    id: str
    partnership_id: str
    cycle_id: str | None
    kind: str
    filename: str
    file_sha256: str
    at: datetime
    by: str
    changes: Mapping[str, Any]
    undone_at: datetime | None = None


@contextmanager
def telling_what_is_in_use() -> Iterator[None]:
    """Say in a sentence that the database will not let go of a row that another one points at.

    Raises:
        BadInputError: it is so; the transaction must be left without a commit.
    """
    try:
        yield
    except IntegrityError:
        raise BadInputError(
            "This import cannot be undone: something it added is used elsewhere by now. Nothing was changed."
        ) from None


class ImportRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, one: ImportRecord) -> None:
        self._connection.execute(
            insert(imports).values(
                id=one.id,
                partnership_id=one.partnership_id,
                cycle_id=one.cycle_id,
                kind=one.kind,
                filename=one.filename,
                file_sha256=one.file_sha256,
                at=one.at,
                by=one.by,
                changes=json.dumps(one.changes, ensure_ascii=False),
            )
        )

    def get(self, import_id: str) -> ImportRecord | None:
        row = self._connection.execute(select(imports).where(imports.c.id == import_id)).one_or_none()
        return None if row is None else _record(row)

    def of_partnerships(self, partnership_ids: Iterable[str]) -> list[ImportRecord]:
        """Return the imports of these partnerships, the latest first."""
        query = select(imports).where(imports.c.partnership_id.in_(sorted(partnership_ids)))
        return [_record(row) for row in self._connection.execute(query.order_by(imports.c.at.desc(), imports.c.id))]

    def mark_undone(self, import_id: str, *, at: datetime, by: str) -> bool:
        """Say that an import was undone; False when it had been before. The database decides."""
        done = self._connection.execute(
            update(imports)
            .where(imports.c.id == import_id, imports.c.undone_at.is_(None))
            .values(undone_at=at, undone_by=by)
        )
        return done.rowcount == 1

    def layout(self, partnership_id: str, kind: str, headings_sha256: str) -> Mapping[str, Any] | None:
        """Return how the partnership reads files with these headings; None when nobody has chosen yet."""
        content = self._connection.execute(
            select(import_layouts.c.content).where(*_layout_key(partnership_id, kind, headings_sha256))
        ).scalar_one_or_none()
        found: Mapping[str, Any] | None = None if content is None else json.loads(content)
        return found

    def keep_layout(self, partnership_id: str, kind: str, headings_sha256: str, content: Mapping[str, Any]) -> None:
        """Keep how files with these headings are read, in place of what was chosen before."""
        self._connection.execute(delete(import_layouts).where(*_layout_key(partnership_id, kind, headings_sha256)))
        self._connection.execute(
            insert(import_layouts).values(
                partnership_id=partnership_id,
                kind=kind,
                headings_sha256=headings_sha256,
                content=json.dumps(content, ensure_ascii=False),
            )
        )


def _layout_key(partnership_id: str, kind: str, headings_sha256: str) -> tuple[Any, ...]:
    columns = import_layouts.c
    return (
        columns.partnership_id == partnership_id,
        columns.kind == kind,
        columns.headings_sha256 == headings_sha256,
    )


def _record(row: Row[tuple[object, ...]]) -> ImportRecord:
    return ImportRecord(
        id=row.id,
        partnership_id=row.partnership_id,
        cycle_id=row.cycle_id,
        kind=row.kind,
        filename=row.filename,
        file_sha256=row.file_sha256,
        at=row.at,
        by=row.by,
        changes=json.loads(row.changes),
        undone_at=row.undone_at,
    )
