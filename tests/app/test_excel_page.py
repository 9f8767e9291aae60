"""The Excel return on screen: download, upload with a preview, conflicts that are asked about, faults with cells."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from section11.services.excel_returns import download_return
from tests.app.browsing import downloads_on, go_to, words_on
from tests.services.builders import (
    FIRE_RETURN,
    POLICE_RETURN,
    answer,
    event_names,
    stored_answers,
    submitted,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RATING, EVIDENCE = "E", "F"
FIRST_QUESTION = 5
"""The row of S1.1: the first standard's heading is in row 4."""


@pytest.fixture
def excel(town, open_app):
    return go_to(open_app(town.office, town.contributor), "excel_return.py", assessment=POLICE_RETURN)


def filled_in(town, cells, *, user=None, assessment_id=POLICE_RETURN):
    """Download the return, type into cells of its Answers sheet, and save it."""
    content = download_return(town.office, user or town.contributor, assessment_id).content
    return type_into(content, cells)


def type_into(content, cells):
    workbook = load_workbook(BytesIO(content))
    for place, value in cells.items():
        workbook["Answers"][place] = value
    saved = BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def upload(at, content, name="police.xlsx"):
    return at.file_uploader[0].set_value((name, content, XLSX)).run()


def test_both_kinds_of_file_can_be_downloaded(excel):
    assert downloads_on(excel) == {
        "With the answers so far": f"/downloads/returns/{POLICE_RETURN}.xlsx",
        "Blank form": f"/downloads/blank-returns/{POLICE_RETURN}.xlsx",
        "Blank form to print (PDF)": f"/downloads/blank-returns/{POLICE_RETURN}.pdf",
    }


def test_a_filled_in_file_is_previewed_and_then_imported(town, excel):
    cells = {f"{RATING}{FIRST_QUESTION}": "Fully met", f"{EVIDENCE}{FIRST_QUESTION}": "Minutes of *May*"}
    at = upload(excel, filled_in(town, cells))
    assert "**S1.1, Rating**" in words_on(at)
    assert [text.value for text in at.text] == ["(empty)", "Fully met", "(empty)", "Minutes of *May*"]
    assert stored_answers(town, POLICE_RETURN) == {}

    at.button(key="page.go").click().run()

    stored = stored_answers(town, POLICE_RETURN)["S1.1"]
    assert (stored.rating, stored.evidence) == ("fully_met", "Minutes of *May*")
    assert "Imported 2 changes from police.xlsx." in words_on(at)
    assert "return_imported" in event_names(town, POLICE_RETURN)


def test_what_changed_in_both_places_is_asked_and_the_screen_is_kept_unless_said_otherwise(town, excel):
    content = filled_in(town, {f"{EVIDENCE}{FIRST_QUESTION}": "From the file"})
    answer(town, town.approver, POLICE_RETURN, "S1.1", evidence="On screen")
    at = upload(excel, content)
    assert "Changed in both places" in words_on(at)
    conflict = at.radio(key="page.conflict.S1.1.evidence")
    assert conflict.proto.captions[:] == ["On screen", "From the file"]

    at.button(key="page.go").click().run()
    assert stored_answers(town, POLICE_RETURN)["S1.1"].evidence == "On screen"

    upload(at, content)
    at.radio(key="page.conflict.S1.1.evidence").set_value("file").run()
    at.button(key="page.go").click().run()
    assert stored_answers(town, POLICE_RETURN)["S1.1"].evidence == "From the file"


def test_a_fault_names_its_cell_and_nothing_is_imported(town, excel):
    cells = {f"{RATING}{FIRST_QUESTION}": "Sort of", f"{EVIDENCE}{FIRST_QUESTION}": "Minutes"}

    at = upload(excel, filled_in(town, cells))

    assert "The file has 1 thing to put right. Nothing was imported." in words_on(at)
    assert f"Answers!{RATING}{FIRST_QUESTION}" in words_on(at)
    assert '"Sort of"' in words_on(at)
    assert "page.go" not in [button.key for button in at.button]
    assert "Download your file with these cells marked" in [one.label for one in at.get("download_button")]
    assert stored_answers(town, POLICE_RETURN) == {}


def test_a_file_with_nothing_new_says_so(town, excel):
    at = upload(excel, filled_in(town, {}))

    assert "The file says nothing new." in words_on(at)


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 broken"])
def test_a_file_that_is_not_ours_is_refused_in_one_sentence(excel, content):
    at = upload(excel, content)

    assert len(at.error) == 1
    assert not at.exception


def test_the_file_of_another_organisation_is_refused_in_one_sentence(town, excel):
    at = upload(excel, filled_in(town, {}, user=town.fire_contributor, assessment_id=FIRE_RETURN))

    assert len(at.error) == 1
    assert "Riverdale Police" in at.error[0].value.replace("\\", "")
    assert stored_answers(town, POLICE_RETURN) == {}


def test_a_submitted_return_takes_no_file_but_can_be_downloaded(town, open_app):
    submitted(town)

    at = go_to(open_app(town.office, town.contributor), "excel_return.py", assessment=POLICE_RETURN)

    assert "This return is not open for changes, so a file cannot be imported now." in words_on(at)
    assert not at.file_uploader
    assert "With the answers so far" in downloads_on(at)
