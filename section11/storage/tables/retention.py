"""Tables of keeping and deleting: the rules each partnership switched on, and the people whose data were erased."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table

from section11.storage.tables.columns import Code, UtcDateTime, metadata

retention_rules = Table(
    "retention_rules",
    metadata,
    Column("partnership_id", ForeignKey("partnerships.id"), primary_key=True),
    Column("rule", Code(20), primary_key=True),
    Column("years", Integer, nullable=False),
)

erased_people = Table(
    "erased_people",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("by", Code(40), nullable=False),
)
