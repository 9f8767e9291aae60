"""A copy of the whole database as it is at one moment, while people go on working, and putting one back."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, MetaData, create_engine, func, inspect, select, text

from section11.domain.evidence import ScanState
from section11.errors import Section11Error
from section11.storage.engine import open_engine
from section11.storage.tables import evidence_revisions, web_sessions

SQLITE, POSTGRESQL = "sqlite", "postgresql"
BEING_PUT_BACK = ".being-put-back"


class CopyFailedError(Section11Error):
    """The database could not be copied or put back."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database held: its kind, the last migration, how many rows each table has, and its evidence files."""

    kind: str
    revision: str
    rows: dict[str, int]
    evidence: tuple[str, ...]
    """The SHA-256 of each evidence file, once, in order."""


def copy_database(engine: Engine, target: Path) -> Contents:
    """Write a copy to ``target``, which must not exist, and return what is in it. Nobody has to stop working.

    Raises:
        CopyFailedError: the tools of PostgreSQL are missing, or the copy could not be written.
    """
    if engine.dialect.name == POSTGRESQL:
        return _dump(engine, target)
    try:
        # Not in a transaction: SQLite copies what is there at the moment it begins, whoever writes meanwhile.
        with closing(sqlite3.connect(engine.url.database or "")) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.Error as error:
        raise CopyFailedError(f"The database could not be copied to {target} ({error}). Is there room?") from error
    return contents_of_file(target)


def contents_of_file(path: Path) -> Contents:
    """Return what a copy of an SQLite database holds, after SQLite has found it whole.

    Raises:
        CopyFailedError: it is damaged.
    """
    engine = create_engine(f"sqlite:///{path}")
    try:
        with engine.connect() as connection:
            if connection.execute(text("PRAGMA integrity_check")).scalar_one() != "ok":
                raise CopyFailedError(f"The copy of the database in {path.name} is damaged.")
            return _contents(connection)
    finally:
        engine.dispose()


def faults_of_file(engine: Engine) -> list[str]:
    """Return what SQLite finds wrong with its own file; nothing when it is whole."""
    with engine.connect() as connection:
        found = connection.execute(text("PRAGMA quick_check")).scalars().all()
    return [] if found == ["ok"] else [str(one) for one in found]


def moment_of(engine: Engine) -> datetime | None:
    """Return what the database server's clock says, in UTC; SQLite has no clock of its own."""
    if engine.dialect.name != POSTGRESQL:
        return None
    with engine.connect() as connection:
        now: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
    return now.astimezone(UTC)


def contents_of(engine: Engine) -> Contents:
    """Return what a database holds at this moment."""
    with engine.connect() as plain:
        return _contents(_at_one_moment(plain))


def put_back(database_url: str, source: Path) -> None:
    """Make an empty database into this copy, whole or not at all; sessions are left out, so everybody signs in again.

    Raises:
        CopyFailedError: it could not be put back; the place is as it was.
    """
    engine = open_engine(database_url)
    try:
        if engine.dialect.name == POSTGRESQL:
            _restore_dump(engine, source)
            with engine.begin() as connection:
                connection.execute(web_sessions.delete())
        else:
            _replace_file(Path(engine.url.database or ""), source)
    finally:
        engine.dispose()


def _replace_file(path: Path, source: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    coming = path.with_name(path.name + BEING_PUT_BACK)
    coming.write_bytes(source.read_bytes())
    with closing(sqlite3.connect(coming)) as connection, connection:
        connection.execute("DELETE FROM web_sessions")
    for leftover in ("-wal", "-shm"):
        path.with_name(path.name + leftover).unlink(missing_ok=True)
    os.replace(coming, path)


def _dump(engine: Engine, target: Path) -> Contents:
    with engine.connect() as plain:
        connection = _at_one_moment(plain)
        # The tool sees the moment that we count at.
        moment = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        contents = _contents(connection)
        words = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}"]
        _run([*words, f"--file={target}"], engine.url)
    return contents


def _restore_dump(engine: Engine, source: Path) -> None:
    name = _where(engine.url)["PGDATABASE"]
    words = ["pg_restore", "--single-transaction", "--clean", "--if-exists", "--no-owner", "--no-privileges"]
    _run([*words, f"--dbname={name}", str(source)], engine.url)


def _run(words: list[str], url: URL) -> None:
    try:
        done = subprocess.run(words, env={**os.environ, **_where(url)}, capture_output=True, text=True)  # noqa: S603
    except FileNotFoundError:
        raise CopyFailedError(
            f"{words[0]} is not installed on this machine. Install the PostgreSQL client tools "
            "(the package postgresql-client), of the server's version or newer, and try again."
        ) from None
    if done.returncode != 0:
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[0]
        raise CopyFailedError(f"{words[0]} could not do it: {said}")


def _where(url: URL) -> dict[str, str]:
    """Return the address for PostgreSQL's own tools; a password on the command line could be seen by others."""
    host = url.host or url.query.get("host") or ""
    parts = {
        "PGHOST": host if isinstance(host, str) else host[0],
        "PGPORT": str(url.port or ""),
        "PGUSER": url.username or "",
        "PGPASSWORD": url.password or "",
        "PGDATABASE": url.database or "",
    }
    return {name: value for name, value in parts.items() if value}


def _at_one_moment(connection: Connection) -> Connection:
    if connection.dialect.name == POSTGRESQL:
        return connection.execution_options(isolation_level="REPEATABLE READ")
    return connection


def _contents(connection: Connection) -> Contents:
    # Counted as they are there: the copy may be of an earlier release.
    found = MetaData()
    found.reflect(connection, only=inspect(connection).get_table_names())
    rows = {
        table.name: int(connection.execute(select(func.count()).select_from(table)).scalar_one())
        for table in found.sorted_tables
        if table.name != web_sessions.name
    }
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    return Contents(connection.dialect.name, revision, rows, tuple(_evidence(connection, rows)))


def _evidence(connection: Connection, rows: dict[str, int]) -> Sequence[str]:
    if evidence_revisions.name not in rows:
        return ()
    sha256 = evidence_revisions.c.sha256
    kept = (sha256 != "") & (evidence_revisions.c.scan != ScanState.REMOVED.value)
    return connection.execute(select(sha256).where(kept).distinct().order_by(sha256)).scalars().all()
