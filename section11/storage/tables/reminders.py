"""Tables of reminders: each cycle's own schedule, until when it was looked through, and which mails people want."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Table

from section11.storage.tables.columns import Code, UtcDateTime, Words, metadata

reminder_schedules = Table(
    "reminder_schedules",
    metadata,
    Column("cycle_id", ForeignKey("cycles.id"), primary_key=True),
    Column("is_on", Boolean, nullable=False),
    Column("days_before", Words, nullable=False),
    Column("days_after", Words, nullable=False),
    Column("roles", Words, nullable=False),
)

reminder_marks = Table(
    "reminder_marks",
    metadata,
    Column("cycle_id", ForeignKey("cycles.id"), primary_key=True),
    Column("until", UtcDateTime, nullable=False),
)

mail_choices = Table(
    "mail_choices",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("mail", Code(40), primary_key=True),
    Column("is_wanted", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
