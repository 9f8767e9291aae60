"""Opening evidence by its address: shown where that is safe, downloaded otherwise, and to nobody it is not for."""

from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from section11.config import Settings
from section11.services.clamav import ClamAv
from section11.services.evidence import replace_file
from section11.services.session_cookie import cookie_name
from section11.web.gate import SignInGate
from section11.web.headers import SecurityHeaders
from section11.web.routes import routes
from tests.app.browsing import begin_session
from tests.services.builders import POLICE, events, submitted
from tests.services.evidence_builders import a_file, a_link, nobody_listens
from tests.small_files import KEPT, WEB_PAGE, a_pdf

SHOWN = {"policy.pdf", "chart.png", "wall.jpg", "wall.jpeg", "loop.gif", "new.webp", "notes.txt"}
NOT_AVAILABLE = "This is not available."


@pytest.fixture
def town(ready, sqlite_office, tmp_path):
    return ready.town(sqlite_office, tmp_path)


@pytest.fixture
def open_as(town, tmp_path):
    """Return a function that opens an address as a person, or as a stranger."""
    settings = Settings(data_dir=tmp_path, database_url="")

    def open_(user, path, office=None):
        office = office or town.office
        app = Starlette(
            routes=routes(office, settings),
            middleware=[
                Middleware(SecurityHeaders, settings=settings),
                Middleware(SignInGate, office=office, settings=settings),
            ],
        )
        cookies = {cookie_name(settings): begin_session(office, user)} if user else {}
        return TestClient(app, cookies=cookies, follow_redirects=False).get(path)

    return open_


def address(item, number=1):
    return f"/evidence/{item.id}/{number}"


@pytest.mark.parametrize("name", KEPT)
def test_what_a_browser_can_show_harmlessly_is_shown_and_the_rest_downloaded(town, open_as, name):
    item = a_file(town.office, town.contributor, name=name, content=KEPT[name])

    answer = open_as(town.contributor, address(item))

    assert (answer.status_code, answer.content) == (200, KEPT[name])
    how = "inline" if name in SHOWN else "attachment"
    assert answer.headers["content-disposition"] == f"{how}; filename=\"{name}\"; filename*=UTF-8''{name}"
    assert answer.headers["content-type"].split(";")[0] == item.latest.media_type
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none';")
    assert "script-src" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_web_page_in_a_text_file_is_shown_as_text(town, open_as):
    item = a_file(town.office, town.contributor, name="page.txt", content=WEB_PAGE)

    answer = open_as(town.contributor, address(item))

    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["content-security-policy"].endswith("sandbox")


def test_a_name_with_quotes_and_other_letters_cannot_leave_its_header(town, open_as):
    item = a_file(town.office, town.contributor, name='Plan "für" 100%;x\r\nA: b.pdf')

    answer = open_as(town.contributor, address(item))

    assert answer.headers["content-disposition"] == (
        'inline; filename="Plan _f_r_ 100_;xA: b.pdf"; '
        "filename*=UTF-8''Plan%20%22f%C3%BCr%22%20100%25%3BxA%3A%20b.pdf"
    )
    assert "A" not in answer.headers


def test_a_link_leads_on_to_its_address_and_leaves_an_event(town, open_as):
    item = a_link(town.office, town.contributor)

    answer = open_as(town.contributor, address(item))

    assert (answer.status_code, answer.headers["location"]) == (303, "https://intranet.example/training")
    assert [event.name for event in events(town, f"organisation:{POLICE}")] == ["evidence_added", "evidence_opened"]


@pytest.mark.parametrize(
    ("reader", "draft", "returned"),
    [
        ("contributor", 200, 200),
        ("approver", 200, 200),
        ("scrutiny", 403, 200),
        ("admin", 403, 403),
        ("board", 403, 403),
        ("fire_contributor", 404, 404),
        ("fire_approver", 404, 404),
        ("minder", 404, 404),
    ],
)
def test_each_role_opens_what_is_for_it_as_a_draft_and_once_submitted(town, open_as, reader, draft, returned):
    item = a_file(town.office, town.contributor)
    found = [open_as(getattr(town, reader), address(item)).status_code]
    submitted(town)
    found.append(open_as(getattr(town, reader), address(item)).status_code)

    assert found == [draft, returned]


def test_a_stranger_is_sent_to_sign_in(town, open_as):
    item = a_file(town.office, town.contributor)

    answer = open_as(None, address(item))

    assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={address(item)}")


def test_for_an_outsider_a_file_that_exists_reads_like_one_that_does_not(town, open_as):
    item = a_file(town.office, town.contributor)

    answers = [open_as(town.fire_contributor, path) for path in (address(item), f"/evidence/{POLICE}.e99/1")]

    assert {(one.status_code, one.content) for one in answers} == {(404, answers[0].content)}
    assert answers[0].text.startswith(NOT_AVAILABLE)


@pytest.mark.parametrize("path", ["nothing/1", f"{POLICE}.e1/2", f"{POLICE}.e1/0", "%00/1", f"{POLICE}.e1/{'9' * 40}"])
def test_an_address_of_nothing_is_not_available(town, open_as, path):
    a_file(town.office, town.contributor)

    answer = open_as(town.contributor, f"/evidence/{path}")

    assert (answer.status_code, answer.text.startswith(NOT_AVAILABLE)) == (404, True)


def test_a_file_the_scanner_has_not_seen_is_not_given_out(town, open_as):
    office = replace(town.office, scanner=ClamAv.at(nobody_listens()))
    item = a_file(office, town.contributor)

    answer = open_as(town.contributor, address(item), office)

    assert (answer.status_code, answer.headers["content-type"]) == (403, "text/plain; charset=utf-8")
    assert answer.text.startswith("This file waits for the virus check")


def test_a_file_that_is_lost_says_so(town, open_as):
    item = a_file(town.office, town.contributor)
    files = town.office.evidence_files
    files._files.rm(files._path(item.latest.sha256))

    answer = open_as(town.contributor, address(item))

    assert (answer.status_code, answer.text.startswith("This file cannot be opened")) == (410, True)


def test_every_revision_has_its_own_address(town, open_as):
    item = a_file(town.office, town.contributor)
    replace_file(town.office, town.contributor, item.id, "new.pdf", a_pdf(pages=2))

    assert open_as(town.contributor, address(item, 1)).content == a_pdf()
    assert open_as(town.contributor, address(item, 2)).content == a_pdf(pages=2)
