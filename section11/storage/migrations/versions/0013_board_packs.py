"""Board packs: what people write for them, the packs made final, and partnerships' own slide templates.

Revision ID: 0013
Revises: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "board_pack_words",
        sa.Column("cycle_id", sa.String(length=80), nullable=False),
        sa.Column("part", sa.String(length=160), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_from", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_board_pack_words_cycle_id")),
        sa.PrimaryKeyConstraint("cycle_id", "part", name=op.f("pk_board_pack_words")),
    )
    op.create_table(
        "board_packs",
        sa.Column("cycle_id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made_by", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_board_packs_cycle_id")),
        sa.PrimaryKeyConstraint("cycle_id", "number", name=op.f("pk_board_packs")),
    )
    op.create_table(
        "slide_templates",
        sa.Column("partnership_id", sa.String(length=80), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnerships.id"], name=op.f("fk_slide_templates_partnership_id")),
        sa.PrimaryKeyConstraint("partnership_id", name=op.f("pk_slide_templates")),
    )


def downgrade() -> None:
    op.drop_table("slide_templates")
    op.drop_table("board_packs")
    op.drop_table("board_pack_words")
