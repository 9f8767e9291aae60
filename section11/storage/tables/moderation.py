"""Tables of moderation: who judges which return, and what they judged."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table

from section11.storage.tables.columns import Code, UtcDateTime, Words, metadata

moderations = Table(
    "moderations",
    metadata,
    Column("assessment_id", ForeignKey("assessments.id"), primary_key=True),
    Column("question_id", Code(40), primary_key=True),
    Column("seat", Code(10), primary_key=True),
    Column("moderator_id", ForeignKey("people.id"), nullable=False),
    Column("rating", Code(40)),
    Column("no_rating", Boolean, nullable=False, default=False),
    Column("evidence_quality", Code(20)),
    Column("reason", Words, nullable=False, default=""),
    Column("answer_version", Integer, nullable=False),
    # The evidence that was judged with the answer, as "item/revision" with blanks between.
    Column("attached", Words, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

moderation_assignments = Table(
    "moderation_assignments",
    metadata,
    Column("assessment_id", ForeignKey("assessments.id"), primary_key=True),
    Column("seat", Code(10), primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("done_at", UtcDateTime),
)
