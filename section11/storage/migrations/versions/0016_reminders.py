"""Reminders: each cycle's own schedule, until when it was looked through, and which mails people want.

Revision ID: 0016
Revises: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reminder_schedules",
        sa.Column("cycle_id", sa.String(length=80), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("days_before", sa.Text(), nullable=False),
        sa.Column("days_after", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_reminder_schedules_cycle_id")),
        sa.PrimaryKeyConstraint("cycle_id", name=op.f("pk_reminder_schedules")),
    )
    op.create_table(
        "reminder_marks",
        sa.Column("cycle_id", sa.String(length=80), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_reminder_marks_cycle_id")),
        sa.PrimaryKeyConstraint("cycle_id", name=op.f("pk_reminder_marks")),
    )
    op.create_table(
        "mail_choices",
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("mail", sa.String(length=40), nullable=False),
        sa.Column("is_wanted", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_mail_choices_person_id")),
        sa.PrimaryKeyConstraint("person_id", "mail", name=op.f("pk_mail_choices")),
    )


def downgrade() -> None:
    for table in ("mail_choices", "reminder_marks", "reminder_schedules"):
        op.drop_table(table)
