"""Table of what was reported about actions after they were promised; the actions themselves are with the returns."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table

from section11.storage.tables.columns import Code, UtcDateTime, Words, metadata

action_updates = Table(
    "action_updates",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("action_id", ForeignKey("actions.id"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("by", Code(40), nullable=False),
    Column("status", Code(20), nullable=False),
    Column("words", Words, nullable=False),
)
