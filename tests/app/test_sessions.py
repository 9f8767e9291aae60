"""The session of a person at the app: who is signed out, when, and what they see then."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.browsing import APP, go_to, words_on
from tests.services.builders import POLICE_RETURN


def test_a_browser_without_a_session_gets_the_signed_out_page(town, open_app):
    at = open_app(town.office, None)

    assert at.title[0].value == "You are signed out"
    assert 'href="/sign-in"' in words_on(at)
    assert "Riverdale" not in words_on(at)


@pytest.mark.parametrize("token", ["", "made up", "A" * 43])
def test_a_token_that_is_not_in_the_database_is_signed_out(town, open_app, monkeypatch, token):
    open_app(town.office, None)
    monkeypatch.setattr("section11.ui.session.session_token", lambda: token)

    at = AppTest.from_file(APP, default_timeout=20).run()

    assert at.title[0].value == "You are signed out"


def test_sign_out_ends_the_session(town, open_app):
    at = open_app(town.office, town.contributor)

    at.button(key="sign_out").click().run()

    assert at.title[0].value == "You are signed out"
    at.run()
    assert at.title[0].value == "You are signed out"


def test_a_session_that_has_ended_is_signed_out_in_the_middle_of_the_work(town, open_app):
    at = go_to(open_app(town.office, town.contributor), "assessment.py", assessment=POLICE_RETURN)
    town.office.clock.move(hours=13)

    at.run()

    assert at.title[0].value == "You are signed out"
    assert not at.exception
