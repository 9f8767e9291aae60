"""The action under a question of the form: when it is needed, that it is saved, and that a stored one is shown."""

from datetime import date

import pytest

from section11.domain.answers import Action
from tests.app.browsing import field, go_to, words_on
from tests.services.builders import POLICE_RETURN, promise, stored_actions

RATING = field(POLICE_RETURN, "S1.1", "rating")


@pytest.fixture
def form(town, open_app):
    """The first standard of the police's return, as their contributor sees it."""
    return lambda: go_to(open_app(town.office, town.contributor), "assessment.py", assessment=POLICE_RETURN)


def test_an_essential_question_rated_low_opens_its_action_and_saves_it(town, form):
    at = form()
    assert [one.label for one in at.expander if one.label.startswith("Action")] == ["Action", "Action"]

    at.radio(key=RATING).set_value("not_met").run()
    action = next(one for one in at.expander if one.label == "Action: needed before sign-off")
    assert action.proto.expanded
    at.text_input(key=field(POLICE_RETURN, "S1.1", "what")).input("Train every manager").run()
    at.text_input(key=field(POLICE_RETURN, "S1.1", "owner")).input("Head of training").run()
    at.date_input(key=field(POLICE_RETURN, "S1.1", "due")).set_value(date(2026, 9, 30)).run()

    assert stored_actions(town, POLICE_RETURN) == {
        "S1.1": Action("S1.1", "Train every manager", "Head of training", date(2026, 9, 30))
    }
    assert "Action: needed before sign-off" not in words_on(at)
    assert "Saved 09:00" in words_on(at)


def test_a_low_rating_of_another_question_needs_no_action(form):
    at = form()

    at.radio(key=field(POLICE_RETURN, "S1.2", "rating")).set_value("not_met").run()

    assert "Action: needed before sign-off" not in words_on(at)


def test_an_action_that_is_stored_is_shown_open(town, form):
    promise(town, town.contributor, POLICE_RETURN)

    at = form()

    assert at.text_input(key=field(POLICE_RETURN, "S1.1", "what")).value == "Train every manager"
    assert at.date_input(key=field(POLICE_RETURN, "S1.1", "due")).value == date(2026, 9, 30)
    assert next(one for one in at.expander if one.label == "Action").proto.expanded
