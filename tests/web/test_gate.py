"""What a stranger may reach, and what only a session opens."""

import pytest
from starlette.websockets import WebSocketDisconnect

from section11.services.accounts import sign_out
from section11.storage.tables import people
from tests.web.door_steps import ANN, fill_in


@pytest.mark.parametrize(
    ("path", "sign_in"),
    [
        ("/", "/sign-in"),
        ("/return", "/sign-in?next=/return"),
        ("/return?cycle=2026&standard=S1", "/sign-in?next=/return%3Fcycle%3D2026%26standard%3DS1"),
        ("/downloads/return.xlsx", "/sign-in?next=/downloads/return.xlsx"),
        ("/sign-in/anything", "/sign-in?next=/sign-in/anything"),
        ("/staticfile", "/sign-in?next=/staticfile"),
    ],
)
def test_a_page_sends_a_stranger_to_sign_in_and_remembers_where_they_were_going(browser, path, sign_in):
    answer = browser.get(path)

    assert (answer.status_code, answer.headers["location"]) == (303, sign_in)
    assert answer.headers["cache-control"] == "no-store"


def test_the_whole_way_round_ends_on_the_page_asked_for(browser):
    sign_in_address = browser.get("/return?cycle=2026&standard=S1").headers["location"]
    assert 'name="next" value="/return?cycle=2026&amp;standard=S1"' in browser.get(sign_in_address).text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/media/0123.png"),
        ("PUT", "/_stcore/upload_file/session/file"),
        ("DELETE", "/_stcore/upload_file/session/file"),
        ("GET", "/_stcore/stream"),
        ("GET", "/component/anything/index.html"),
        ("POST", "/"),
        ("POST", "/return"),
        ("GET", "//media/0123.png"),
    ],
)
def test_everything_else_refuses_a_stranger(browser, method, path):
    answer = browser.request(method, "http://testserver" + path)

    assert answer.status_code in {403, 303}
    assert "inside" not in answer.text
    assert path.startswith("//") or answer.status_code == 403


@pytest.mark.parametrize(
    "path", ["/_stcore/health", "/_stcore/host-config", "/static/js/index.js", "/favicon.png", "/favicon.ico"]
)
def test_what_the_sign_in_page_and_monitoring_need_is_open(browser, path):
    assert browser.get(path).text == f"inside {path}"


def refused_at(browser, path):
    with pytest.raises(WebSocketDisconnect) as refused, browser.websocket_connect(path) as socket:
        socket.receive_text()
    return refused.value.code


@pytest.mark.parametrize("path", ["/_stcore/stream", "/static/stream", "/sign-in"])
def test_no_websocket_opens_without_a_session(browser, path):
    assert refused_at(browser, path) == 1008


def test_a_session_opens_pages_media_uploads_and_the_websocket(browser):
    fill_in(browser)

    assert browser.get("/return").text == "inside /return"
    assert browser.get("/media/0123.png").status_code == 200
    assert browser.put("/_stcore/upload_file/session/file").status_code == 200
    with browser.websocket_connect("/_stcore/stream") as socket:
        assert socket.receive_text() == "inside"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/_stcore/metrics"),
        ("POST", "/_stcore/agent/interact"),
        ("GET", "/_stcore/agent/openapi.json"),
        ("GET", "/auth/login"),
        ("GET", "/oauth2callback"),
    ],
)
def test_what_streamlit_brings_along_and_we_do_not_use_is_closed_to_all(browser, method, path):
    assert browser.request(method, path).status_code == 404

    fill_in(browser)

    assert browser.request(method, path).status_code == 404


@pytest.mark.parametrize("value", ["made-up", "", "x" * 5000])
def test_a_forged_cookie_opens_nothing(browser, value):
    browser.cookies.set("section11", value)

    assert browser.get("/").status_code == 303
    assert browser.get("/media/0123.png").status_code == 403
    assert refused_at(browser, "/_stcore/stream") == 1008


def test_a_session_that_has_run_out_opens_nothing(browser, clock):
    fill_in(browser)
    clock.forward(hours=2)

    assert browser.get("/").status_code == 303
    assert refused_at(browser, "/_stcore/stream") == 1008


def test_a_session_ended_elsewhere_opens_nothing(office, browser):
    fill_in(browser)
    sign_out(office, browser.cookies["section11"])

    assert browser.get("/").status_code == 303


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil.example", ""])
def test_a_page_of_another_site_opens_no_websocket_even_with_a_session(browser, origin):
    fill_in(browser)

    with pytest.raises(WebSocketDisconnect) as refused:
        browser.websocket_connect("/_stcore/stream", headers={"Origin": origin}).__enter__()
    assert refused.value.code == 1008
    with browser.websocket_connect("/_stcore/stream", headers={"Origin": "http://testserver"}) as socket:
        assert socket.receive_text() == "inside"


def test_a_page_that_is_open_when_its_session_ends_is_heard_no_more(office, browser):
    fill_in(browser)
    with browser.websocket_connect("/_stcore/stream") as socket:
        assert socket.receive_text() == "inside"
        socket.send_text("a word")
        assert socket.receive_text() == "heard a word"
        sign_out(office, browser.cookies["section11"])

        socket.send_text("too late")

        with pytest.raises(WebSocketDisconnect) as ended:
            socket.receive_text()
    assert ended.value.code == 1008


def test_the_session_of_a_closed_account_opens_nothing(office, browser):
    fill_in(browser)
    with office.store.engine.begin() as connection:
        connection.execute(people.update().where(people.c.id == ANN.id).values(is_closed=True))

    assert browser.get("/").status_code == 303


def test_the_http_cookie_name_is_not_taken_on_https(open_browser, browser):
    fill_in(browser)
    secure = open_browser("https://testserver")
    secure.cookies.set("section11", browser.cookies["section11"])

    assert secure.get("/").status_code == 303
