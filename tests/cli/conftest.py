"""The command line on a data folder of the test's own, as somebody types it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from section11.cli.app import app
from section11.config import settings
from tests.app.worlds import MATRIX_ORGANISATIONS, MATRIX_RESULTS, MATRIX_SET

ORGANISATIONS = """id,name,type
riverdale-police,Riverdale Police,police-force
lily-lane,Lily Lane Childminding,childminder
"""


@dataclass(frozen=True)
class CommandLine:
    """Where commands are typed: ``folder`` is the data folder and the place files are written to."""

    folder: Path

    def __call__(self, *words: object, code: int = 0) -> Result:
        """Run a command and return what it said; its exit code must be ``code``."""
        result = CliRunner().invoke(app, [str(word) for word in words])
        assert result.exit_code == code, f"{words}: {result.exit_code}\n{result.output}\n{result.exception!r}"
        return result

    def data(self, *words: object, code: int = 0) -> Any:
        """Run a command with ``--json`` and return its data."""
        return json.loads(self(*words, "--json", code=code).stdout)

    def file(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path


@contextmanager
def standing_in(folder: Path) -> Iterator[CommandLine]:
    """Give the command line whose data folder this is, to somebody who stands in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECTION11_DATA_DIR", str(folder))
        patch.setenv("SECTION11_BASE_URL", "https://audit.example.org")
        patch.delenv("SECTION11_DATABASE_URL", raising=False)
        patch.chdir(folder)
        settings.cache_clear()
        yield CommandLine(folder)
    settings.cache_clear()


@pytest.fixture(scope="session")
def _databases(tmp_path_factory, _migrated_sqlite) -> dict[str, bytes]:
    """Databases that are built once by the commands themselves: ``riverdale`` and ``open_cycle``."""
    folder = tmp_path_factory.mktemp("riverdale")
    database = folder / "section11.db"
    database.write_bytes(_migrated_sqlite.read_bytes())
    with standing_in(folder) as section11:
        section11("init", "--partnership", "Riverdale", "--admin", "ann@riverdale.example")
        section11("organisations", "import", section11.file("organisations.csv", ORGANISATIONS))
        riverdale = database.read_bytes()
        section11("cycles", "create", "--name", "2026", "--due", "2026-09-30", "--set", "section11-2026")
        section11("cycles", "open", "2026")
    return {"riverdale": riverdale, "open_cycle": database.read_bytes()}


@pytest.fixture
def section11(tmp_path, _migrated_sqlite) -> Iterator[CommandLine]:
    """The command line on an empty database."""
    (tmp_path / "section11.db").write_bytes(_migrated_sqlite.read_bytes())
    with standing_in(tmp_path) as command_line:
        yield command_line


@pytest.fixture
def riverdale(section11: CommandLine, _databases) -> CommandLine:
    """The same after Riverdale was started with two organisations."""
    (section11.folder / "section11.db").write_bytes(_databases["riverdale"])
    return section11


@pytest.fixture
def open_cycle(section11: CommandLine, _databases) -> CommandLine:
    """The same after the cycle 2026 was opened, with the section 11 self-assessment."""
    (section11.folder / "section11.db").write_bytes(_databases["open_cycle"])
    return section11


@pytest.fixture
def matrix(section11: CommandLine) -> Callable[[], Any]:
    """Return a function that takes in the published matrix, command by command, and gives its figures."""

    def take_in() -> Any:
        section11("init", "--partnership", "Newtown", "--admin", "ann@newtown.example")
        section11("organisations", "import", section11.file("agencies.csv", MATRIX_ORGANISATIONS))
        section11("cycles", "create", "--name", "Published", "--due", "2015-03-31", "--set", MATRIX_SET)
        section11("cycles", "open", "published")
        section11("results", "import", MATRIX_RESULTS, "--cycle", "published")
        return section11.data("figures", "--cycle", "published")

    return take_in
