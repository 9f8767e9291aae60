"""Counting what the database is asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from section11.services.office import Office


@contextmanager
def asked(office: Office) -> Iterator[list[str]]:
    """Give the list that every statement goes into meanwhile."""
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    event.listen(office.store.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(office.store.engine, "before_cursor_execute", note)
