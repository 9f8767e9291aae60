"""Opening the database: SQLite with durable settings by default, PostgreSQL by address."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from section11.errors import SettingMissingError

WRITING = "section11_writing"
BUSY_TIMEOUT_MS = 10_000


def open_engine(database_url: str) -> Engine:
    """Return an engine for ``sqlite:///…`` or ``postgresql://…``.

    Raises:
        SettingMissingError: the address is not one of the two.
    """
    try:
        url = make_url(database_url)
        if url.get_backend_name() == "sqlite":
            return _sqlite_engine(database_url)
        if url.get_backend_name() == "postgresql":
            return create_engine(
                url.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=10, hide_parameters=True
            )
    except (ArgumentError, NoSuchModuleError):
        pass
    raise SettingMissingError(
        "SECTION11_DATABASE_URL is not a database address this product can use. "
        "Write sqlite:///path/to/file.db or postgresql://user:password@host/name."
    )


def has_tables(database_url: str) -> bool:
    """Return whether there is a database at this address with our tables. Nothing is made or changed.

    Raises:
        SettingMissingError: the address is neither SQLite nor PostgreSQL.
    """
    engine = open_engine(database_url)  # connects to nothing yet
    if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").is_file():
        return False
    try:
        return inspect(engine).has_table("cycle_sets")
    except DBAPIError:
        return False
    finally:
        engine.dispose()


def _sqlite_engine(database_url: str) -> Engine:
    engine = create_engine(database_url, pool_size=20, max_overflow=40, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
        # The driver must not begin transactions by itself: _on_begin decides which kind.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        # FULL, not NORMAL: a save that was acknowledged must survive a power cut.
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        # A writer takes the lock at once, so two writers queue instead of failing half-way.
        writing = connection.get_execution_options().get(WRITING, False)
        driver = connection.connection.dbapi_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.execute("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine
