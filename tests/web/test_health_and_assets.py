"""The health route, and the two files our own pages use."""

import re

import pytest


def test_health_says_the_database_is_reachable(browser):
    answer = browser.get("/health")

    assert (answer.status_code, answer.json()) == (200, {"status": "working", "database": "reachable"})


def test_health_says_when_it_is_not_and_nothing_about_why(office, browser):
    with office.store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE database_facts")

    answer = browser.get("/health")

    assert (answer.status_code, answer.json()) == (503, {"status": "failing", "database": "unreachable"})


def test_there_are_no_metrics_without_a_token_of_their_own(browser):
    assert browser.get("/metrics").status_code == 404


def test_metrics_are_numbers_for_who_knows_the_token(open_browser, monkeypatch):
    monkeypatch.setenv("SECTION11_METRICS_TOKEN", "for the monitor")
    browser = open_browser()

    assert browser.get("/metrics").status_code == 401
    assert browser.get("/metrics", headers={"Authorization": "Bearer of something else"}).status_code == 401
    answer = browser.get("/metrics", headers={"Authorization": "Bearer for the monitor"})

    assert answer.status_code == 200
    assert "section11_sessions 0.0" in answer.text
    assert "section11_events_total 0.0" in answer.text
    assert "process_resident_memory_bytes" in answer.text


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_health_tells_the_machine_itself_however_its_address_is_written(open_browser, address):
    assert open_browser(address=address).get("/health").status_code == 200


@pytest.mark.parametrize("address", ["::ffff:192.0.2.7", "2001:db8::1", "testclient"])
def test_health_tells_no_other_address(open_browser, address):
    assert open_browser(address=address).get("/health").status_code == 403


def test_health_tells_nobody_elsewhere(open_browser):
    answer = open_browser(address="192.0.2.7").get("/health")

    assert answer.status_code == 403
    assert "working" not in answer.text


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_health_tells_nobody_through_a_proxy_on_this_machine(browser, header):
    assert browser.get("/health", headers={header: "192.0.2.7"}).status_code == 403


@pytest.mark.parametrize(
    ("sent", "status"), [("Bearer long-secret", 200), ("Bearer other", 403), ("", 403), ("é", 403)]
)
def test_health_tells_a_watcher_elsewhere_who_sends_the_token(open_browser, sent, status):
    browser = open_browser(address="192.0.2.7", health_token="long-secret")

    assert browser.get("/health", headers={"Authorization": sent.encode()}).status_code == status


def test_the_style_a_page_names_is_there_and_may_be_kept(browser):
    address = re.search(r'href="(/assets/section11.css\?v=[0-9a-f]{12})"', browser.get("/sign-in").text)[1]

    style = browser.get(address)

    assert style.status_code == 200
    assert style.headers["content-type"].startswith("text/css")
    assert "max-age=31536000" in style.headers["cache-control"]


def test_the_icon_is_a_picture(browser):
    assert browser.get("/assets/section11.svg").headers["content-type"] == "image/svg+xml"
