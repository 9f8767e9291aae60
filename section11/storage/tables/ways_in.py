"""Tables of the ways in: wrong tries, browsers that are known, the second step, and accounts of other services."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table

from section11.storage.tables.columns import Code, UtcDateTime, Words, metadata

sign_in_tries = Table(
    "sign_in_tries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", Code(64), nullable=False, index=True),
    Column("address", Code(64), nullable=False, index=True),
    Column("device", Code(64), nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
)

known_devices = Table(
    "known_devices",
    metadata,
    Column("token_hash", Code(64), primary_key=True),
    Column("person_id", ForeignKey("people.id"), primary_key=True, index=True),
    Column("last_used_at", UtcDateTime, nullable=False),
)

begun_sign_ins = Table(
    "begun_sign_ins",
    metadata,
    Column("token_hash", Code(64), primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("way", Words, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

second_steps = Table(
    "second_steps",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("secret", Words, nullable=False),
    Column("is_on", Boolean, nullable=False),
    Column("last_counter", Integer, nullable=False),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("code_hash", Words, nullable=False),
    Column("used_at", UtcDateTime),
)

outside_accounts = Table(
    "outside_accounts",
    metadata,
    Column("issuer", Code(255), primary_key=True),
    Column("subject", Code(255), primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
)

waiting_grants = Table(
    "waiting_grants",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token_hash", ForeignKey("invitations.token_hash"), nullable=False, index=True),
    Column("role", Code(20), nullable=False),
    Column("organisation_id", ForeignKey("organisations.id")),
    Column("partnership_id", ForeignKey("partnerships.id")),
)
