"""Blank forms: the right questions, a name that tells them apart, one event each, and never an import."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from section11.domain.people import OPERATOR, User
from section11.errors import NotAvailableError, NotOurFileError, NotPermittedError
from section11.services.blank_forms import download_return_pdf, download_set_pdf, download_set_workbook
from section11.services.downloads import PDF, XLSX
from section11.services.excel_returns import preview_import
from section11.services.library import EVERY_QUESTION
from tests.services.builders import (
    FIRE_RETURN,
    MINDER_RETURN,
    PARTNERSHIP,
    POLICE_RETURN,
    SET_ID,
    event_names,
    events,
    people_on_every_side,
    submitted,
)

BOTH = pytest.mark.parametrize("download", [download_set_pdf, download_set_workbook])


def words_of(file):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(file.content)).pages).split())


def set_events(town, partnership_id=PARTNERSHIP):
    return [one for one in events(town, f"partnership:{partnership_id}") if one.name == "set_form_downloaded"]


@BOTH
@pytest.mark.parametrize(("set_id", "organisation_type"), [("none", "childminder"), (SET_ID, "none"), ("..", "none")])
def test_what_is_not_there_is_not_available_and_leaves_no_event(sqlite_town, download, set_id, organisation_type):
    with pytest.raises(NotAvailableError):
        download(sqlite_town.office, sqlite_town.contributor, set_id, organisation_type)

    assert set_events(sqlite_town) == []


@BOTH
def test_a_set_form_is_named_after_set_and_type_and_is_an_event_of_the_partnership(town, download):
    file = download(town.office, town.contributor, SET_ID, "childminder")

    ending, media_type = ("pdf", PDF) if download is download_set_pdf else ("xlsx", XLSX)
    assert (file.filename, file.media_type) == (f"{SET_ID}-childminder-blank.{ending}", media_type)
    [event] = set_events(town)
    assert event.actor == town.contributor.id
    assert event.details == {"set": SET_ID, "organisation_type": "childminder", "format": ending}


def test_somebody_of_two_partnerships_leaves_the_event_in_both_and_the_operator_in_none(sqlite_town):
    town = sqlite_town
    elmtree = people_on_every_side(town)["eb"]
    both = User(elmtree.person, elmtree.grants | town.board.grants)

    download_set_pdf(town.office, both, SET_ID, EVERY_QUESTION)
    download_set_pdf(town.office, OPERATOR, SET_ID, EVERY_QUESTION)

    assert len(set_events(town)) == 1
    assert len(set_events(town, "elmtree")) == 1


def test_the_pdf_has_the_questions_of_the_type_or_every_question(sqlite_town):
    town = sqlite_town

    minder = words_of(download_set_pdf(town.office, town.board, SET_ID, "childminder"))
    everyone = words_of(download_set_pdf(town.office, town.board, SET_ID, EVERY_QUESTION))

    assert "S2.1" in minder
    assert "S2.2" not in minder
    assert "Made on 2 March 2026." in minder
    assert "S2.2" in everyone


def test_the_workbook_has_the_questions_of_the_type_and_says_that_it_cannot_be_imported(sqlite_town):
    town = sqlite_town

    workbook = load_workbook(BytesIO(download_set_workbook(town.office, town.admin, SET_ID, "childminder").content))

    assert workbook.sheetnames == ["Start here", "Answers", "Action plan", "_lists"]
    first_column = [str(cell.value) for cell in workbook["Answers"]["A"]]
    assert [words for words in first_column if words.startswith("S")] == ["S1.1", "S1.2", "S2.1"]
    said = [cell.value for cell in workbook["Start here"]["B"] if cell.value]
    assert "This file cannot be imported: it belongs to no return." in said
    assert any("download it from your home page under “Excel return”" in words for words in said)


def test_a_filled_in_set_form_is_refused_with_what_to_do(sqlite_town):
    town = sqlite_town
    content = download_set_workbook(town.office, town.contributor, SET_ID, "police-force").content

    with pytest.raises(NotOurFileError, match="blank form from the question library, made for no organisation"):
        preview_import(town.office, town.contributor, POLICE_RETURN, content)


def test_the_pdf_of_a_return_has_its_frozen_set_and_names_organisation_and_cycle(town):
    file = town.standards / SET_ID / "s1.yaml"
    file.write_text(file.read_text().replace("Leadership", "Something else"))

    made = download_return_pdf(town.office, town.minder, MINDER_RETURN)

    assert (made.filename, made.media_type) == ("2026-lily-lane-blank.pdf", PDF)
    words = words_of(made)
    assert "1. Leadership" in words
    assert "Organisation Lily Lane Childminding Cycle 2026 Due 31 March 2026" in words
    assert "S2.2" not in words
    assert [(one.name, one.details) for one in events(town, f"assessment:{MINDER_RETURN}")] == [
        ("return_form_downloaded", {"format": "pdf"})
    ]


@pytest.mark.parametrize("assessment_id", [FIRE_RETURN, "2026.nobody", "", "../2026"])
def test_the_form_of_another_organisations_return_is_not_available(sqlite_town, assessment_id):
    with pytest.raises(NotAvailableError):
        download_return_pdf(sqlite_town.office, sqlite_town.contributor, assessment_id)

    assert event_names(sqlite_town, FIRE_RETURN) == []


def test_scrutiny_may_not_print_a_returns_form_and_has_the_library_for_that(sqlite_town):
    with pytest.raises(NotPermittedError):
        download_return_pdf(sqlite_town.office, sqlite_town.scrutiny, submitted(sqlite_town))

    assert download_set_pdf(sqlite_town.office, sqlite_town.scrutiny, SET_ID, "police-force").content
