"""Alembic's entry point: runs migrations on the connection that ``migrate`` hands over."""

from __future__ import annotations

from typing import Literal

from alembic import context

from section11.storage.tables import metadata
from section11.storage.tables.columns import Code, UtcDateTime, Words


def _render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our own column types into new migrations as the plain columns they are in the database."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Words | Code):
        return f"sa.{item.impl_instance!r}"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    render_item=_render_item,
)
with context.begin_transaction():
    context.run_migrations()
