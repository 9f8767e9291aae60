"""The routes of blank forms: nobody without a session, one answer for whatever is not there, a file for the rest."""

import pytest

from section11.domain.people import Grant, Role
from section11.services.trail import partnership_stream
from tests.web.door_steps import ANN, fill_in

SETS = "/downloads/sets"


@pytest.fixture
def signed_in(office, browser):
    with office.store.writing() as work:
        work.accounts.add_grants([(ANN.id, Grant(Role.BOARD_VIEWER, partnership_id="riverdale"))])
        work.commit()
    fill_in(browser)
    return browser


def event_names(office):
    with office.store.reading() as work:
        return [event.name for event in work.audit_trail.events(partnership_stream("riverdale"))]


@pytest.mark.parametrize(
    "path",
    [
        f"{SETS}/section11-2026/childminder.pdf",
        f"{SETS}/section11-2026/childminder.xlsx",
        "/downloads/blank-returns/2026.riverdale-police.pdf",
        "/downloads/returns/2026.riverdale-police.pdf",
        "/downloads/cycles/2026/data/csv",
    ],
)
def test_a_stranger_gets_no_form(office, browser, path):
    answer = browser.get(path)

    assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={path}")
    assert event_names(office) == []


@pytest.mark.parametrize(
    "path",
    [
        f"{SETS}/no-such-set/childminder.pdf",
        f"{SETS}/section11-2026/no-such-type.pdf",
        f"{SETS}/no-such-set/childminder.xlsx",
        f"{SETS}/section11-2026/no-such-type.xlsx",
        f"{SETS}/%2e%2e/childminder.pdf",
        f"{SETS}/section11-2026%00/childminder.pdf",
        "/downloads/blank-returns/2026.riverdale-police.pdf",
        "/downloads/blank-returns/%00.pdf",
        "/downloads/returns/2026.riverdale-police.pdf",
        "/downloads/returns/%00.pdf",
        "/downloads/cycles/2026/data/csv",
        "/downloads/cycles/2026/data/xls",
        "/downloads/cycles/%00/data/ods",
    ],
)
def test_what_is_not_there_or_not_yours_gets_the_one_answer(office, signed_in, path):
    answer = signed_in.get(path)

    assert answer.status_code == 404
    assert answer.text.startswith("This is not available.")
    assert event_names(office) == []


@pytest.mark.parametrize("organisation_type", ["childminder", "every-question"])
@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF-1.7"), ("xlsx", b"PK")])
def test_a_signed_in_person_gets_the_form_of_a_set(office, signed_in, organisation_type, ending, begins):
    answer = signed_in.get(f"{SETS}/voluntary-2026/{organisation_type}.{ending}")

    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert answer.headers["cache-control"] == "no-store"
    name = f"voluntary-2026-{organisation_type}-blank.{ending}"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert event_names(office) == ["set_form_downloaded"]
