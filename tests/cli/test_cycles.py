"""Cycles: created, opened and closed, with the set of each type, as somebody types it on the server."""

import pytest


def test_a_cycle_is_created_opened_and_closed(riverdale):
    assert riverdale.data("cycles", "list") == []
    made = riverdale.data("cycles", "create", "--name", "Audit 2026", "--due", "2026-09-30", "--set", "section11-2026")
    assert made == {"id": "audit-2026"}
    cycle = {"id": "audit-2026", "name": "Audit 2026", "due": "2026-09-30", "status": "preparing"}
    assert riverdale.data("cycles", "list") == [cycle]

    assert "Organisations that can answer: 2." in riverdale("cycles", "open", "audit-2026").stdout
    assert riverdale.data("cycles", "list") == [cycle | {"status": "open"}]

    assert "Late returns are still taken" in riverdale("cycles", "close", "audit-2026").stdout
    assert riverdale.data("cycles", "list") == [cycle | {"status": "closed"}]


def test_cycles_are_listed_in_words(open_cycle):
    said = open_cycle("cycles", "list").stdout

    assert "2026" in said
    assert "open" in said


def test_an_id_can_be_chosen_for_a_cycle(riverdale):
    name_set_due = ("--name", "Section 11 audit", "--due", "2026-09-30", "--set", "section11-2026")

    assert riverdale.data("cycles", "create", *name_set_due, "--id", "s11-26") == {"id": "s11-26"}


def test_one_type_of_organisation_can_be_given_another_set(riverdale):
    sets = ("--set", "section11-2026", "--set", "childminder=section11-2026")
    riverdale("cycles", "create", "--name", "2026", "--due", "2026-09-30", *sets)

    assert "Organisations that can answer: 2." in riverdale("cycles", "open", "2026").stdout


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--set", "no-such-set"), 'There is no standards set "no-such-set". The library has: childminders-2026, '),
        (("--set", "castle=section11-2026"), '"castle" is not an organisation type.'),
        (
            ("--set", "section11-2026", "--partnership", "rivrdale"),
            'There is no partnership "rivrdale". Did you mean riverdale?',
        ),
    ],
)
def test_a_cycle_that_cannot_be_created_is_refused_in_a_sentence(riverdale, options, says):
    refused = riverdale("cycles", "create", "--name", "2026", "--due", "2026-09-30", *options, code=1)

    assert says in refused.stderr
    assert riverdale.data("cycles", "list") == []


@pytest.mark.parametrize("due", ["2026-02-30", "30/09/2026", "30 September 2026", "tomorrow", ""])
def test_a_due_date_that_cannot_be_read_is_quoted_with_how_to_write_it(riverdale, due):
    refused = riverdale("cycles", "create", "--name", "2026", "--due", due, "--set", "section11-2026", code=1)

    assert refused.stderr == f'"{due}" is not a date. Write the due date as year-month-day: 2026-09-30.\n'
    assert riverdale.data("cycles", "list") == []


@pytest.mark.parametrize("command", ["open", "close", "add-forms"])
def test_a_cycle_that_does_not_exist_is_named(riverdale, command):
    refused = riverdale("cycles", command, "1999", code=1).stderr

    assert refused == 'There is no cycle "1999", and none at all yet. Create one with: cycles create\n'


def test_a_cycle_is_opened_only_once(open_cycle):
    assert "can be opened only once" in open_cycle("cycles", "open", "2026", code=1).stderr


def test_organisations_that_joined_later_get_their_forms(open_cycle):
    later = open_cycle.file("later.csv", "name,type\nElm Lane,early-years-group\n")
    open_cycle("organisations", "import", later)

    assert "Forms added: 1." in open_cycle("cycles", "add-forms", "2026").stdout
