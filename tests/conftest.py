"""Databases and the office for every test: each test gets an empty database, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from section11.services.office import Office
from section11.storage.evidence_files import EvidenceFiles
from section11.storage.migrations import migrate
from section11.storage.unit_of_work import Store
from tests.clock import Clock
from tests.postgresql import PostgresqlServer, started_postgresql
from tests.services.ready_towns import ReadyTowns
from tests.shipped import LIBRARY, TYPES

PROJECT_DIR = Path(__file__).resolve().parent.parent
MEMORY_DISK = Path("/dev/shm")  # noqa: S108 - tests alone, and only below folders that tempfile makes
ROOM_NEEDED = 4 * 1024**3

if MEMORY_DISK.is_dir() and shutil.disk_usage(MEMORY_DISK).free > ROOM_NEEDED:
    # Thousands of tests each wait for their own commits to reach the disk, and none of it is kept.
    os.environ["TMPDIR"] = str(MEMORY_DISK)
    tempfile.tempdir = None


def pytest_xdist_auto_num_workers() -> int:
    """Browsers, servers and databases are processes of their own, so a worker waits for a good part of its time."""
    return max(2, (os.cpu_count() or 1) * 3 // 2)


class OneWorkerForWhatIsShared(LoadScopeScheduling):
    """What is made once for a module, such as a demo or a server, is made by one worker that runs all who share it.

    Every other test goes to whichever worker is free.
    """

    def _split_scope(self, nodeid: str) -> str:
        path, _, _ = nodeid.partition("::")
        return path if _is_shared(path) else nodeid


@cache
def _is_shared(path: str) -> bool:
    return path.startswith("tests/browser/") or 'scope="module"' in (PROJECT_DIR / path).read_text("utf-8")


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneWorkerForWhatIsShared:
    return OneWorkerForWhatIsShared(config, log)


@pytest.fixture(autouse=True)
def _main_module_is_kept() -> Iterator[None]:
    """Undo what drawing a page leaves behind: it would be the main module, which every new process runs first."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlServer]:
    """A PostgreSQL server that is started for this test run."""
    with started_postgresql() as server:
        yield server


@pytest.fixture
def postgresql_url(postgresql_server: PostgresqlServer) -> Iterator[str]:
    """An empty, migrated PostgreSQL database of its own."""
    with postgresql_server.lend() as url:
        yield url


@pytest.fixture
def another_database_url(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[str]:
    """A second database of the same kind, with nothing in it, not even tables."""
    if database_url.startswith("sqlite"):
        folder = tmp_path / "another"
        folder.mkdir()
        yield f"sqlite:///{folder / 'section11.db'}"
        return
    with request.getfixturevalue("postgresql_server").lend(migrated=False) as url:
        yield url


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


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory, _migrated_sqlite: Path) -> ReadyTowns:
    """The towns that tests begin with, to be put into their empty databases: that is quicker than building them."""
    folder = tmp_path_factory.mktemp("ready")

    def empty_office(name: str) -> Office:
        path = folder / f"{name}.db"
        path.write_bytes(_migrated_sqlite.read_bytes())
        return office_on(f"sqlite:///{path}")

    return ReadyTowns(empty_office, folder)


def office_on(database_url: str) -> Office:
    return Office(
        store=Store.open(database_url),
        types=TYPES,
        library=LIBRARY,
        clock=Clock(),
        evidence_files=EvidenceFiles.open(f"memory://{uuid.uuid4().hex}"),
    )
