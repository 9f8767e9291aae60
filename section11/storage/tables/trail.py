"""Tables of the audit trail: events chained by their hashes, and the head of each chain."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table

from section11.storage.tables.columns import Code, UtcDateTime, Words, metadata

audit_events = Table(
    "audit_events",
    metadata,
    Column("stream", Code(180), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", Code(40), nullable=False),
    Column("name", Code(60), nullable=False),
    Column("details", Words, nullable=False),
    Column("previous_hash", Code(64), nullable=False),
    Column("hash", Code(64), nullable=False),
)

audit_heads = Table(
    "audit_heads",
    metadata,
    Column("stream", Code(180), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("hash", Code(64), nullable=False),
)
