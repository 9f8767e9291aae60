"""Helping one person in from the command line, and ending their access."""

import zipfile

import pytest
from typer.testing import CliRunner

from section11.cli.app import app
from section11.config import settings
from section11.services.office import open_office

ADMIN = "lead@riverdale.example"


@pytest.fixture
def started(section11):
    section11("init", "--partnership", "Riverdale", "--admin", ADMIN)
    return section11


@pytest.mark.parametrize("command", ["link", "remove-second-step", "left"])
def test_somebody_nobody_knows_is_named(started, command):
    assert "Nobody here has the e-mail address x@y.example" in started("people", command, "x@y.example", code=1).output


def test_the_only_administrator_gets_a_new_link(started):
    address = started.data("people", "link", ADMIN)["link"]

    assert address.startswith("https://audit.example.org/invitation/")


def test_a_leaver_is_closed_and_gets_no_link(started):
    assert "is closed" in started("people", "left", ADMIN).output

    assert "There is nothing that goes by these ids." in started("people", "left", ADMIN, code=1).output
    assert started("people", "link", ADMIN, code=1).output
    office = open_office(settings())
    with office.store.reading() as work:
        assert work.accounts.person_by_email(ADMIN).is_closed
    office.store.close()


def test_the_second_step_is_removed(started):
    assert "with the password alone" in started("people", "remove-second-step", ADMIN).output


def test_what_is_kept_about_somebody_is_written_to_a_file_and_erased_after_the_address_is_typed_again(riverdale):
    assert "Nobody here has" in riverdale("people", "erase", "nobody@riverdale.example", code=1).stderr
    out = riverdale.folder / "ann.zip"
    riverdale("people", "export", "ann@riverdale.example", "--out", out)
    assert zipfile.is_zipfile(out)

    assert "stays: Backups" in riverdale("people", "erase", "ann@riverdale.example", "--dry-run").stdout
    refused = CliRunner().invoke(app, ["people", "erase", "ann@riverdale.example"], input="ben@riverdale.example\n")
    assert refused.exit_code == 1
    assert "is not the e-mail address of" in refused.stderr

    said = riverdale("people", "erase", "ann@riverdale.example", "--yes").stdout
    assert "“Former member of staff, Riverdale”" in said
    assert "Nobody here has" in riverdale("people", "export", "ann@riverdale.example", code=1).stderr
