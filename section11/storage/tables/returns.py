"""Tables of returns: assessments, answers and the actions promised under them."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table, UniqueConstraint

from section11.storage.tables.columns import Code, UtcDateTime, Words, metadata

assessments = Table(
    "assessments",
    metadata,
    Column("id", Code(170), primary_key=True),
    Column("cycle_id", ForeignKey("cycles.id"), nullable=False),
    Column("organisation_id", ForeignKey("organisations.id"), nullable=False, index=True),
    Column("organisation_type", Code(60), nullable=False),
    Column("status", Code(20), nullable=False),
    Column("set_sha256", ForeignKey("standards_sets.sha256"), nullable=False),
    Column("revision", Integer, nullable=False, default=0),
    Column("settled", Integer, nullable=False, default=0),
    Column("asked", Integer, nullable=False, default=0),
    Column("signed_at", UtcDateTime),
    Column("signed_by", Code(40)),
    Column("declaration", Words, nullable=False, default=""),
    Column("hand_back_reason", Words, nullable=False, default=""),
    UniqueConstraint("cycle_id", "organisation_id"),
)

answers = Table(
    "answers",
    metadata,
    Column("assessment_id", ForeignKey("assessments.id"), primary_key=True),
    Column("question_id", Code(40), primary_key=True),
    Column("rating", Code(40)),
    Column("marker", Code(20)),
    Column("reason", Words, nullable=False, default=""),
    Column("evidence", Words, nullable=False, default=""),
    Column("impact", Words, nullable=False, default=""),
    Column("carried_from", Code(80)),
    Column("value", Words),
    Column("version", Integer, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("updated_by", Code(40), nullable=False),
)

actions = Table(
    "actions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("organisation_id", ForeignKey("organisations.id"), nullable=False, index=True),
    Column("assessment_id", ForeignKey("assessments.id"), nullable=False),
    Column("question_id", Code(40), nullable=False),
    Column("what", Words, nullable=False, default=""),
    Column("owner", Words, nullable=False, default=""),
    Column("due", Date),
    Column("status", Code(20), nullable=False, default="open"),
    Column("began", Date),
    Column("closed_at", UtcDateTime),
    Column("completion", Words, nullable=False, default=""),
    Column("change", Words, nullable=False, default=""),
    UniqueConstraint("assessment_id", "question_id"),
)

Index("ix_assessments_cycle_status", assessments.c.cycle_id, assessments.c.status)
