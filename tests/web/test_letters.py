"""The routes of feedback letters: strangers get none, what is not there or not yours is refused alike."""

import pytest

from section11.domain.people import Grant, Role
from section11.web.letters import NOT_HERE_ANY_MORE
from tests.web.door_steps import ANN, fill_in

PATHS = [
    "/downloads/letters/2026.riverdale-police.pdf",
    "/downloads/letters/2026.riverdale-police.docx",
    "/downloads/letter-bundles/abc.zip",
    "/downloads/letter-templates/riverdale.docx",
]


def granted(office, role):
    with office.store.writing() as work:
        work.accounts.add_grants([(ANN.id, Grant(role, partnership_id="riverdale"))])
        work.commit()


@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_gets_no_letter(browser, path):
    answer = browser.get(path)

    assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={path}")


@pytest.mark.parametrize("path", [*PATHS[:2], "/downloads/letters/%00.pdf", "/downloads/letter-templates/nowhere.docx"])
def test_what_is_not_there_gets_the_one_answer(office, browser, path):
    granted(office, Role.SCRUTINY_LEAD)
    fill_in(browser)

    answer = browser.get(path)

    assert answer.status_code == 404
    assert answer.text.startswith("This is not available.")


def test_a_file_of_letters_that_is_gone_says_so_and_what_to_do(office, browser):
    granted(office, Role.SCRUTINY_LEAD)
    fill_in(browser)

    answer = browser.get(PATHS[2])

    assert answer.status_code == 404
    assert answer.text == NOT_HERE_ANY_MORE


def test_scrutiny_gets_the_document_to_begin_with_and_a_board_viewer_does_not(office, browser):
    granted(office, Role.BOARD_VIEWER)
    fill_in(browser)
    assert browser.get(PATHS[3]).status_code == 403
    granted(office, Role.SCRUTINY_LEAD)

    answer = browser.get(PATHS[3])

    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == 'attachment; filename="riverdale-letter-template.docx"'
