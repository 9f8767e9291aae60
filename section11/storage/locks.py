"""What is done one at a time on the whole database, however many processes there are."""

from __future__ import annotations

from enum import IntEnum

from sqlalchemy import Connection, text


class OneAtATime(IntEnum):
    """The numbers by which PostgreSQL tells these locks apart; what they are does not matter."""

    SIGN_IN_TRIES = 1_104
    MIGRATIONS = 1_105


def wait_for_turn(connection: Connection, what: OneAtATime) -> None:
    """Wait until nobody else does this, and keep others waiting until the transaction ends.

    It does nothing on SQLite, which has one writer in any case.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": int(what)})
