"""Moderation: who judges which return, what they judged, and how many moderators a cycle asks for.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("cycles", schema=None) as batch_op:
        batch_op.add_column(sa.Column("moderators_per_return", sa.Integer(), nullable=False, server_default="1"))

    op.create_table(
        "moderations",
        sa.Column("assessment_id", sa.String(length=170), nullable=False),
        sa.Column("question_id", sa.String(length=40), nullable=False),
        sa.Column("seat", sa.String(length=10), nullable=False),
        sa.Column("moderator_id", sa.String(length=40), nullable=False),
        sa.Column("rating", sa.String(length=40), nullable=True),
        sa.Column("no_rating", sa.Boolean(), nullable=False),
        sa.Column("evidence_quality", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answer_version", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessments.id"], name=op.f("fk_moderations_assessment_id")),
        sa.ForeignKeyConstraint(["moderator_id"], ["people.id"], name=op.f("fk_moderations_moderator_id")),
        sa.PrimaryKeyConstraint("assessment_id", "question_id", "seat", name=op.f("pk_moderations")),
    )
    op.create_table(
        "moderation_assignments",
        sa.Column("assessment_id", sa.String(length=170), nullable=False),
        sa.Column("seat", sa.String(length=10), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessments.id"], name=op.f("fk_moderation_assignments_assessment_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_moderation_assignments_person_id")),
        sa.PrimaryKeyConstraint("assessment_id", "seat", name=op.f("pk_moderation_assignments")),
    )
    with op.batch_alter_table("moderation_assignments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_moderation_assignments_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("moderation_assignments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_moderation_assignments_person_id"))

    op.drop_table("moderation_assignments")
    op.drop_table("moderations")
    with op.batch_alter_table("cycles", schema=None) as batch_op:
        batch_op.drop_column("moderators_per_return")
