"""Starting: a real partnership, the demo, and words instead of faults."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys

import pytest

from section11.config import PROJECT_DIR, settings
from section11.services.demo import demo_accounts

BROKEN_SETS = PROJECT_DIR / "tests" / "standards" / "broken-sets"


def rows(section11, table):
    with sqlite3.connect(section11.folder / "section11.db") as database:
        found = database.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608  names of our own tables
    database.close()
    return found


def test_init_starts_a_real_partnership_and_prints_the_administrators_link(section11):
    said = section11("init", "--partnership", "Riverdale", "--admin", "ann@riverdale.example").stdout

    assert "Riverdale is ready (id riverdale)." in said
    assert "Send this to ann@riverdale.example; it works once, for seven days:" in said
    assert re.search(r"^https://audit\.example\.org/invitation/\S{20,}$", said, re.MULTILINE)
    assert rows(section11, "database_facts") == [("kind", "real")]


def test_init_makes_folder_and_database_where_there_are_none(tmp_path):
    folder = tmp_path / "new" / "data"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SECTION11_")}
    result = subprocess.run(
        [sys.executable, "-m", "section11", "init", "--partnership", "Riverdale", "--admin", "ann@riverdale.example"],
        cwd=PROJECT_DIR,
        env=environment | {"SECTION11_DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (result.returncode, result.stderr) == (0, "")
    assert "Riverdale is ready (id riverdale)." in result.stdout
    assert (folder / "section11.db").is_file()


def test_a_data_folder_that_cannot_be_made_is_told_with_its_setting(tmp_path, section11, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(settings(), "data_dir", tmp_path / "file" / "data")

    said = section11("init", "--partnership", "Riverdale", "--admin", "ann@riverdale.example", code=1).stderr

    assert "The folder for the data cannot be made" in said
    assert "SECTION11_DATA_DIR" in said


@pytest.mark.parametrize(
    ("partnership", "admin", "says"),
    [
        ("Riverdale", "nobody", "is not an e-mail address"),
        ("  ", "ann@riverdale.example", "A partnership needs a name with letters in it."),
    ],
)
def test_init_refuses_what_it_cannot_use_in_a_sentence(section11, partnership, admin, says):
    assert says in section11("init", "--partnership", partnership, "--admin", admin, code=1).stderr


def test_init_that_was_refused_leaves_nothing_behind(section11):
    section11("init", "--partnership", "Riverdale", "--admin", "nobody", code=1)

    section11("init", "--partnership", "Riverdale", "--admin", "ann@riverdale.example")


def test_the_same_partnership_is_not_started_twice(riverdale):
    again = riverdale("init", "--partnership", "Riverdale", "--admin", "ann@riverdale.example", code=1)

    assert "Riverdale is already in this database." in again.stderr


def test_the_demo_prints_an_account_for_each_role(section11):
    said = section11("demo", "--agencies", 2, "--schools", 1, "--cycles", 1).stdout

    assert "This is the demo: everything in it is made up." in said
    for account in demo_accounts():
        assert account.email in said
        assert account.role_title in said
    assert demo_accounts()[0].password in said
    assert len(rows(section11, "organisations")) >= 3
    assert ("kind", "demo") in rows(section11, "database_facts")


def test_demo_if_new_builds_once_and_then_only_prints_the_accounts(section11):
    sizes = ("--agencies", 2, "--schools", 1, "--cycles", 1)
    first = section11("demo", "--if-new", *sizes)
    before = rows(section11, "audit_events")

    again = section11("demo", "--if-new", *sizes)

    assert again.stdout == first.stdout
    assert rows(section11, "audit_events") == before


def test_demo_if_new_leaves_a_real_database_alone(riverdale):
    before = rows(riverdale, "organisations")

    assert riverdale("demo", "--if-new").stdout == ""
    assert rows(riverdale, "organisations") == before


def test_the_demo_is_never_added_to_a_real_database(riverdale):
    refused = riverdale("demo", code=1)

    assert "This database is already in use" in refused.stderr


def test_a_demo_never_becomes_a_real_partnership(section11):
    section11("demo", "--agencies", 1, "--schools", 0, "--cycles", 1)

    refused = section11("init", "--partnership", "Riverdale", "--admin", "ann@riverdale.example", code=1)

    assert "This database holds the demo and stays a demo." in refused.stderr


def test_a_demo_of_an_impossible_size_is_refused_in_a_sentence(section11):
    assert "Ask for 1 to" in section11("demo", "--agencies", 0, code=1).stderr


def test_every_group_of_commands_explains_itself(section11):
    said = section11("--help").stdout

    for command in (
        "init", "demo", "standards", "organisations", "people", "cycles", "returns", "results", "figures", "export",
        "trail",
    ):  # fmt: skip
        assert command in said
        assert section11(command, "--help").stdout


def test_an_unknown_command_or_option_is_refused(section11):
    section11("no-such-command", code=2)
    section11("figures", "--no-such-option", code=2)


def test_what_is_generated_is_written_where_it_is_wanted(section11):
    section11("reference", "--folder", section11.folder / "project")

    written = {str(path.relative_to(section11.folder)) for path in section11.folder.glob("project/*/*/*")}
    assert written == {
        "project/docs/reference/arrangements.md",
        "project/docs/reference/permissions.md",
        "project/docs/reference/status.md",
        "project/standards/schema/crosswalk.json",
        "project/standards/schema/scales.json",
        "project/standards/schema/set.json",
        "project/standards/schema/standard.json",
    }


def test_standards_check_finds_no_fault_in_the_library(section11):
    assert "13 standards, 68 questions, no faults." in section11("standards", "check").stdout
    data = section11.data("standards", "check")
    assert data["problems"] == []
    assert len(data["sets"]) == 7


def test_standards_check_names_each_fault_with_its_line_and_exits_with_2(section11, monkeypatch):
    monkeypatch.setenv("SECTION11_STANDARDS_DIR", str(BROKEN_SETS))
    settings.cache_clear()
    broken = BROKEN_SETS / "two-faults"

    lines = section11("standards", "check", broken, code=2).stderr.splitlines()

    # A missing key, a misspelt one, and a value that is neither true nor false.
    assert len(lines) == 3
    assert all(re.match(r".*two-faults/leadership\.yaml:\d+: .+[.?]$", line) for line in lines), lines
    problems = section11.data("standards", "check", broken, code=2)["problems"]
    assert [f"{one['place']}: {one['message']}" for one in problems] == lines


def test_standards_check_compares_with_the_editions_that_cycles_have_used(open_cycle, monkeypatch):
    shutil.copytree(
        settings().standards_dir, open_cycle.folder / "standards", ignore=shutil.ignore_patterns("crosswalks")
    )
    monkeypatch.setenv("SECTION11_STANDARDS_DIR", str(open_cycle.folder / "standards"))
    settings.cache_clear()
    assert "No set was compared" not in open_cycle("standards", "check").stdout
    file = open_cycle.folder / "standards" / "section11-2026" / "s01-leadership.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("id: S1.1", "id: S1.9"), encoding="utf-8")

    checked = open_cycle("standards", "check", code=2)

    changed, renamed = checked.stderr.splitlines()
    assert re.match(r"standards/section11-2026/set\.yaml:\d+: This set was used in the cycle 2026 and has ", changed)
    assert re.match(r"standards/section11-2026/s01-leadership\.yaml:\d+: Question S1\.9 was S1\.1 in ", renamed)
    assert "section11-2026" not in checked.stdout
    data = open_cycle.data("standards", "check", code=2)
    assert (data["used_editions"], len(data["problems"])) == (1, 2)


def test_standards_check_says_when_there_was_no_edition_to_compare_with_and_makes_no_database(section11, monkeypatch):
    monkeypatch.setenv("SECTION11_DATA_DIR", str(section11.folder / "nowhere"))
    settings.cache_clear()

    said = section11("standards", "check").stdout

    assert said.splitlines()[-1].startswith("No set was compared with an edition in use")
    assert not (section11.folder / "nowhere").exists()


def test_a_fault_in_the_scales_is_named_once_for_all_sets(section11, monkeypatch):
    shutil.copytree(settings().standards_dir, section11.folder / "standards")
    monkeypatch.setenv("SECTION11_STANDARDS_DIR", str(section11.folder / "standards"))
    settings.cache_clear()
    file = section11.folder / "standards" / "scales.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("tone: full", "tone: green", 1), encoding="utf-8")

    [line] = section11("standards", "check", code=2).stderr.splitlines()

    assert '"green" cannot be used for "tone"' in line


@pytest.mark.parametrize("name", ["voluntary-2028", "nowhere/voluntary-2026"])
def test_standards_check_of_what_is_neither_a_set_nor_a_folder_names_the_sets_there_are(section11, name):
    result = section11("standards", "check", name, code=1)

    assert f'There is no standards set "{name}". The library has: ' in result.stderr
    assert "voluntary-2026" in result.stderr


def test_standards_check_of_a_folder_without_a_set_says_so(section11):
    (section11.folder / "nearly").mkdir()

    assert (
        "nearly/set.yaml:1: This file does not exist. Add it."
        in section11("standards", "check", "nearly", code=2).stderr
    )


def test_standards_check_takes_the_id_of_a_set_as_well_as_its_folder(section11):
    by_id = section11("standards", "check", "voluntary-2026").stdout
    by_folder = section11("standards", "check", settings().standards_dir / "voluntary-2026").stdout

    assert "voluntary-2026: 9 standards" in by_id
    assert by_id == by_folder


def test_a_set_with_faults_is_not_said_to_be_imported(section11, monkeypatch):
    monkeypatch.setenv("SECTION11_STANDARDS_DIR", str(BROKEN_SETS))
    settings.cache_clear()

    said = section11("standards", "reading-age", "two-faults", code=2).stderr

    assert "The standards set two-faults has 3 problems. Put them right and try again." in said
    assert "imported" not in said


def test_standards_list_names_the_sets(section11):
    assert section11.data("standards", "list") == [
        "childminders-2026",
        "early-years-2026",
        "education-2026",
        "eight-standards",
        "section11-2018",
        "section11-2026",
        "voluntary-2026",
    ]
