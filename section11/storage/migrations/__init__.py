"""Bringing the tables of a database up to date, or back to those of an earlier release."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from section11.storage.engine import begin_writing
from section11.storage.locks import OneAtATime, wait_for_turn


def migrate(engine: Engine) -> None:
    """Apply every migration the database does not have yet, in one transaction.

    Of processes that are started together the first does it; the others wait, and find nothing left to do.
    """
    _run(engine, partial(command.upgrade, revision="head"))


def go_back(engine: Engine, revision: str) -> None:
    """Undo every migration after ``revision``, in one transaction; what only they could hold is lost."""
    _run(engine, partial(command.downgrade, revision=revision))


def knows(revision: str) -> bool:
    """Return whether this release has a migration of that name."""
    return any(one.revision == revision for one in ScriptDirectory.from_config(_config()).walk_revisions())


def earlier_than_now() -> list[str]:
    """Return what the tables can be taken back to, the latest first."""
    return [one.revision for one in ScriptDirectory.from_config(_config()).walk_revisions()][1:]


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


def _run(engine: Engine, change: Callable[[Config], None]) -> None:
    config = _config()
    with engine.connect() as connection, _tables_may_be_made_anew(connection):
        begin_writing(connection)
        # Alembic commits after each migration, unless it finds that the transaction is somebody else's.
        with connection.begin():
            wait_for_turn(connection, OneAtATime.MIGRATIONS)
            config.attributes["connection"] = connection
            change(config)


@contextmanager
def _tables_may_be_made_anew(connection: Connection) -> Iterator[None]:
    """Let SQLite drop a table that others point at: that is how it changes a column, by a copy that takes its place.

    The copy holds the same rows, so every key holds again at the end. PostgreSQL changes columns where they are.
    """
    driver = connection.connection.driver_connection
    if connection.dialect.name != "sqlite" or driver is None:
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")
