"""Evidence files and links, their revisions, and the questions they are attached to.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence_items",
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("organisation_id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_evidence_items_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_items")),
    )
    op.create_index("ix_evidence_items_organisation_id", "evidence_items", ["organisation_id"])
    op.create_table(
        "evidence_revisions",
        sa.Column("item_id", sa.String(length=100), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("scan", sa.String(length=20), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["evidence_items.id"], name=op.f("fk_evidence_revisions_item_id")),
        sa.PrimaryKeyConstraint("item_id", "number", name=op.f("pk_evidence_revisions")),
    )
    op.create_table(
        "answer_evidence",
        sa.Column("assessment_id", sa.String(length=170), nullable=False),
        sa.Column("question_id", sa.String(length=40), nullable=False),
        sa.Column("item_id", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessments.id"], name=op.f("fk_answer_evidence_assessment_id")),
        sa.ForeignKeyConstraint(["item_id"], ["evidence_items.id"], name=op.f("fk_answer_evidence_item_id")),
        sa.PrimaryKeyConstraint("assessment_id", "question_id", "item_id", name=op.f("pk_answer_evidence")),
    )
    op.create_index("ix_answer_evidence_item_id", "answer_evidence", ["item_id"])


def downgrade() -> None:
    op.drop_table("answer_evidence")
    op.drop_table("evidence_revisions")
    op.drop_table("evidence_items")
