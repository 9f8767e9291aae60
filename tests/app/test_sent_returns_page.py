"""Bringing in many Excel returns on screen: a look first, then one summary; what cannot be used is named."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from section11.domain.people import OPERATOR
from section11.services.excel_returns import download_return
from tests.app.browsing import go_to, words_on
from tests.services.builders import FIRE_RETURN, POLICE_RETURN, event_names, stored_answers

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def page(town, open_app):
    return go_to(open_app(town.office, town.admin), "sent_returns.py")


def rated(town, assessment_id, rating):
    workbook = load_workbook(BytesIO(download_return(town.office, OPERATOR, assessment_id).content))
    workbook["Answers"]["E5"] = rating
    content = BytesIO()
    workbook.save(content)
    return (f"{assessment_id}.xlsx", content.getvalue(), XLSX)


def test_files_are_looked_at_first_and_imported_when_somebody_says_so(town, page):
    at = page.file_uploader[0].set_value([rated(town, POLICE_RETURN, "Fully met"), ("x.xlsx", b"words", XLSX)]).run()

    assert [(one.label, one.value) for one in at.metric] == [
        ("Files", "2"),
        ("Ready to import", "1"),
        ("Nothing new", "0"),
        ("Cannot be used", "1"),
    ]
    assert "This is not an Excel workbook." in words_on(at)
    assert stored_answers(town, POLICE_RETURN) == {}

    at.button(key="page.go").click().run()

    assert stored_answers(town, POLICE_RETURN)["S1.1"].rating == "fully_met"
    assert "Imported 1 return." in words_on(at)
    assert ("Imported", "1") in [(one.label, one.value) for one in at.metric]
    assert event_names(town, POLICE_RETURN)[-1] == "return_imported"


def test_a_file_with_faults_names_its_organisation_and_cells_and_offers_nothing_to_import(town, page):
    at = page.file_uploader[0].set_value([rated(town, FIRE_RETURN, "Sort of")]).run()

    assert "Riverdale Fire and Rescue" in words_on(at)
    assert "Answers!E5" in words_on(at)
    assert [button.label for button in at.button] == ["Sign out"]
    assert stored_answers(town, FIRE_RETURN) == {}
