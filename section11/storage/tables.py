"""The tables. One row per fact; text ids that people can read."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets the time zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _without_zero_bytes(value: str | None) -> str | None:
    """PostgreSQL refuses text with zero bytes, and an address that holds one must simply find nothing."""
    return None if value is None else value.replace("\x00", "\ufffd")


class Words(TypeDecorator[str]):
    """Text of any length."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return _without_zero_bytes(value)


class Code(TypeDecorator[str]):
    """A short text: a name or an id in our own letters."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return _without_zero_bytes(value)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

database_facts = Table(
    "database_facts",
    metadata,
    Column("name", Code(40), primary_key=True),
    Column("value", Words, nullable=False),
)

partnerships = Table(
    "partnerships",
    metadata,
    Column("id", Code(80), primary_key=True),
    Column("name", Words, nullable=False),
)

organisations = Table(
    "organisations",
    metadata,
    Column("id", Code(80), primary_key=True),
    Column("name", Words, nullable=False),
    Column("type", Code(60), nullable=False),
    Column("urn", Code(20), nullable=False, default=""),
    Column("ods_code", Code(20), nullable=False, default=""),
    Column("parent_id", ForeignKey("organisations.id"), index=True),
    Column("is_open", Boolean, nullable=False, default=True),
)

memberships = Table(
    "memberships",
    metadata,
    Column("organisation_id", ForeignKey("organisations.id"), primary_key=True),
    Column("partnership_id", ForeignKey("partnerships.id"), primary_key=True, index=True),
    Column("duty", Code(20), nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", Code(40), primary_key=True),
    Column("email", Code(254), nullable=False, unique=True),
    Column("name", Words, nullable=False),
    Column("post", Words, nullable=False, default=""),
    Column("password_hash", Words),
    Column("is_closed", Boolean, nullable=False, default=False),
    Column("failed_sign_ins", Integer, nullable=False, default=0),
    Column("locked_until", UtcDateTime),
)

grants = Table(
    "grants",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("role", Code(20), nullable=False),
    Column("organisation_id", ForeignKey("organisations.id"), index=True),
    Column("partnership_id", ForeignKey("partnerships.id"), index=True),
)

web_sessions = Table(
    "web_sessions",
    metadata,
    Column("token_hash", Code(64), primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    Column("token_hash", Code(64), primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)

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
    UniqueConstraint("assessment_id", "question_id"),
)

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

Index("ix_assessments_cycle_status", assessments.c.cycle_id, assessments.c.status)
