"""Signing in and out through the real routes."""

import asyncio
from urllib.parse import quote

import pytest
from starlette.requests import Request

from section11.services.accounts import user_for_token
from section11.storage.facts import DEMO
from section11.storage.tables import database_facts
from section11.web.forms import read_form
from tests.web.door_steps import ANN, PASSWORD, fill_in, form_token


def test_the_page_says_what_it_is_and_whose(browser):
    page = browser.get("/sign-in")

    assert page.status_code == 200
    assert "<title>Sign in – Riverdale &amp; District</title>" in page.text
    assert '<label for="email">E-mail address</label>' in page.text
    assert 'autocomplete="current-password"' in page.text
    assert "Demonstration" not in page.text


def test_a_demo_says_so(office, browser):
    with office.store.engine.begin() as connection:
        connection.execute(database_facts.update().values(value=DEMO))

    assert "Demonstration." in browser.get("/sign-in").text


def test_signing_in_gives_a_cookie_scripts_cannot_read_and_opens_the_page_asked_for(office, browser):
    answer = fill_in(browser, wanted="/return?cycle=2026")

    assert (answer.status_code, answer.headers["location"]) == (303, "/return?cycle=2026")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("section11=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie
    assert user_for_token(office, browser.cookies["section11"]).person == ANN
    assert browser.get("/").text == "inside /"


def test_on_https_the_cookies_are_bound_to_this_host_and_secure(open_browser):
    browser = open_browser("https://testserver")

    answer = fill_in(browser)

    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-section11=")
    assert "Secure" in cookie
    assert "Domain" not in cookie
    assert "__Host-section11-form" in browser.cookies
    assert browser.get("/").text == "inside /"


def test_a_wrong_password_keeps_the_address_and_says_what_to_do(browser):
    answer = fill_in(browser, password="a wrong password")

    assert answer.status_code == 400
    assert "<title>Problem: Sign in" in answer.text
    assert 'role="alert"' in answer.text
    assert "do not go together. Check both and try again." in answer.text
    assert f'value="{ANN.email}"' in answer.text
    assert "a wrong password" not in answer.text
    assert "section11" not in browser.cookies


def test_a_known_and_an_unknown_address_get_the_same_page(browser):
    known = fill_in(browser, password="a wrong password", email=ANN.email).text
    unknown = fill_in(browser, password="a wrong password", email="bob@oakfield.example").text

    def without_what_was_sent(page, email):
        return page.replace(email, "…").replace(page.split('name="form_token" value="')[1].split('"')[0], "…")

    assert without_what_was_sent(known, ANN.email) == without_what_was_sent(unknown, "bob@oakfield.example")


def test_empty_boxes_are_named_one_by_one(browser):
    answer = fill_in(browser, email=" ", password="")

    assert '<a href="#email">Enter your e-mail address.</a>' in answer.text
    assert '<a href="#password">Enter your password.</a>' in answer.text
    assert 'aria-describedby="email-fault"' in answer.text


def test_a_locked_account_opens_again_after_fifteen_minutes(browser, clock):
    for _ in range(5):
        fill_in(browser, password="a wrong password")
    assert fill_in(browser).status_code == 400

    clock.forward(minutes=15)

    assert fill_in(browser).status_code == 303


@pytest.mark.parametrize("token", ["", "made up", "WyJhIiwxXQ.c2lnbmF0dXJl"])
def test_a_form_without_our_token_is_refused_and_keeps_the_address(browser, token):
    browser.get("/sign-in")

    answer = fill_in(browser, token=token)

    assert answer.status_code == 400
    assert "This form was open too long. Try again." in answer.text
    assert f'value="{ANN.email}"' in answer.text
    assert fill_in(browser, token=form_token(answer)).status_code == 303


def test_a_form_token_of_another_browser_is_refused(open_browser):
    token = form_token(open_browser().get("/sign-in"))
    browser = open_browser()
    browser.get("/sign-in")

    assert "open too long" in fill_in(browser, token=token).text


def test_a_form_open_for_more_than_two_hours_is_refused(browser, clock):
    token = form_token(browser.get("/sign-in"))
    clock.forward(hours=2)
    in_time = fill_in(browser, password="", token=token)
    clock.forward(seconds=1)
    late = fill_in(browser, password="", token=token)

    assert "open too long" not in in_time.text
    assert "open too long" in late.text


def test_two_tabs_may_both_be_used(browser):
    first_tab = form_token(browser.get("/sign-in"))
    browser.get("/sign-in")

    assert fill_in(browser, token=first_tab).status_code == 303


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "",
        "/sign-out",
    ],
)
def test_after_signing_in_nobody_is_sent_to_another_site(browser, elsewhere):
    assert fill_in(browser, wanted=elsewhere).headers["location"] == "/"
    assert browser.get(f"/sign-in?next={quote(elsewhere)}").headers["location"] == "/"


def test_what_was_typed_is_shown_as_text(browser):
    answer = fill_in(browser, email='"><script>alert(1)</script>', password="x")

    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_a_notice_is_chosen_by_name_and_never_taken_from_the_address(browser):
    assert "You are signed out." in browser.get("/sign-in?notice=signed-out").text
    assert "Call this number" not in browser.get("/sign-in?notice=Call this number").text


def test_a_form_that_is_far_too_large_is_refused(browser):
    assert fill_in(browser, password="x" * 30_000).status_code == 400


def test_signing_out_ends_the_session_in_the_database_and_in_the_browser(office, browser):
    fill_in(browser)
    token = browser.cookies["section11"]

    answer = browser.post("/sign-out", headers={"Origin": "http://testserver"})

    assert answer.headers["location"] == "/sign-in?notice=signed-out"
    assert user_for_token(office, token) is None
    assert "section11" not in browser.cookies
    assert browser.get("/").headers["location"] == "/sign-in"


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {}])
def test_another_site_cannot_sign_anybody_out(office, browser, headers):
    fill_in(browser)

    assert browser.post("/sign-out", headers=headers).status_code == 403
    assert browser.get("/").text == "inside /"


def test_signing_in_again_ends_the_session_this_browser_had(office, browser):
    fill_in(browser)
    before = browser.cookies["section11"]
    browser.cookies.clear()
    token = form_token(browser.get("/sign-in"))
    browser.cookies.set("section11", before)
    fill_in(browser, token=token)

    assert user_for_token(office, before) is None


def test_the_password_is_not_kept_in_the_page_or_its_address(browser):
    assert PASSWORD not in fill_in(browser, token="made up").text


def test_a_form_that_is_broken_off_is_an_empty_one():
    async def goes_away():
        return {"type": "http.disconnect"}

    request = Request({"type": "http", "method": "POST", "path": "/sign-in", "headers": []}, goes_away)

    assert asyncio.run(read_form(request)) == {}
