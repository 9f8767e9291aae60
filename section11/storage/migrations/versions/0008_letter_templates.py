"""The wording and the document of feedback letters, of each partnership that has its own.

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter_templates",
        sa.Column("partnership_id", sa.String(length=80), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("document_name", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnerships.id"], name=op.f("fk_letter_templates_partnership_id")
        ),
        sa.PrimaryKeyConstraint("partnership_id", name=op.f("pk_letter_templates")),
    )


def downgrade() -> None:
    op.drop_table("letter_templates")
