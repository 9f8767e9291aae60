"""The question library on screen: any set as a type is asked it, searched, kept in the address, and downloaded."""

import shutil

import pytest

from section11.services.library import EVERY_QUESTION
from tests.app.browsing import downloads_on, go_to, links_on, words_on
from tests.services.builders import POLICE_RETURN, SET_ID
from tests.services.value_builders import EVERY_TYPE_SET


@pytest.fixture
def library(town, open_app):
    """Return a function that opens the page as somebody, at an address. The library may be changed in between."""
    folder = town.standards
    kept = folder.with_name("kept")
    shutil.copytree(folder, kept)

    def open_(user=None, **address):
        return go_to(open_app(town.office, user or town.contributor), "library.py", **address)

    yield open_
    shutil.rmtree(folder)
    kept.rename(folder)


def folds_on(at):
    return [fold.label.replace("\\", "") for fold in at.expander]


def add_every_type(town):
    shutil.copytree(EVERY_TYPE_SET, town.standards / "every-type")


def break_small_set(town):
    (town.standards / SET_ID / "s1.yaml").write_text("id: S1\ntitel: Leadership\n")


@pytest.mark.parametrize(
    "address",
    [
        {"set": "no-such-set", "type": "no-such-type"},
        {"set": "../kept", "type": ""},
        {"set": "nonsense\0", "type": "*"},
        {"words": "x" * 10_000},
        {"words": "\0<script>*"},
    ],
)
def test_an_address_that_makes_no_sense_shows_the_usual_set(library, address):
    at = library(**address)

    assert not at.exception
    assert not at.error
    assert [box.value for box in at.selectbox] == [SET_ID, "police-force"]


def test_a_person_sees_the_set_as_their_own_organisation_is_asked_it(library, town):
    assert "1 more is not asked of this type of organisation." in words_on(library(town.minder))

    at = library(town.contributor)

    assert "Version 1. 2 standards, 4 questions, all asked of this type of organisation." in words_on(at)
    assert folds_on(at)[0] == "**S1.1** What do you do about S1.1? :blue-badge[Essential]"
    assert [fold.proto.expanded for fold in at.expander] == [False] * 4


def test_choosing_another_type_changes_the_questions_the_downloads_and_the_address(library):
    at = library()

    at.selectbox(key=f"page.type.{SET_ID}").set_value("childminder").run()

    assert len(folds_on(at)) == 3
    assert downloads_on(at) == {
        "Blank form (Excel)": f"/downloads/sets/{SET_ID}/childminder.xlsx",
        "Blank form to print (PDF)": f"/downloads/sets/{SET_ID}/childminder.pdf",
    }
    assert at.query_params["set"] == SET_ID
    assert at.query_params["type"] == "childminder"


def test_every_question_can_be_asked_for(library, town):
    at = library(town.minder, type=EVERY_QUESTION)

    assert "2 standards, 4 questions." in words_on(at)
    assert downloads_on(at)["Blank form (Excel)"] == f"/downloads/sets/{SET_ID}/every-question.xlsx"


def test_another_set_begins_with_its_usual_type_unless_a_type_was_chosen(library, town):
    folder = town.standards / "education-2026"
    shutil.copytree(town.standards / SET_ID, folder)
    (folder / "set.yaml").write_text((folder / "set.yaml").read_text().replace(SET_ID, "education-2026"))
    at = library(town.board, set=SET_ID)
    assert [box.value for box in at.selectbox] == [SET_ID, EVERY_QUESTION]

    at.selectbox(key="page.set").set_value("education-2026").run()
    assert [box.value for box in at.selectbox] == ["education-2026", "school-maintained"]

    at.selectbox(key="page.type.education-2026").set_value("college").run()
    at.selectbox(key="page.set").set_value(SET_ID).run()
    assert [box.value for box in at.selectbox] == [SET_ID, "college"]


def test_sets_with_the_same_title_are_told_apart_by_their_ids(library, town):
    shutil.copytree(town.standards / SET_ID, town.standards / "copied")
    set_file = town.standards / "copied" / "set.yaml"
    set_file.write_text(set_file.read_text().replace(SET_ID, "copied"))

    at = library()

    assert at.selectbox(key="page.set").options == ["A small set (copied)", "A small set (small-set)"]


def test_a_search_leaves_what_has_every_word_opens_it_and_stays_in_the_address(library):
    at = library()

    at.text_input(key="page.words").set_value("about s1.2").run()

    assert folds_on(at) == ["**S1.2** What do you do about S1.2?"]
    assert at.expander[0].proto.expanded
    assert "1 of 4 questions found." in words_on(at)
    assert at.query_params["words"] == "about s1.2"

    at.text_input(key="page.words").set_value("").run()
    assert len(folds_on(at)) == 4
    assert "words" not in at.query_params


def test_a_search_that_finds_nothing_says_so(library):
    at = library(words="unicorn")

    assert folds_on(at) == []
    assert "No question has all of these words. Try fewer words, or others." in words_on(at)


def test_the_contents_list_leads_to_each_standard_with_the_number_of_its_questions(library):
    assert "- [1. Leadership](#standard-s1) (2)\n- [2. Listening](#standard-s2) (2)" in words_on(library())


def test_a_rated_question_shows_what_each_rating_means_and_what_it_tests(library):
    said = words_on(library(words="S1.1"))

    assert "**Answer: rating.** Choose one of the ratings." in said
    assert "- :green-badge[Fully met] All of it." in said
    assert "- :red-badge[Not met] None." in said
    assert "- Clear accountability (S11-01)" in said


def test_other_types_of_question_say_how_they_are_answered(library, town):
    add_every_type(town)

    said = words_on(library(set="every-type"))

    assert "**Answer: number.** Write a number of people, in digits." in said
    assert "**Answer: one of several choices.** Choose one.\n\n- Day nursery\n- Holiday club" in said
    assert "**Answer: sentences, may be left without an answer.** Write as much as is needed." in said


def test_markup_in_a_set_is_shown_as_it_was_written(library, town):
    file = town.standards / SET_ID / "s2.yaml"
    nasty = "help: '**bold** <b>x</b> $y$ :red[z] [a](http://b.example)'"
    file.write_text(file.read_text().replace("help: ''", nasty))

    at = library(words="s2.1")

    shown = [one.value for one in at.markdown if "bold" in one.value]
    assert shown == [r"\*\*bold\*\* \<b\>x\</b\> \$y\$ \:red\[z\] \[a\]\(http\::color[/]/b.example\)"]


def test_a_set_with_faults_is_named_and_the_others_still_work(library, town):
    add_every_type(town)
    break_small_set(town)

    said = words_on(library(town.contributor))
    assert f"The set “{SET_ID}” is not available now. Your administrator knows why." in said
    assert "One question of each type" in said
    assert "titel" not in said

    said = words_on(library(town.admin))
    assert f"The set “{SET_ID}” is not available: it has" in said
    assert "titel" in said


def test_a_library_without_a_set_that_can_be_read_says_so(library, town):
    break_small_set(town)

    at = library(town.board)

    assert not at.exception
    assert "There is no question set that can be read yet." in words_on(at)


def test_home_the_form_and_the_excel_page_lead_to_a_blank_form(town, open_app):
    at = open_app(town.office, town.contributor)
    assert "Read every question first, or download a blank form to pass round" in links_on(at)

    printed = f"/downloads/blank-returns/{POLICE_RETURN}.pdf"
    go_to(at, "assessment.py", assessment=POLICE_RETURN)
    assert downloads_on(at) == {"Blank form to pass round": printed}
    go_to(at, "excel_return.py", assessment=POLICE_RETURN)
    assert downloads_on(at)["Blank form to print (PDF)"] == printed
