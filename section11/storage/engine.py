"""Opening the database: SQLite with durable settings by default, PostgreSQL by address."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from section11.errors import SettingMissingError

BUSY_TIMEOUT_MS = 10_000
CONNECTIONS_KEPT, MOST_CONNECTIONS = 5, 10
"""Of one process to PostgreSQL, which allows a hundred unless it is told otherwise. Nobody holds two at once."""
SURE_FOR_SECONDS = 2.0
"""How long after its last use a connection to PostgreSQL is taken without asking whether it still works."""
_GIVEN_BACK = "section11_given_back"


def open_engine(database_url: str) -> Engine:
    """Return an engine for ``sqlite:///…`` or ``postgresql://…``.

    Raises:
        SettingMissingError: the address is not one of the two.
    """
    try:
        url = make_url(database_url)
        if url.get_backend_name() == "sqlite":
            return _sqlite_engine(url)
        if url.get_backend_name() == "postgresql":
            return _postgresql_engine(url)
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


def _postgresql_engine(url: URL) -> Engine:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=CONNECTIONS_KEPT,
        max_overflow=MOST_CONNECTIONS - CONNECTIONS_KEPT,
        hide_parameters=True,
    )

    @event.listens_for(engine, "checkin")
    def _on_checkin(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info[_GIVEN_BACK] = monotonic()

    @event.listens_for(engine, "checkout")
    def _on_checkout(connection: psycopg.Connection | None, record: ConnectionPoolEntry, _fairy: object) -> None:
        # A server that was started again has forgotten its connections. To ask before every use costs a save a tenth.
        if connection is None or monotonic() - record.info.get(_GIVEN_BACK, monotonic()) < SURE_FOR_SECONDS:
            return
        try:
            connection.execute("SELECT 1")
            connection.rollback()
        except psycopg.OperationalError as error:
            raise DisconnectionError() from error

    return engine


class SqliteDialect(SQLiteDialect_pysqlite):
    """SQLite whose transactions begin where SQLAlchemy says so, and not where the driver would begin them.

    An event for it would cost every statement a tenth of its time, as SQLAlchemy then looks for events at each.
    """

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: Any) -> None:
        if not dbapi_connection.in_transaction:  # ``begin_writing`` may have begun one.
            dbapi_connection.execute("BEGIN")


registry.register("sqlite.section11", __name__, SqliteDialect.__name__)


def begin_writing(connection: Connection) -> None:
    """Begin a transaction that changes things: on SQLite its lock is taken at once.

    Two writers then queue, instead of one of them failing half-way.
    """
    if connection.dialect.name == "sqlite":
        connection.connection.execute("BEGIN IMMEDIATE")


def _sqlite_engine(url: URL) -> Engine:
    own = url.set(drivername="sqlite+section11")
    engine = create_engine(own, pool_size=20, max_overflow=40, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
        # The driver must not begin transactions by itself: the dialect and ``begin_writing`` do.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        _keep_a_write_ahead_log(cursor)
        # FULL, not NORMAL: a save that was acknowledged must survive a power cut.
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    return engine


def _keep_a_write_ahead_log(cursor: sqlite3.Cursor) -> None:
    """Let people read while somebody writes.

    A new file is changed over once, and SQLite does not wait for that as it waits for everything else: processes that
    are started together on a new file would fail, so they try again.
    """
    give_up_at = monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > give_up_at:
                raise
            sleep(0.01)
