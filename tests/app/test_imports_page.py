"""The page of imports: choices, a preview, the import, and undoing it."""

import pytest

from tests.app.browsing import go_to, words_on
from tests.services.builders import FIRE, POLICE_RETURN, stored_answers
from tests.services.test_import_layouts import OLD_SCALE, forms_export, survey_of

GOOD = b"organisation,question,rating\nriverdale-police,S1.1,Fully met\n"


@pytest.fixture
def page(town, open_app):
    town.office.clock.move(minutes=1)
    return go_to(open_app(town.office, town.admin), "imports.py")


def upload(at, content, name="file.csv"):
    return at.file_uploader[0].set_value((name, content, "text/csv")).run()


def test_a_file_that_is_no_table_is_refused_in_a_sentence(town, page):
    at = upload(page, b"%PDF-1.7 \x00")

    assert not at.exception
    assert "neither a CSV file nor an Excel workbook" in words_on(at)


def test_faults_are_listed_and_nothing_is_imported(town, page):
    at = upload(page, b"organisation,question,rating\nnowhere,S9,Fully met\n")

    assert "row 2" in words_on(at)
    assert "page.import" not in [button.key for button in at.button]
    assert stored_answers(town, POLICE_RETURN) == {}


def test_results_are_previewed_imported_and_undone(town, page):
    at = upload(page, GOOD, "<b>old</b>.csv")
    assert "This fills the returns of 1 organisation with 1 answer" in words_on(at)
    assert "Riverdale Police 1" in words_on(at)
    assert stored_answers(town, POLICE_RETURN) == {}

    at.button(key="page.import").click().run()
    assert stored_answers(town, POLICE_RETURN)["S1.1"].rating == "fully_met"
    assert "<b>old</b>.csv" in words_on(at)

    undo = next(one for one in at.button if one.label == "Undo")
    undo.click().run()
    assert "is undone. Everything it changed is as it was before." in words_on(at)
    assert stored_answers(town, POLICE_RETURN) == {}
    assert "**Undone** on" in words_on(at)


def test_an_import_something_rests_on_says_so_and_stays(town, page):
    undo = next(one for one in page.button if one.label == "Undo")  # of the organisations, which have forms by now

    at = undo.click().run()

    assert "This import cannot be undone, because something newer rests on it." in words_on(at)
    assert not at.exception


def test_other_columns_and_another_scale_are_chosen_once(town, page):
    at = upload(page, OLD_SCALE.encode())
    assert "Still to choose: organisation, question, rating." in words_on(at)
    for name, heading in (("organisation", "Agency"), ("question", "Ref"), ("rating", "Grade")):
        at.selectbox(key=f"page.column.{name}").set_value(heading).run()
    assert "“A” means" in words_on(at)
    for number, key in enumerate(("fully_met", "not_met", "")):
        at.selectbox(key=f"page.rating.{number}").set_value(key).run()
    assert "1 organisation with 2 answers" in words_on(at)
    at.button(key="page.import").click().run()
    assert len(stored_answers(town, POLICE_RETURN)) == 2

    next(one for one in at.button if one.label == "Undo").click().run()
    at = upload(at, OLD_SCALE.encode())

    assert "1 organisation with 2 answers" in words_on(at)
    assert not at.exception


def test_a_file_with_a_column_for_each_question_asks_for_the_organisations_column_alone(town, page):
    wide = b"Agency,S1.1,S1.2,Contact\nriverdale-police,Fully met,Not met,A person\n"

    at = upload(page, wide, "wide.csv")
    assert "This file has a column for each of 2 questions: S1.1, S1.2." in words_on(at)
    assert [box.key for box in at.selectbox if box.key.startswith("page.column")] == ["page.column.organisation"]
    at.selectbox(key="page.column.organisation").select("Agency").run()
    assert "This fills the returns of 1 organisation with 2 answers" in words_on(at)
    at.button(key="page.import").click().run()

    answers = stored_answers(town, POLICE_RETURN)
    assert {key: one.rating for key, one in answers.items()} == {"S1.1": "fully_met", "S1.2": "not_met"}


def test_a_survey_export_is_counted_after_its_columns_are_chosen(town, page):
    page.radio(key="page.kind").set_value("survey").run()
    at = upload(page, forms_export())
    at.selectbox(key="page.organisation").set_value("Where do you work?").run()
    assert not at.exception
    at.multiselect(key="page.left_out").set_value(["Don't know"]).run()
    assert "2 results" in words_on(at)
    assert "Riverdale Fire and Rescue S1.1 Nothing 4 of 5 agree" in words_on(at)
    assert survey_of(town) == []

    at.button(key="page.import").click().run()

    assert survey_of(town) == [(FIRE, "S1.1", 4, 5), (FIRE, "S1.2", 6, 6)]


def test_people_are_previewed_imported_with_their_links_and_undone(town, page):
    page.radio(key="page.kind").set_value("people").run()
    at = upload(page, b"email,name,role,organisation\nnew@fire.example,=New <b>,contributor,riverdale-fire\n")
    assert "1 new person" in words_on(at)
    assert "=New <b>, new@fire.example New Contributor, riverdale-fire" in words_on(at)

    at.button(key="page.import").click().run()
    assert "/invitation/" in at.code[0].value

    next(one for one in at.button if one.label == "Undo").click().run()
    assert "is undone." in words_on(at)
    with town.office.store.reading() as work:
        assert work.accounts.person_by_email("new@fire.example") is None


def test_people_with_faults_are_named_by_row(town, page):
    page.radio(key="page.kind").set_value("people").run()

    at = upload(page, b"email,name,role\nno address,Jo,wizard\n")

    assert "row 2" in words_on(at)
    assert "page.import" not in [button.key for button in at.button]
