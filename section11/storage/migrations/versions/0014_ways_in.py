"""Ways in: wrong tries, known browsers, the second step, other services' accounts, and how leavers' roles end.

Revision ID: 0014
Revises: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_column("failed_sign_ins")
        batch_op.drop_column("locked_until")
        batch_op.add_column(sa.Column("password_set_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("web_sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("browser", sa.Text(), nullable=True))
    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))

    op.create_table(
        "sign_in_tries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_tries")),
    )
    for column in ("account", "address", "at"):
        op.create_index(op.f(f"ix_sign_in_tries_{column}"), "sign_in_tries", [column], unique=False)
    op.create_table(
        "known_devices",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_known_devices_person_id")),
        sa.PrimaryKeyConstraint("token_hash", "person_id", name=op.f("pk_known_devices")),
    )
    op.create_index(op.f("ix_known_devices_person_id"), "known_devices", ["person_id"], unique=False)
    op.create_table(
        "begun_sign_ins",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_begun_sign_ins_person_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_begun_sign_ins")),
    )
    op.create_index(op.f("ix_begun_sign_ins_person_id"), "begun_sign_ins", ["person_id"], unique=False)
    op.create_table(
        "second_steps",
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("last_counter", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_second_steps_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_second_steps")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_recovery_codes_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_codes")),
    )
    op.create_index(op.f("ix_recovery_codes_person_id"), "recovery_codes", ["person_id"], unique=False)
    op.create_table(
        "outside_accounts",
        sa.Column("issuer", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_outside_accounts_person_id")),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_outside_accounts")),
    )
    op.create_index(op.f("ix_outside_accounts_person_id"), "outside_accounts", ["person_id"], unique=False)
    op.create_table(
        "waiting_grants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.String(length=80), nullable=True),
        sa.Column("partnership_id", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["token_hash"], ["invitations.token_hash"], name=op.f("fk_waiting_grants_token_hash")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_waiting_grants_organisation_id")
        ),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnerships.id"], name=op.f("fk_waiting_grants_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_grants")),
    )
    op.create_index(op.f("ix_waiting_grants_token_hash"), "waiting_grants", ["token_hash"], unique=False)


def downgrade() -> None:
    # A link that only gives a further role would choose a password in the earlier release.
    op.execute(
        "UPDATE invitations SET used_at = created_at "
        "WHERE used_at IS NULL AND token_hash IN (SELECT token_hash FROM waiting_grants)"
    )
    for table in (
        "waiting_grants", "outside_accounts", "recovery_codes", "second_steps", "begun_sign_ins", "known_devices",
        "sign_in_tries",
    ):
        op.drop_table(table)
    # The earlier release knows no roles that ended: they are gone, and the trail still tells of them.
    op.execute("DELETE FROM grants WHERE ended_at IS NOT NULL")
    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.drop_column("ended_at")
    with op.batch_alter_table("web_sessions", schema=None) as batch_op:
        batch_op.drop_column("browser")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_column("password_set_at")
        batch_op.add_column(sa.Column("failed_sign_ins", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True))
