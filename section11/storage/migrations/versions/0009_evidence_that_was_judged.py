"""The evidence that was judged with an answer, so that a judgement is out of date when it changes.

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# Judgements of before were of what was attached when the return was signed, and stay up to date.
_JUDGED = """
SELECT moderations.assessment_id, moderations.question_id, answer_evidence.item_id, MAX(evidence_revisions.number)
FROM moderations
JOIN assessments ON assessments.id = moderations.assessment_id
JOIN answer_evidence ON answer_evidence.assessment_id = moderations.assessment_id
    AND answer_evidence.question_id = moderations.question_id
JOIN evidence_revisions ON evidence_revisions.item_id = answer_evidence.item_id
    AND evidence_revisions.added_at <= assessments.signed_at
GROUP BY moderations.assessment_id, moderations.question_id, answer_evidence.item_id
"""
_KEEP = "UPDATE moderations SET attached = :attached WHERE assessment_id = :assessment AND question_id = :question"


def upgrade() -> None:
    with op.batch_alter_table("moderations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("attached", sa.Text(), nullable=True))
    connection = op.get_bind()
    connection.execute(sa.text("UPDATE moderations SET attached = ''"))
    judged: dict[tuple[str, str], list[str]] = {}
    for assessment, question, item, revision_number in sorted(map(tuple, connection.execute(sa.text(_JUDGED)))):
        judged.setdefault((assessment, question), []).append(f"{item}/{revision_number}")
    for (assessment, question), attached in judged.items():
        values = {"assessment": assessment, "question": question, "attached": " ".join(attached)}
        connection.execute(sa.text(_KEEP), values)
    with op.batch_alter_table("moderations", schema=None) as batch_op:
        batch_op.alter_column("attached", existing_type=sa.Text(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("moderations", schema=None) as batch_op:
        batch_op.drop_column("attached")
