"""Which host names we answer to: the one people type, this machine's own, and those of the settings."""

import pytest
from starlette.testclient import WebSocketDenialResponse

from tests.web.door_steps import fill_in

REBOUND = ["evil.example", "evil.example:8501", "testserver.evil.example", "", "testserver@evil.example", "xtestserver"]


@pytest.mark.parametrize("host", REBOUND)
@pytest.mark.parametrize("path", ["/sign-in", "/", "/health", "/downloads/cycles/2026.xlsx", "/_stcore/health"])
def test_a_request_to_another_name_is_refused(browser, host, path):
    fill_in(browser)

    answer = browser.get(path, headers={"Host": host})

    assert answer.status_code == 400
    assert "inside" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", REBOUND)
def test_no_websocket_opens_at_another_name(browser, host):
    fill_in(browser)

    with (
        pytest.raises(WebSocketDenialResponse) as refused,
        browser.websocket_connect("/_stcore/stream", headers={"Host": host}),
    ):
        pass

    assert refused.value.status_code == 400


@pytest.mark.parametrize("host", ["testserver", "testserver:8501", "localhost:8501", "127.0.0.1"])
def test_our_own_names_are_answered(browser, host):
    assert browser.get("/sign-in", headers={"Host": host}).status_code == 200


def test_further_names_are_named_in_the_settings(open_browser):
    browser = open_browser(allowed_hosts="audit.example.org, *.riverdale.example")

    for host in ("audit.example.org", "www.riverdale.example"):
        assert browser.get("/sign-in", headers={"Host": host}).status_code == 200
    assert browser.get("/sign-in", headers={"Host": "riverdale.example.evil.example"}).status_code == 400
