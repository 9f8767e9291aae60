"""The pages of feedback letters: the list, all in one file, the wording with its example, and the links elsewhere."""

import zipfile

from section11.services.asking import note_internally
from section11.services.letter_bundles import open_bundle
from section11.services.letter_templates import list_letter_templates, usual_wording
from section11.services.releasing import release_return
from tests.app.browsing import downloads_on, go_to, links_on, words_on
from tests.services.builders import CYCLE, PARTNERSHIP, POLICE_RETURN
from tests.services.moderation_builders import moderated, released

WORDS = f"page.words.{PARTNERSHIP}"
PDF, DOCX = (f"/downloads/letters/{POLICE_RETURN}.{one}" for one in ("pdf", "docx"))


def letters_page(panel, open_app):
    return go_to(open_app(panel.office, panel.ann), "letters.py", cycle=CYCLE)


def wording_page(panel, open_app, user=None):
    return go_to(open_app(panel.office, user or panel.ann), "letter_wording.py")


def test_before_release_the_list_offers_a_preview_and_no_file_of_all(panel, open_app):
    at = letters_page(panel, open_app)

    said = words_on(at)
    assert "Submitted. Not released: preview only." in said
    assert downloads_on(at) == {
        "Preview for Riverdale Police (PDF)": PDF,
        "Preview for Riverdale Police (Word)": DOCX,
    }
    assert "All in one file" not in said
    assert [metric.value for metric in at.metric] == ["0", "1", "3"]


def test_all_released_letters_are_made_in_one_file_to_download(panel, open_app):
    released(panel)
    at = letters_page(panel, open_app)
    at.radio(key="page.format").set_value("docx").run()

    at.button(key="page.make").click().run()

    assert not at.exception
    assert [one.value.replace("\\", "") for one in at.success] == [
        "1 letter in 2026-letters-docx.zip. The file is kept for an hour."
    ]
    path = downloads_on(at)["Download the ZIP file"]
    bundle = open_bundle(panel.office, panel.ann, path.removeprefix("/downloads/letter-bundles/")[: -len(".zip")])
    assert zipfile.ZipFile(bundle.path).namelist() == ["2026-riverdale-police-letter.docx"]


def test_the_organisation_finds_its_letter_on_its_return_once_released_and_not_before(panel, open_app):
    moderated(panel)
    at = go_to(open_app(panel.office, panel.town.contributor), "whole_return.py", assessment=POLICE_RETURN)
    assert "Feedback letter" not in words_on(at)
    assert PDF not in downloads_on(at).values()

    release_return(panel.office, panel.ann, POLICE_RETURN)
    at.run()

    assert downloads_on(at)["Download the letter (PDF)"] == PDF
    assert downloads_on(at)["Download the letter (Word)"] == DOCX
    home = go_to(at, "home.py")
    assert "Read the whole return and the feedback letter" in links_on(home)


def test_scrutiny_finds_the_letter_on_the_page_of_the_organisation(panel, open_app):
    at = go_to(open_app(panel.office, panel.ann), "organisation.py", assessment=POLICE_RETURN)
    assert downloads_on(at)["Preview the letter (PDF)"] == PDF

    released(panel)
    at.run()

    assert downloads_on(at)["Feedback letter (Word)"] == DOCX


def test_the_example_is_drawn_with_what_is_in_the_box_before_it_is_saved(panel, open_app):
    at = wording_page(panel, open_app)
    assert at.text_area(key=WORDS).value == usual_wording()
    assert "Feedback on your return: Section 11 audit 2026" in words_on(at)

    at.text_area(key=WORDS).set_value("Good day, {{ organisation }}").run()

    assert "Good day, Example Primary School" in words_on(at)
    assert list_letter_templates(panel.office, panel.ann)[PARTNERSHIP].is_usual


def test_a_mistake_is_told_beside_the_box_and_saving_saves_nothing_and_loses_nothing(panel, open_app):
    at = wording_page(panel, open_app)
    wrong = "Dear all\n\n{{ organisaton }}"
    told = "Line 3: {{ organisaton }} is not a placeholder. Did you mean {{ organisation }}?"

    at.text_area(key=WORDS).set_value(wrong).run()
    at.button(key="page.save").click().run()

    assert f"{told} Nothing was saved." in [error.value.replace("\\", "") for error in at.error]
    assert at.text_area(key=WORDS).value == wrong
    assert list_letter_templates(panel.office, panel.ann)[PARTNERSHIP].is_usual


def test_a_wording_is_saved_and_the_usual_one_comes_back(panel, open_app):
    at = wording_page(panel, open_app)
    at.text_area(key=WORDS).set_value("Good day, {{ organisation }}").run()

    at.button(key="page.save").click().run()
    assert "The wording is saved. Letters made from now on have it." in words_on(at)
    assert list_letter_templates(panel.office, panel.ann)[PARTNERSHIP].words == "Good day, {{ organisation }}"
    at.button(key="page.usual").click().run()

    assert list_letter_templates(panel.office, panel.ann)[PARTNERSHIP].is_usual
    assert at.text_area(key=WORDS).value == usual_wording()


def test_markdown_in_a_wording_is_drawn_as_it_is_written(panel, open_app):
    at = wording_page(panel, open_app)

    at.text_area(key=WORDS).set_value("*not bold* :red[x] <b>y</b>\n\n- [a](http://b.example)").run()

    said = words_on(at)
    assert "*not bold* :red[x] <b>y</b>" in said
    assert "[a](http://b.example)" in said


def test_the_administrator_changes_the_wording_and_is_offered_no_letters(panel, open_app):
    at = go_to(open_app(panel.office, panel.town.admin), "cycles.py")
    assert "Change the wording of the letters" in links_on(at)

    at = wording_page(panel, open_app, panel.town.admin)

    assert not at.exception
    assert "Back to the feedback letters" not in links_on(at)
    assert at.text_area(key=WORDS).value == usual_wording()


def test_the_page_has_every_placeholder_with_its_meaning(panel, open_app):
    said = words_on(wording_page(panel, open_app))

    for placeholder in ("{{ organisation }}", "{{ to_work_on }}", "{{ open_questions }}", "{{ signed_by }}"):
        assert placeholder in said


def test_nothing_internal_is_on_the_pages_of_letters(panel, open_app):
    note_internally(panel.office, panel.ann, POLICE_RETURN, "S1.1", "Only for us")
    released(panel)

    assert "Only for us" not in words_on(letters_page(panel, open_app))
