"""The table of good practice: answers that scrutiny picked to share."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table

from section11.storage.tables.columns import Code, UtcDateTime, Words, metadata

good_practices = Table(
    "good_practices",
    metadata,
    Column("assessment_id", ForeignKey("assessments.id"), primary_key=True),
    Column("question_id", Code(40), primary_key=True),
    Column("why", Words, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", Code(40), nullable=False),
)
