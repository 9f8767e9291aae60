"""Going back to an earlier release keeps what people wrote, and begins with a question."""

import sqlite3
from contextlib import closing

import pytest

from tests.cli.conftest import ORGANISATIONS


@pytest.fixture
def started(section11):
    section11("init", "--partnership", "Riverdale", "--admin", "ann@riverdale.example")
    (section11.folder / "organisations.csv").write_text(ORGANISATIONS)
    section11("organisations", "import", str(section11.folder / "organisations.csv"))
    return section11


def tables_of(section11):
    return next(line for line in section11("doctor").stdout.splitlines() if line.startswith("database"))


def numbers(section11):
    with closing(sqlite3.connect(section11.folder / "section11.db")) as database:
        return database.execute("SELECT * FROM alembic_version").fetchall()


@pytest.mark.parametrize("revision", ["0099", "head", "0017; DROP TABLE people"])
def test_tables_there_never_were_are_refused_and_nothing_changes(started, revision):
    before = tables_of(started)

    said = started("tables", "back", revision, "--yes", code=1).stderr

    assert f"There are no earlier tables “{revision}”." in " ".join(said.split())
    assert tables_of(started) == before


def test_without_a_yes_nothing_changes(started):
    before = tables_of(started)

    started("tables", "back", "0016", code=1)

    assert tables_of(started) == before


def test_what_people_wrote_survives_the_way_back_and_forward(started):
    said = started("tables", "back", "0016", "--yes").stdout

    assert "The tables are those of 0016." in said
    assert numbers(started) == [("0016",)]
    again = started("organisations", "import", str(started.folder / "organisations.csv"), "--dry-run").stdout
    assert "2 as they were" in again
    assert "nothing was changed" in started("trail", "verify").stdout
