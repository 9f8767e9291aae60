"""Answers that scrutiny picked as good practice to share.

Revision ID: 0012
Revises: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "good_practices",
        sa.Column("assessment_id", sa.String(length=170), nullable=False),
        sa.Column("question_id", sa.String(length=40), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessments.id"], name=op.f("fk_good_practices_assessment_id")),
        sa.PrimaryKeyConstraint("assessment_id", "question_id", name=op.f("pk_good_practices")),
    )


def downgrade() -> None:
    op.drop_table("good_practices")
