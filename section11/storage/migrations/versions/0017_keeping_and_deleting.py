"""Keeping and deleting: the rules of each partnership, and the people whose data were erased.

Revision ID: 0017
Revises: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "retention_rules",
        sa.Column("partnership_id", sa.String(length=80), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnerships.id"], name=op.f("fk_retention_rules_partnership_id")
        ),
        sa.PrimaryKeyConstraint("partnership_id", "rule", name=op.f("pk_retention_rules")),
    )
    op.create_table(
        "erased_people",
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_erased_people_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_erased_people")),
    )
    with op.batch_alter_table("cycles", schema=None) as batch_op:
        batch_op.add_column(sa.Column("removed_returns", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("cycles", schema=None) as batch_op:
        batch_op.drop_column("removed_returns")
    op.drop_table("erased_people")
    op.drop_table("retention_rules")
    # The earlier release knows no files that were removed; like those that were refused they are never opened.
    op.execute("UPDATE evidence_revisions SET scan = 'refused' WHERE scan = 'removed'")
