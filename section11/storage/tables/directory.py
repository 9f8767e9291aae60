"""Tables of places and people: partnerships, organisations, who may sign in and in which role."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table

from section11.storage.tables.columns import Code, UtcDateTime, Words, metadata

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
    Column("password_set_at", UtcDateTime),
)

grants = Table(
    "grants",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("role", Code(20), nullable=False),
    Column("organisation_id", ForeignKey("organisations.id"), index=True),
    Column("partnership_id", ForeignKey("partnerships.id"), index=True),
    Column("ended_at", UtcDateTime),
)

web_sessions = Table(
    "web_sessions",
    metadata,
    Column("token_hash", Code(64), primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("browser", Words),
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
