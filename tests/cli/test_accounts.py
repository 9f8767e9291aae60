"""Helping one person in from the command line, and ending their access."""

import pytest

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
