"""Tables of evidence: what an organisation keeps, each of its revisions, and the questions it is attached to."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, Table

from section11.storage.tables.columns import Code, UtcDateTime, Words, metadata

evidence_items = Table(
    "evidence_items",
    metadata,
    Column("id", Code(100), primary_key=True),
    Column("organisation_id", ForeignKey("organisations.id"), nullable=False, index=True),
    Column("kind", Code(10), nullable=False),
    Column("title", Words, nullable=False),
    Column("dated", Date),
    Column("expires", Date),
)

evidence_revisions = Table(
    "evidence_revisions",
    metadata,
    Column("item_id", ForeignKey("evidence_items.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("url", Words, nullable=False, default=""),
    Column("sha256", Code(64), nullable=False, default=""),
    Column("size", Integer, nullable=False, default=0),
    Column("media_type", Code(100), nullable=False, default=""),
    Column("file_name", Words, nullable=False, default=""),
    Column("scan", Code(20), nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Column("added_by", Code(40), nullable=False),
)

answer_evidence = Table(
    "answer_evidence",
    metadata,
    Column("assessment_id", ForeignKey("assessments.id"), primary_key=True),
    Column("question_id", Code(40), primary_key=True),
    Column("item_id", ForeignKey("evidence_items.id"), primary_key=True, index=True),
)
