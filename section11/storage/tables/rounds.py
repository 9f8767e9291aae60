"""Tables of question sets as they were frozen, and of the cycles that use them."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, Table

from section11.storage.tables.columns import Code, UtcDateTime, Words, metadata

standards_sets = Table(
    "standards_sets",
    metadata,
    Column("sha256", Code(64), primary_key=True),
    Column("set_id", Code(80), nullable=False, index=True),
    Column("content", Words, nullable=False),
    Column("stored_at", UtcDateTime, nullable=False),
)

cycles = Table(
    "cycles",
    metadata,
    Column("id", Code(80), primary_key=True),
    Column("name", Words, nullable=False),
    Column("due", Date, nullable=False),
    Column("status", Code(20), nullable=False),
    Column("audit_name", Words, nullable=False),
    Column("moderators_per_return", Integer, nullable=False, server_default="1"),
    Column("removed_returns", Integer, nullable=False, server_default="0"),
)

cycle_partnerships = Table(
    "cycle_partnerships",
    metadata,
    Column("cycle_id", ForeignKey("cycles.id"), primary_key=True),
    Column("partnership_id", ForeignKey("partnerships.id"), primary_key=True, index=True),
)

cycle_sets = Table(
    "cycle_sets",
    metadata,
    Column("cycle_id", ForeignKey("cycles.id"), primary_key=True),
    Column("organisation_type", Code(60), primary_key=True),
    Column("set_id", Words, nullable=False),
    Column("set_sha256", ForeignKey("standards_sets.sha256")),
)
