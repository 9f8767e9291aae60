"""The rules on how long data are kept, from the command line."""

import sqlite3

import pytest
from typer.testing import CliRunner

from section11.cli.app import app

LONG_AGO = "2011-03-01"


@pytest.fixture
def due(open_cycle):
    """Riverdale with one session that ran out long ago."""
    with sqlite3.connect(open_cycle.folder / "section11.db") as database:
        person = database.execute("SELECT id FROM people").fetchone()[0]
        row = ("x", person, LONG_AGO, LONG_AGO, LONG_AGO, "A browser")
        database.execute("INSERT INTO web_sessions VALUES (?, ?, ?, ?, ?, ?)", row)
    database.close()
    return open_cycle


def test_a_rule_that_is_not_there_and_years_that_cannot_be_meant_are_refused_in_a_sentence(riverdale):
    riverdale("retention", "set", "everything", "3", code=2)
    assert "between 1 and 25 years" in riverdale("retention", "set", "returns", "99", code=1).stderr
    assert "There is no partnership" in riverdale("retention", "show", "--partnership", "elsewhere", code=1).stderr
    assert "not both" in riverdale("retention", "apply", "--dry-run", "--yes", code=1).stderr
    assert all(rule["years"] is None for rule in riverdale.data("retention", "show").values())


def test_rules_are_switched_on_changed_and_off(riverdale):
    riverdale("retention", "set", "returns", "7")
    riverdale("retention", "set", "sign-ins", "1")
    assert "returns: kept for 7 years." in riverdale("retention", "show").stdout

    riverdale("retention", "set", "returns", "0")

    years = {rule: one["years"] for rule, one in riverdale.data("retention", "show").items()}
    assert years == {"returns": None, "evidence": None, "leavers": None, "sign-ins": 1, "readings": None}


def test_a_dry_run_tells_and_applying_asks_for_the_name(due):
    due("retention", "set", "sign-ins", "1")
    assert "would go: Sessions: 1" in due("retention", "apply", "--dry-run").stdout

    refused = CliRunner().invoke(app, ["retention", "apply"], input="Somewhere\n")
    assert refused.exit_code == 1
    assert "Nothing was deleted" in refused.stderr
    done = CliRunner().invoke(app, ["retention", "apply"], input="Riverdale\n")

    assert "Sign-ins and e-mails: 1 removed." in done.stdout
    assert due.data("retention", "apply", "--yes")["rules"][3]["due"] == 0
    assert "nothing was changed" in due("trail", "verify").stdout
