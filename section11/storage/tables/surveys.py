"""The table of what staff said in surveys, beside the self ratings of the same cycle."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table

from section11.storage.tables.columns import Code, UtcDateTime, metadata

survey_results = Table(
    "survey_results",
    metadata,
    Column("cycle_id", ForeignKey("cycles.id"), primary_key=True),
    Column("partnership_id", ForeignKey("partnerships.id"), primary_key=True),
    # Empty for everybody in the partnership: part of a primary key cannot be null.
    Column("organisation_id", Code(80), primary_key=True),
    Column("subject", Code(60), primary_key=True),
    Column("agree", Integer, nullable=False),
    Column("responses", Integer, nullable=False),
    Column("imported_at", UtcDateTime, nullable=False),
)
