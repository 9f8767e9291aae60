"""The routes of board packs: shown with a policy of their own, downloaded in four forms, refused alike."""

from datetime import date

import pytest

from section11.domain.cycles import EVERY_TYPE, Cycle, CycleStatus
from section11.domain.people import OPERATOR, Grant, Role
from section11.services.board_packs import make_final
from tests.web.door_steps import ANN, fill_in

DOWNLOADS = "/downloads/board-packs/2026"
PATHS = [
    "/board-packs/2026/1",
    "/board-packs/2026/draft",
    *(f"{DOWNLOADS}/{name}" for name in ("1.pptx", "1.pdf", "1.html", "1.xlsx", "draft.pdf", "1/for-sharing.pdf")),
]


@pytest.fixture
def packed(office):
    """An office with a cycle that has one final board pack."""
    cycle = Cycle(
        "2026", "2026", date(2026, 9, 30), CycleStatus.OPEN, frozenset({"riverdale"}), {EVERY_TYPE: "section11-2026"}
    )
    with office.store.writing() as work:
        work.cycles.add(cycle)
        work.commit()
    make_final(office, OPERATOR, "2026")
    return office


def signed_in(office, browser, role):
    with office.store.writing() as work:
        work.accounts.add_grants([(ANN.id, Grant(role, partnership_id="riverdale"))])
        work.commit()
    fill_in(browser)
    return browser


@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_gets_no_pack(packed, browser, path):
    answer = browser.get(path)

    assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={path}")


@pytest.mark.parametrize(
    "path", ["/board-packs/2026/2", "/board-packs/1999/1", "/board-packs/1999/draft", f"{DOWNLOADS}/2.pdf"]
)
def test_what_is_not_there_gets_the_one_answer(packed, browser, path):
    answer = signed_in(packed, browser, Role.SCRUTINY_LEAD).get(path)

    assert answer.status_code == 404
    assert answer.text.startswith("This is not available.")


@pytest.mark.parametrize("path", ["/board-packs/2026/draft", f"{DOWNLOADS}/draft.pptx"])
def test_a_board_viewer_is_refused_the_draft(packed, browser, path):
    assert signed_in(packed, browser, Role.BOARD_VIEWER).get(path).status_code == 403


@pytest.mark.parametrize(
    ("name", "begins"), [("1.pptx", b"PK"), ("1.pdf", b"%PDF"), ("1.html", b"<!doctype html>"), ("1.xlsx", b"PK")]
)
def test_a_board_viewer_downloads_each_form(packed, browser, name, begins):
    answer = signed_in(packed, browser, Role.BOARD_VIEWER).get(f"{DOWNLOADS}/{name}")

    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert answer.headers["content-disposition"] == f'attachment; filename="2026-board-pack-{name}"'


@pytest.mark.parametrize("path", ["/board-packs/2026/1", "/board-packs/2026/draft"])
def test_a_pack_is_shown_with_a_policy_that_lets_it_run_its_own_script_and_fetch_nothing(packed, browser, path):
    answer = signed_in(packed, browser, Role.SCRUTINY_LEAD).get(path)

    policy = answer.headers["content-security-policy"]
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "content-disposition" not in answer.headers
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert policy.endswith("frame-ancestors 'none'")
