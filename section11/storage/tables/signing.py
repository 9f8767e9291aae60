"""Tables of signing and giving back: what was signed, the words that are signed, hand-backs, and queries."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table

from section11.storage.tables.columns import Code, UtcDateTime, Words, metadata

signed_snapshots = Table(
    "signed_snapshots",
    metadata,
    Column("assessment_id", ForeignKey("assessments.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", Code(40), nullable=False),
    Column("post", Words, nullable=False),
    Column("declaration", Words, nullable=False),
    Column("content", Words, nullable=False),
    Column("sha256", Code(64), nullable=False),
)

declarations = Table(
    "declarations",
    metadata,
    Column("partnership_id", ForeignKey("partnerships.id"), primary_key=True),
    Column("words", Words, nullable=False),
)

hand_backs = Table(
    "hand_backs",
    metadata,
    Column("assessment_id", ForeignKey("assessments.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", Code(20), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", Code(40), nullable=False),
    Column("reason", Words, nullable=False),
    Column("question_ids", Words, nullable=False),
)

queries = Table(
    "queries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assessment_id", ForeignKey("assessments.id"), nullable=False, index=True),
    Column("question_id", Code(40), nullable=False),
    Column("side", Code(20), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", Code(40), nullable=False),
    Column("by_scrutiny", Boolean, nullable=False),
    Column("words", Words, nullable=False),
)

query_reads = Table(
    "query_reads",
    metadata,
    Column("person_id", Code(40), primary_key=True),
    Column("assessment_id", ForeignKey("assessments.id"), primary_key=True),
    Column("question_id", Code(40), primary_key=True),
    Column("last_read_id", Integer, nullable=False),
)
