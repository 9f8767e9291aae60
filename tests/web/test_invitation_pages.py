"""Choosing a password from an invitation through the real routes."""

import pytest

from section11.domain.people import OPERATOR
from section11.services.invitations import create_invitation
from tests.web.door_steps import ANN, fill_in, form_token

NEW = "quiet river lantern"


@pytest.fixture
def path(office):
    return create_invitation(office, OPERATOR, ANN.id)


def choose(browser, path, password, again=None, token=None):
    token = form_token(browser.get(path)) if token is None else token
    fields = {"password": password, "password_again": password if again is None else again, "form_token": token}
    return browser.post(path, data=fields)


def test_the_page_greets_the_person_and_says_what_a_password_needs(browser, path):
    page = browser.get(path)

    assert "Welcome, Ann &lt;Lee&gt;." in page.text
    assert "At least 12 characters." in page.text
    assert page.text.count('autocomplete="new-password"') == 2


def test_the_chosen_password_signs_in(browser, path):
    answer = choose(browser, path, NEW)

    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?notice=password-chosen")
    assert "Your password is set." in browser.get("/sign-in?notice=password-chosen").text
    assert fill_in(browser, password=NEW).status_code == 303


def test_an_invitation_that_was_used_says_what_to_do(browser, path):
    choose(browser, path, NEW)

    again = browser.get(path)

    assert again.status_code == 404
    assert "ask the person who invited you for a new one" in again.text


def test_an_invitation_that_ran_out_cannot_be_sent_either(browser, path, clock):
    token = form_token(browser.get(path))
    clock.forward(days=7)

    assert choose(browser, path, NEW, token=token).status_code == 404


def test_a_made_up_invitation_is_closed(browser):
    assert browser.get("/invitation/made-up").status_code == 404


@pytest.mark.parametrize(
    ("password", "again", "sentence"),
    [("short", None, "Use at least 12 characters"), (NEW, "quiet river lamp", "The two passwords are not the same.")],
)
def test_a_password_that_cannot_be_used_is_explained_and_the_invitation_stays_open(
    browser, path, password, again, sentence
):
    answer = choose(browser, path, password, again)

    assert answer.status_code == 400
    assert sentence in answer.text
    assert choose(browser, path, NEW).status_code == 303


def test_a_form_without_our_token_changes_nothing(browser, path):
    answer = choose(browser, path, NEW, token="made up")

    assert "This form was open too long. Try again." in answer.text
    assert fill_in(browser, password=NEW).status_code == 400
