"""What was signed, the words of each partnership's declaration, hand-backs, and queries with who read them.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signed_snapshots",
        sa.Column("assessment_id", sa.String(length=170), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("declaration", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessments.id"], name=op.f("fk_signed_snapshots_assessment_id")),
        sa.PrimaryKeyConstraint("assessment_id", "number", name=op.f("pk_signed_snapshots")),
    )
    op.create_table(
        "declarations",
        sa.Column("partnership_id", sa.String(length=80), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnerships.id"], name=op.f("fk_declarations_partnership_id")),
        sa.PrimaryKeyConstraint("partnership_id", name=op.f("pk_declarations")),
    )
    op.create_table(
        "hand_backs",
        sa.Column("assessment_id", sa.String(length=170), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("question_ids", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessments.id"], name=op.f("fk_hand_backs_assessment_id")),
        sa.PrimaryKeyConstraint("assessment_id", "number", name=op.f("pk_hand_backs")),
    )
    op.create_table(
        "queries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.String(length=170), nullable=False),
        sa.Column("question_id", sa.String(length=40), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("by_scrutiny", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessments.id"], name=op.f("fk_queries_assessment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queries")),
    )
    with op.batch_alter_table("queries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_queries_assessment_id"), ["assessment_id"], unique=False)
    op.create_table(
        "query_reads",
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("assessment_id", sa.String(length=170), nullable=False),
        sa.Column("question_id", sa.String(length=40), nullable=False),
        sa.Column("last_read_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessments.id"], name=op.f("fk_query_reads_assessment_id")),
        sa.PrimaryKeyConstraint("person_id", "assessment_id", "question_id", name=op.f("pk_query_reads")),
    )


def downgrade() -> None:
    op.drop_table("query_reads")
    with op.batch_alter_table("queries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_queries_assessment_id"))
    op.drop_table("queries")
    op.drop_table("hand_backs")
    op.drop_table("declarations")
    op.drop_table("signed_snapshots")
