"""Tables of the board pack: what people write for it, the packs made final, and partnerships' own slide templates."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Table

from section11.storage.tables.columns import Code, UtcDateTime, Words, metadata

board_pack_words = Table(
    "board_pack_words",
    metadata,
    Column("cycle_id", ForeignKey("cycles.id"), primary_key=True),
    Column("part", Code(160), primary_key=True),
    Column("words", Words, nullable=False),
    Column("made_from", Words, nullable=False),
    Column("version", Integer, nullable=False),
    Column("by", Code(40), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

board_packs = Table(
    "board_packs",
    metadata,
    Column("cycle_id", ForeignKey("cycles.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("made_by", Code(40), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("taken_at", UtcDateTime, nullable=False),
    Column("content", Words, nullable=False),
    Column("sha256", Code(64), nullable=False),
)

slide_templates = Table(
    "slide_templates",
    metadata,
    Column("partnership_id", ForeignKey("partnerships.id"), primary_key=True),
    Column("file_name", Words, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("sha256", Code(64), nullable=False),
    Column("by", Code(40), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
