"""Tables of mail: what waits and what was sent, and the texts and reply address of each partnership."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table

from section11.storage.tables.columns import Code, UtcDateTime, Words, metadata

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    # Names the mail for ever, so that whoever makes it twice makes it once.
    Column("key", Words, nullable=False, unique=True),
    Column("kind", Code(40), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("partnership_id", ForeignKey("partnerships.id"), nullable=False, index=True),
    # The assessment or cycle it tells of, which may be gone; none where it is about neither.
    Column("about", Code(120)),
    Column("subject", Words, nullable=False),
    Column("text", Words, nullable=False),
    # A one-time link, sealed; the text has a mark in its place. Both are erased when the mail is sent.
    Column("sealed_link", Words, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    # When it is tried next; none once it was sent, given up, or left out because what it told of was gone.
    Column("due_at", UtcDateTime, index=True),
    Column("good_until", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("given_up_at", UtcDateTime),
    Column("tries", Integer, nullable=False),
    Column("last_fault", Words, nullable=False),
)

mail_texts = Table(
    "mail_texts",
    metadata,
    Column("partnership_id", ForeignKey("partnerships.id"), primary_key=True),
    Column("kind", Code(40), primary_key=True),
    Column("subject", Words, nullable=False),
    Column("body", Words, nullable=False),
)

reply_addresses = Table(
    "reply_addresses",
    metadata,
    Column("partnership_id", ForeignKey("partnerships.id"), primary_key=True),
    Column("email", Words, nullable=False),
)
