"""Signing in with a code, setting it up where a role asks for it, and recovery codes, through the real routes."""

import re
from dataclasses import replace

import pyotp
import pytest

from section11.domain.people import Grant, Role
from section11.services.accounts import user_for_token
from section11.services.passwords import Passwords
from tests.web.door_steps import ANN, PASSWORD, fill_in, form_token


def secret_on(page):
    return re.search(r"Key: <code>([A-Z2-7 ]+)</code>", page.text)[1].replace(" ", "")


def code_of(secret, clock):
    return pyotp.TOTP(secret).at(clock.now)


def codes_on(page):
    return re.findall(r"<li><code>([a-z0-9-]+)</code></li>", page.text)


def send(browser, path, **fields):
    return browser.post(path, data={"form_token": form_token(browser.get(path)), **fields})


@pytest.fixture(autouse=True)
def _codes_are_hashed_quickly(monkeypatch):
    """What their hashes take is asserted where the service is tested; a hash can be checked whatever it took."""
    monkeypatch.setattr("section11.services.second_steps._codes", Passwords(memory_kib=8, passes=1))


@pytest.fixture
def step(browser, clock):
    """Turn Ann's second step on, sign her out; return the secret and the recovery codes."""
    fill_in(browser)
    secret = secret_on(browser.get("/account/second-step"))
    page = send(browser, "/account/second-step", code=code_of(secret, clock), password=PASSWORD)
    browser.cookies.clear()
    clock.forward(minutes=1)
    return secret, codes_on(page)


def events(office):
    with office.store.reading() as work:
        return [event.name for event in work.audit_trail.events(f"person:{ANN.id}")]


def test_the_page_shows_the_key_as_a_picture_and_as_letters(browser):
    fill_in(browser)

    page = browser.get("/account/second-step")

    assert "<svg" in page.text
    assert "style=" not in page.text
    assert len(secret_on(page)) == 32
    assert 'autocomplete="one-time-code"' in page.text
    assert secret_on(browser.get("/account/second-step")) == secret_on(page)


def test_the_database_keeps_no_key_that_can_be_read(office, step):
    with office.store.engine.connect() as connection:
        assert step[0] not in str(connection.exec_driver_sql("SELECT * FROM second_steps").all())


@pytest.mark.parametrize(
    ("code", "password", "says"),
    [("000000", PASSWORD, "That code is not right."), ("right", "a wrong password", "That is not your password now.")],
)
def test_turning_it_on_needs_a_right_code_and_the_password(browser, clock, code, password, says):
    fill_in(browser)
    secret = secret_on(browser.get("/account/second-step"))

    answer = send(
        browser, "/account/second-step", code=code_of(secret, clock) if code == "right" else code, password=password
    )

    assert answer.status_code == 400
    assert says in answer.text
    assert "Off. Your password alone" in browser.get("/account").text


def test_the_password_alone_opens_nothing_any_more(office, browser, step):
    answer = fill_in(browser, wanted="/return?cycle=2026")

    assert answer.headers["location"] == "/sign-in/code?next=/return%3Fcycle%3D2026"
    assert "section11" not in browser.cookies
    assert browser.get("/").status_code == 303
    assert user_for_token(office, browser.cookies["section11-begun"]) is None


def test_the_code_opens_the_page_asked_for_and_takes_the_first_cookie_back(office, browser, clock, step):
    address = fill_in(browser, wanted="/return").headers["location"]
    token = form_token(browser.get(address))

    answer = browser.post(
        "/sign-in/code", data={"form_token": token, "next": "/return", "code": code_of(step[0], clock)}
    )

    assert (answer.status_code, answer.headers["location"]) == (303, "/return")
    assert user_for_token(office, browser.cookies["section11"]).person == ANN
    assert "section11-begun" not in browser.cookies
    assert events(office)[-2:] == ["sign_in_begun", "signed_in"]


@pytest.mark.parametrize("code", ["", "12345", "000000", "abcdef", "١٢٣٤٥٦", "9" * 3000, "\x00"])
def test_a_wrong_code_opens_nothing_and_says_what_to_do(office, browser, step, code):
    fill_in(browser)

    answer = send(browser, "/sign-in/code", code=code)

    assert answer.status_code == 400
    assert "That code is not right." in answer.text
    assert "section11" not in browser.cookies
    assert events(office)[-1] == "second_step_refused"


def test_a_code_may_be_typed_with_a_space_and_half_a_minute_late_but_not_twice(browser, clock, step):
    fill_in(browser)
    code = code_of(step[0], clock)
    clock.forward(seconds=30)
    assert send(browser, "/sign-in/code", code=f"{code[:3]} {code[3:]}").status_code == 303
    browser.cookies.clear()
    fill_in(browser)

    assert send(browser, "/sign-in/code", code=code).status_code == 400


def test_a_code_of_two_minutes_ago_is_too_old(browser, clock, step):
    fill_in(browser)
    code = code_of(step[0], clock)
    clock.forward(minutes=2)

    assert send(browser, "/sign-in/code", code=code).status_code == 400


def test_after_five_wrong_codes_even_the_right_one_has_to_wait(browser, clock, step):
    fill_in(browser)
    for _ in range(5):
        send(browser, "/sign-in/code", code="000000")

    assert send(browser, "/sign-in/code", code=code_of(step[0], clock)).status_code == 400
    clock.forward(minutes=1)
    assert send(browser, "/sign-in/code", code=code_of(step[0], clock)).status_code == 303


def test_a_recovery_code_opens_once_and_the_account_counts_what_is_left(browser, step):
    assert len(set(step[1])) == 10
    for expected in (303, 400):
        fill_in(browser)
        assert send(browser, "/sign-in/code", code=step[1][0].upper().replace("-", " ")).status_code == expected
        if expected == 303:
            assert "You have 9 recovery codes left." in browser.get("/account").text
        browser.cookies.clear()


def test_whoever_takes_more_than_ten_minutes_starts_again(browser, clock, step):
    address = fill_in(browser).headers["location"]
    token = form_token(browser.get(address))
    clock.forward(minutes=10)

    answer = browser.post("/sign-in/code", data={"form_token": token, "code": code_of(step[0], clock)})

    assert answer.headers["location"] == "/sign-in?notice=too-long"
    assert browser.get("/sign-in/code").headers["location"] == "/sign-in?notice=too-long"


def test_the_code_page_does_not_send_anybody_to_another_site(browser, clock, step):
    fill_in(browser)

    answer = send(browser, "/sign-in/code", code=code_of(step[0], clock), next="//evil.example")

    assert answer.headers["location"] == "/"


def test_it_is_turned_off_with_the_password_and_not_without(browser, clock, step):
    fill_in(browser)
    send(browser, "/sign-in/code", code=code_of(step[0], clock))

    assert send(browser, "/account/second-step/off", password="a wrong password").status_code == 400
    send(browser, "/account/second-step/off", password=PASSWORD)

    assert "Off. Your password alone" in browser.get("/account").text
    browser.cookies.clear()
    assert fill_in(browser).headers["location"] == "/"


def test_new_recovery_codes_take_the_place_of_the_old_ones(browser, clock, step):
    fill_in(browser)
    send(browser, "/sign-in/code", code=code_of(step[0], clock))
    new = codes_on(send(browser, "/account/second-step/codes", password=PASSWORD))
    browser.cookies.clear()
    fill_in(browser)

    assert send(browser, "/sign-in/code", code=step[1][1]).status_code == 400
    assert send(browser, "/sign-in/code", code=new[0]).status_code == 303


@pytest.fixture
def strict(office, open_browser):
    """A browser at an office whose administrators must have a second step; Ann is one."""
    with office.store.writing() as work:
        work.accounts.add_grants([(ANN.id, Grant(Role.ADMINISTRATOR, partnership_id="riverdale"))])
        work.commit()
    return open_browser(office=replace(office, second_step_roles=frozenset({Role.ADMINISTRATOR})))


def test_a_role_that_asks_for_it_gets_no_session_before_it_is_set_up(office, strict, clock):
    address = fill_in(strict, wanted="/return").headers["location"]
    assert address == "/sign-in/set-up?next=/return"
    assert strict.get("/account").status_code == 303
    page = strict.get(address)

    answer = strict.post(
        "/sign-in/set-up",
        data={"form_token": form_token(page), "next": "/return", "code": code_of(secret_on(page), clock)},
    )

    assert len(codes_on(answer)) == 10
    assert 'href="/return"' in answer.text
    assert user_for_token(office, strict.cookies["section11"]).person == ANN


def test_a_role_that_asks_for_it_cannot_turn_it_off(strict, clock):
    page = strict.get(fill_in(strict).headers["location"])
    strict.post("/sign-in/set-up", data={"form_token": form_token(page), "code": code_of(secret_on(page), clock)})

    answer = send(strict, "/account/second-step/off", password=PASSWORD)

    assert answer.status_code == 400
    assert "Your role asks for two-step sign-in" in answer.text
    assert "/account/second-step/off" not in strict.get("/account").text


def test_with_the_step_set_up_its_key_is_not_shown_again(strict, clock):
    page = strict.get(fill_in(strict).headers["location"])
    strict.post("/sign-in/set-up", data={"form_token": form_token(page), "code": code_of(secret_on(page), clock)})
    strict.cookies.clear()

    fill_in(strict)

    assert strict.get("/sign-in/set-up").headers["location"] == "/sign-in?notice=too-long"
