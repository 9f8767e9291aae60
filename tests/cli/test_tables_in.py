"""Tables in: organisations, people, and what happens to a file with faults."""

import re

import pytest

from tests.app.worlds import DATA

PEOPLE = """email,name,role,organisation
kim@police.example,Kim Day,contributor,riverdale-police
sam@riverdale.example,Sam Okoro,scrutiny lead,
"""


def test_organisations_come_in_and_are_counted(section11):
    section11("init", "--partnership", "Riverdale", "--admin", "ann@riverdale.example")
    file = section11.file("new.csv", "name,type\nOakfield School,school-maintained\nElm Lane,early-years-group\n")

    assert section11.data("organisations", "import", file) == {
        "new": 2,
        "joining": 0,
        "changed": 0,
        "unchanged": 0,
        "skipped": {},
        "dry_run": False,
    }
    assert section11.data("organisations", "import", file)["unchanged"] == 2


def test_a_dry_run_says_what_would_change_and_changes_nothing(section11):
    section11("init", "--partnership", "Riverdale", "--admin", "ann@riverdale.example")
    file = section11.file("new.csv", "name,type\nOakfield School,school-maintained\n")

    assert "1 would be added" in section11("organisations", "import", file, "--dry-run").stdout

    assert section11.data("organisations", "import", file)["new"] == 1


def test_the_schools_extract_comes_in_as_downloaded(section11):
    section11("init", "--partnership", "Riverdale", "--admin", "ann@riverdale.example")
    extract = DATA / "gias-sample.csv"

    refused = section11("organisations", "import", extract, code=1)
    assert "990 Riverdale, 991 Elmtree" in refused.stderr
    done = section11.data("organisations", "import", extract, "--la", "990")

    # Seven open schools and the one multi-academy trust that is parent to two of them.
    assert done["new"] == 8
    assert done["skipped"]["Closed"] == 1


def test_every_row_with_a_fault_is_named_and_nothing_comes_in(section11):
    section11("init", "--partnership", "Riverdale", "--admin", "ann@riverdale.example")
    faulty = section11.file(
        "faulty.csv", "id,name,type\noakfield,Oakfield School,castle\n,,school-maintained\nelm,Elm Lane,other\n"
    )

    refused = section11("organisations", "import", faulty, code=2)

    assert re.search(r"^row 2\b.*castle", refused.stderr, re.MULTILINE)
    assert re.search(r"^row 3\b", refused.stderr, re.MULTILINE)
    assert "faulty.csv has 2 problems. Nothing was imported" in refused.stderr
    good = section11.file("good.csv", "id,name,type\nelm,Elm Lane,other\n")
    assert section11.data("organisations", "import", good)["new"] == 1


def test_a_wrong_column_is_a_problem_in_words(riverdale):
    refused = riverdale("organisations", "import", riverdale.file("wrong.csv", "name,kind\nElm Lane,other\n"), code=2)

    assert "type" in refused.stderr
    assert "Nothing was imported" in refused.stderr


@pytest.mark.parametrize("command", [("organisations",), ("people",), ("results", "--cycle", "2026")])
def test_a_file_that_is_not_there_is_refused_by_name(riverdale, command):
    group, *options = command
    assert "nowhere.csv" in riverdale(group, "import", "nowhere.csv", *options, code=2).stderr


def test_a_file_that_is_no_table_is_refused_in_a_sentence(riverdale):
    picture = riverdale.folder / "picture.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")

    refused = riverdale("organisations", "import", picture, code=1)

    assert len(refused.stderr.strip().splitlines()) == 1


def test_people_come_in_and_each_new_one_gets_a_link(riverdale):
    done = riverdale.data("people", "import", riverdale.file("people.csv", PEOPLE))

    assert done["new"] == 2
    assert done["invitations"].keys() == {"kim@police.example", "sam@riverdale.example"}
    assert all(link.startswith("https://audit.example.org/invitation/") for link in done["invitations"].values())


def test_a_dry_run_of_people_invites_nobody(riverdale):
    file = riverdale.file("people.csv", PEOPLE)

    assert riverdale.data("people", "import", file, "--dry-run") == {"new": 2, "changed": 0, "dry_run": True}

    assert riverdale.data("people", "import", file)["new"] == 2


def test_people_with_faults_are_named_by_row_and_nobody_is_invited(riverdale):
    faulty = PEOPLE + "no address,Jo,contributor,riverdale-police\njo@x.example,Jo,wizard,riverdale-police\n"

    refused = riverdale("people", "import", riverdale.file("people.csv", faulty), code=2)

    assert re.search(r"^row 4\b", refused.stderr, re.MULTILINE)
    assert re.search(r"^row 5\b.*wizard", refused.stderr, re.MULTILINE)
    assert riverdale.data("people", "import", riverdale.file("people.csv", PEOPLE))["new"] == 2


def test_without_a_partnership_the_command_says_how_to_start_one(section11):
    file = section11.file("new.csv", "name,type\nOakfield School,school-maintained\n")

    refused = section11("organisations", "import", file, code=1)

    assert "There is no partnership yet. Start one with: init --partnership NAME --admin EMAIL" in refused.stderr


def test_with_two_partnerships_the_command_asks_which(riverdale):
    riverdale("init", "--partnership", "Elmtree", "--admin", "bo@elmtree.example")
    file = riverdale.file("new.csv", "name,type\nOakfield School,school-maintained\n")

    refused = riverdale("organisations", "import", file, code=1)
    assert "Name one with --partnership: elmtree, riverdale." in refused.stderr
    assert riverdale.data("organisations", "import", file, "--partnership", "elmtree")["new"] == 1


def test_results_of_an_unknown_organisation_or_rating_are_named_by_row(open_cycle):
    faulty = "organisation,question,rating\nriverdale-police,S1.1,excellent\ncastle,S1.1,fully_met\n"

    refused = open_cycle("results", "import", open_cycle.file("r.csv", faulty), "--cycle", "2026", code=2)

    assert re.search(r"^row 2\b.*excellent", refused.stderr, re.MULTILINE)
    assert re.search(r"^row 3\b.*castle", refused.stderr, re.MULTILINE)
    assert open_cycle.data("figures", "--cycle", "2026")["from"]["returns_counted"] == 0


def test_results_come_in_and_are_counted(open_cycle):
    good = "organisation,question,rating\nriverdale-police,S1.1,fully_met\nriverdale-police,S1.2,n/a\n"

    done = open_cycle.data("results", "import", open_cycle.file("r.csv", good), "--cycle", "2026")

    assert done == {"organisations": 1, "answers": 2, "not_applicable": 1, "dry_run": False}


def test_results_are_tried_out_imported_listed_and_undone(open_cycle):
    file = open_cycle.file("r.csv", "organisation,question,rating\nriverdale-police,S1.1,fully_met\n")
    assert open_cycle.data("results", "import", file, "--cycle", "2026", "--dry-run")["answers"] == 1
    assert open_cycle.data("figures", "--cycle", "2026")["from"]["returns_counted"] == 0
    open_cycle("results", "import", file, "--cycle", "2026")

    latest = open_cycle.data("imports", "list")[0]
    open_cycle("imports", "undo", latest["id"])

    assert (latest["kind"], latest["file"]) == ("results", "r.csv")
    assert open_cycle.data("figures", "--cycle", "2026")["from"]["returns_counted"] == 0
    assert "undone already" in open_cycle("imports", "undo", latest["id"], code=1).stderr


def test_results_of_a_cycle_that_does_not_exist_are_refused_in_a_sentence(riverdale):
    file = riverdale.file("r.csv", "organisation,question,rating\n")

    assert 'There is no cycle "1999"' in riverdale("results", "import", file, "--cycle", "1999", code=1).stderr
