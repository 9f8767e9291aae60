"""Table of feedback letters: the wording and the document of each partnership that has its own."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, LargeBinary, Table

from section11.storage.tables.columns import Words, metadata

letter_templates = Table(
    "letter_templates",
    metadata,
    Column("partnership_id", ForeignKey("partnerships.id"), primary_key=True),
    Column("words", Words, nullable=False),
    Column("document_name", Words, nullable=False),
    Column("document", LargeBinary, nullable=False),
)
