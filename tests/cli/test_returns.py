"""Excel returns out and in, and the audit trail afterwards, as somebody types it on the server."""

import json
import re
import sqlite3
from io import BytesIO

import pytest
from openpyxl import load_workbook

POLICE = ("--cycle", "2026", "--organisation", "riverdale-police")
RATING, EVIDENCE = "E", "F"
FIRST_QUESTION = 5
"""The row of S1.1: the first standard's heading is in row 4."""


def type_into(path, cells):
    workbook = load_workbook(BytesIO(path.read_bytes()))
    for place, value in cells.items():
        workbook["Answers"][place] = value
    workbook.save(path)
    return path


@pytest.fixture
def filled_in(open_cycle):
    """A blank return of the police with a rating and evidence for S1.1."""
    path = open_cycle.folder / "police.xlsx"
    open_cycle("returns", "blank", *POLICE, "--out", path)
    return type_into(path, {f"{RATING}{FIRST_QUESTION}": "Fully met", f"{EVIDENCE}{FIRST_QUESTION}": "Minutes of May"})


def answers(section11):
    database = sqlite3.connect(section11.folder / "section11.db")
    try:
        return database.execute("SELECT question_id, rating, evidence FROM answers ORDER BY question_id").fetchall()
    finally:
        database.close()


def test_a_blank_return_is_filled_in_and_imported(open_cycle, filled_in):
    assert "police.xlsx: 2 changes made." in open_cycle("returns", "import", filled_in).stdout

    assert answers(open_cycle) == [("S1.1", "fully_met", "Minutes of May")]


def test_a_return_is_named_after_cycle_and_organisation_unless_told_otherwise(open_cycle):
    open_cycle("returns", "blank", *POLICE)
    open_cycle("returns", "export", *POLICE)

    assert {path.name for path in open_cycle.folder.glob("*.xlsx")} == {
        "2026-riverdale-police-blank.xlsx",
        "2026-riverdale-police.xlsx",
    }


def test_an_exported_return_holds_the_answers_so_far_and_a_blank_one_does_not(open_cycle, filled_in):
    open_cycle("returns", "import", filled_in)
    open_cycle("returns", "export", *POLICE, "--out", open_cycle.folder / "export.xlsx")
    open_cycle("returns", "blank", *POLICE, "--out", open_cycle.folder / "blank.xlsx")

    cell = f"{EVIDENCE}{FIRST_QUESTION}"
    assert load_workbook(open_cycle.folder / "export.xlsx")["Answers"][cell].value == "Minutes of May"
    assert load_workbook(open_cycle.folder / "blank.xlsx")["Answers"][cell].value is None


def test_a_dry_run_of_an_import_changes_nothing(open_cycle, filled_in):
    assert "2 changes would be made." in open_cycle("returns", "import", filled_in, "--dry-run").stdout

    assert answers(open_cycle) == []


def test_a_fault_in_a_return_names_its_cell_and_nothing_is_imported(open_cycle, filled_in):
    type_into(filled_in, {f"{RATING}{FIRST_QUESTION}": "Sort of"})

    refused = open_cycle("returns", "import", filled_in, code=2)

    assert f'Answers!{RATING}{FIRST_QUESTION}: "Sort of" is not' in refused.stderr
    assert answers(open_cycle) == []


def test_a_file_with_faults_does_not_stop_the_good_one_beside_it(open_cycle, filled_in):
    bad = open_cycle.folder / "bad.xlsx"
    open_cycle("returns", "blank", "--cycle", "2026", "--organisation", "lily-lane", "--out", bad)
    type_into(bad, {f"{RATING}{FIRST_QUESTION}": "Sort of"})

    result = open_cycle("returns", "import", bad, filled_in, code=2)

    assert "bad.xlsx" in result.output
    assert "police.xlsx: 2 changes made." in result.output
    assert answers(open_cycle) == [("S1.1", "fully_met", "Minutes of May")]


def test_a_folder_is_imported_with_one_summary_and_a_file_that_excel_has_open_is_passed_over(open_cycle, filled_in):
    folder = open_cycle.folder / "sent" / "March"
    folder.mkdir(parents=True)
    filled_in.rename(folder / "police.XLSX")
    (folder / "~$police.xlsx").write_bytes(b"who has it open")
    (folder / "covering letter.docx").write_bytes(b"Dear all")
    (folder.parent / "broken.xlsx").write_bytes(b"PK cut off")

    dry = open_cycle("returns", "import", folder.parent, "--dry-run", code=2).stdout
    assert "2 files: 1 would be imported with 2 changes, 1 not used (see above)." in dry
    assert answers(open_cycle) == []

    said = open_cycle("returns", "import", folder.parent, code=2).stdout
    assert "broken.xlsx: This file is incomplete" in said
    assert "2 files: 1 imported with 2 changes, 1 not used (see above)." in said
    assert answers(open_cycle) == [("S1.1", "fully_met", "Minutes of May")]


def test_copies_with_the_problems_marked_are_written_beside_one_another(open_cycle, filled_in):
    type_into(filled_in, {f"{RATING}{FIRST_QUESTION}": "Sort of"})

    open_cycle("returns", "import", filled_in, "--marked", open_cycle.folder / "back", code=2)

    copy = load_workbook(open_cycle.folder / "back" / "police-to-put-right.xlsx")
    assert copy["Answers"][f"{RATING}{FIRST_QUESTION}"].comment.text.startswith('"Sort of" is not a rating')


def test_what_became_of_each_file_is_printed_as_data(open_cycle, filled_in):
    assert open_cycle.data("returns", "import", filled_in) == [
        {
            "file": "police.xlsx",
            "organisation": "Riverdale Police",
            "changes": 2,
            "conflicts": 0,
            "problems": [],
            "refusal": None,
        }
    ]


def test_a_folder_without_workbooks_is_said_in_a_sentence(open_cycle):
    empty = open_cycle.folder / "empty"
    empty.mkdir()

    assert "There is no Excel workbook (.xlsx) in" in open_cycle("returns", "import", empty, code=1).stderr


def test_what_was_changed_in_both_places_is_kept_unless_the_file_is_to_win(open_cycle, filled_in):
    open_cycle("returns", "import", filled_in)
    type_into(filled_in, {f"{EVIDENCE}{FIRST_QUESTION}": "Minutes of June"})

    kept = open_cycle("returns", "import", filled_in).stdout
    assert "1 was changed in both places; what is on screen was kept." in kept
    assert answers(open_cycle) == [("S1.1", "fully_met", "Minutes of May")]

    open_cycle("returns", "import", filled_in, "--overwrite")
    assert answers(open_cycle) == [("S1.1", "fully_met", "Minutes of June")]


def test_a_workbook_that_is_not_ours_is_refused_in_one_sentence(open_cycle):
    stranger = open_cycle.folder / "stranger.xlsx"
    stranger.write_bytes(b"not a workbook")

    refused = open_cycle("returns", "import", stranger, code=2)

    assert refused.output.strip().count("\n") == 0
    assert "stranger.xlsx" in refused.output


def test_a_return_file_that_is_not_there_is_refused_in_a_sentence(open_cycle):
    refused = open_cycle("returns", "import", open_cycle.folder / "nowhere.xlsx", code=2)

    # A long path is broken over lines, in a frame.
    assert "nowhere.xlsx" in re.sub(r"[\s│]", "", refused.output)


@pytest.mark.parametrize(
    "command",
    [("returns", "blank", *POLICE), ("returns", "export", *POLICE), ("export", "workbook", "--cycle", "2026")],
)
def test_a_folder_that_is_not_there_is_said_in_a_sentence(open_cycle, command):
    refused = open_cycle(*command, "--out", open_cycle.folder / "nowhere" / "out.xlsx", code=1)

    assert "nowhere" in refused.stderr
    assert refused.stderr.strip().endswith(".")


@pytest.mark.parametrize("organisation", ["no-such-organisation", "../../etc/passwd"])
def test_an_organisation_without_a_return_in_the_cycle_is_named(open_cycle, organisation):
    refused = open_cycle("returns", "blank", "--cycle", "2026", "--organisation", organisation, code=1).stderr

    assert f'In the cycle 2026 there is no return of an organisation "{organisation}".' in refused
    assert "home page" not in refused


@pytest.mark.parametrize(
    ("cycle", "organisation", "says"),
    [
        ("2026", "riverdale-polic", 'no return of an organisation "riverdale-polic". Did you mean riverdale-police?'),
        ("2025", "riverdale-police", 'There is no cycle "2025". Did you mean 2026?'),
        ("summer", "riverdale-police", 'There is no cycle "summer". There is: 2026.'),
    ],
)
def test_what_was_probably_meant_is_offered(open_cycle, cycle, organisation, says):
    refused = open_cycle("returns", "export", "--cycle", cycle, "--organisation", organisation, code=1).stderr

    assert says in refused


def test_nothing_is_not_given_as_a_percentage(open_cycle):
    said = open_cycle("figures", "--cycle", "2026").stdout

    assert "None" not in said
    assert "fully_met 0, mostly_met 0" in said


def test_one_change_is_one_change(open_cycle, filled_in):
    type_into(filled_in, {f"{EVIDENCE}{FIRST_QUESTION}": None})

    assert "police.xlsx: 1 change would be made." in open_cycle("returns", "import", filled_in, "--dry-run").stdout
    assert "police.xlsx: 1 change made." in open_cycle("returns", "import", filled_in).stdout


def test_the_trail_is_whole_after_all_of_this(open_cycle, filled_in):
    open_cycle("returns", "import", filled_in)
    open_cycle("figures", "--cycle", "2026")

    report = open_cycle.data("trail", "verify")

    assert report["faults"] == []
    # The partnership and the police's return at least; the return's form was downloaded, started and imported.
    assert report["streams"] >= 2
    assert report["events"] >= 6
    assert "nothing was changed." in open_cycle("trail", "verify").stdout


@pytest.mark.parametrize(
    ("tampering", "says"),
    [
        ("UPDATE audit_events SET actor = 'somebody' {where} AND number = 2", "event 2 was changed after"),
        ("UPDATE audit_events SET details = '{{}}' {where} AND number = 3", "event 3 was changed after"),
        ("DELETE FROM audit_events {where} AND number = 2", "event 2 is missing"),
        ("DELETE FROM audit_events {where} AND number = 3", "it ends at event 2, but 3 were written."),
    ],
)
def test_a_trail_somebody_tampered_with_names_the_event_and_exits_with_2(open_cycle, filled_in, tampering, says):
    open_cycle("returns", "import", filled_in)
    stream = "assessment:2026.riverdale-police"
    database = sqlite3.connect(open_cycle.folder / "section11.db")
    database.execute(tampering.format(where=f"WHERE stream = '{stream}'"))
    database.commit()
    database.close()

    result = open_cycle("trail", "verify", code=2)

    assert f"{stream}: {says}" in result.output
    faults = json.loads(open_cycle("trail", "verify", "--json", code=2).stdout)["faults"]
    assert any(says in fault for fault in faults)
