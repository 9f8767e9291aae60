"""Tables of the doors: tokens of the data API, imports that can be undone, and how the columns of files are read."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table

from section11.storage.tables.columns import Code, UtcDateTime, Words, metadata

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", Code(40), primary_key=True),
    Column("partnership_id", ForeignKey("partnerships.id"), nullable=False, index=True),
    Column("name", Words, nullable=False),
    Column("token_hash", Code(64), nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", Code(40), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("last_used_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
)

imports = Table(
    "imports",
    metadata,
    Column("id", Code(40), primary_key=True),
    Column("partnership_id", ForeignKey("partnerships.id"), nullable=False, index=True),
    Column("cycle_id", ForeignKey("cycles.id")),
    Column("kind", Code(20), nullable=False),
    Column("filename", Words, nullable=False),
    Column("file_sha256", Code(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", Code(40), nullable=False),
    Column("changes", Words, nullable=False),
    Column("undone_at", UtcDateTime),
    Column("undone_by", Code(40)),
)

import_layouts = Table(
    "import_layouts",
    metadata,
    Column("partnership_id", ForeignKey("partnerships.id"), primary_key=True),
    Column("kind", Code(20), primary_key=True),
    Column("headings_sha256", Code(64), primary_key=True),
    Column("content", Words, nullable=False),
)
