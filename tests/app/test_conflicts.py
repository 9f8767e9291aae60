"""Two people change one answer: both versions are shown, and each choice does what it says."""

import pytest

from section11.domain.answers import Marker
from tests.app.browsing import field, go_to, words_on
from tests.services.builders import POLICE_RETURN, answer, event_names, stored_answers

EVIDENCE = field(POLICE_RETURN, "S1.1", "evidence")
RATING = field(POLICE_RETURN, "S1.1", "rating")


@pytest.fixture
def at(town, open_app):
    """The form as the contributor has it open."""
    return go_to(open_app(town.office, town.contributor), "assessment.py", assessment=POLICE_RETURN)


@pytest.fixture
def conflict(town, at):
    """The contributor writes “Mine” after the approver saved “Theirs”."""
    answer(town, town.approver, POLICE_RETURN, "S1.1", evidence="Theirs")
    return at.text_area(key=EVIDENCE).input("Mine").run()


def evidence(town):
    return stored_answers(town, POLICE_RETURN)["S1.1"].evidence


def test_both_texts_are_shown_and_nothing_is_overwritten(town, conflict):
    assert "Question S1.1 was changed by a colleague while you were writing." in conflict.warning[0].value
    assert [text.value for text in conflict.text] == ["Mine", "Theirs"]
    assert evidence(town) == "Theirs"


def test_keep_mine_saves_mine(town, conflict):
    conflict.button(key="page.mine.S1.1").click().run()

    assert evidence(town) == "Mine"
    assert conflict.text_area(key=EVIDENCE).value == "Mine"
    assert not conflict.warning


def test_keep_theirs_changes_nothing(town, conflict):
    trace = event_names(town, POLICE_RETURN)

    conflict.button(key="page.theirs.S1.1").click().run()

    assert evidence(town) == "Theirs"
    assert conflict.text_area(key=EVIDENCE).value == "Theirs"
    assert not conflict.warning
    assert event_names(town, POLICE_RETURN) == trace


def test_keep_both_saves_one_text_after_the_other(town, conflict):
    conflict.button(key="page.both.S1.1").click().run()

    assert evidence(town) == "Theirs\n\nMine"
    assert conflict.text_area(key=EVIDENCE).value == "Theirs\n\nMine"


def test_an_unsettled_conflict_is_still_there_after_another_change_on_the_page(town, conflict):
    conflict.radio(key=field(POLICE_RETURN, "S1.2", "rating")).set_value("fully_met").run()

    assert [text.value for text in conflict.text] == ["Mine", "Theirs"]
    assert stored_answers(town, POLICE_RETURN)["S1.2"].rating == "fully_met"


def test_a_colleague_who_saves_again_meanwhile_is_not_overwritten_either(town, conflict):
    answer(town, town.approver, POLICE_RETURN, "S1.1", evidence="Theirs again")

    conflict.button(key="page.mine.S1.1").click().run()

    assert evidence(town) == "Theirs again"
    assert [text.value for text in conflict.text] == ["Mine", "Theirs again"]
    conflict.button(key="page.mine.S1.1").click().run()
    assert evidence(town) == "Mine"


def test_the_next_change_after_settling_is_saved_as_usual(town, conflict):
    conflict.button(key="page.theirs.S1.1").click().run()

    conflict.text_area(key=EVIDENCE).input("Theirs, and a little more").run()

    assert evidence(town) == "Theirs, and a little more"
    assert not conflict.warning


def test_two_ratings_are_shown_in_the_words_of_the_scale(town, at):
    answer(town, town.approver, POLICE_RETURN, "S1.1", rating="not_met")

    at.radio(key=RATING).set_value("fully_met").run()

    assert [text.value for text in at.text] == ["Fully met", "Not met"]
    assert "page.both.S1.1" not in [button.key for button in at.button]
    at.button(key="page.mine.S1.1").click().run()
    assert stored_answers(town, POLICE_RETURN)["S1.1"].rating == "fully_met"


def test_a_marker_is_shown_in_words_and_kept_when_chosen(town, at):
    answer(town, town.approver, POLICE_RETURN, "S1.1", rating="not_met")

    at.radio(key=RATING).set_value(Marker.NOT_APPLICABLE).run()

    assert [text.value for text in at.text] == ["Not applicable", "Not met"]
    at.button(key="page.mine.S1.1").click().run()
    stored = stored_answers(town, POLICE_RETURN)["S1.1"]
    assert (stored.rating, stored.marker) == (None, Marker.NOT_APPLICABLE)


def test_an_empty_text_of_theirs_is_shown_as_empty_whatever_the_rating(town, at):
    answer(town, town.approver, POLICE_RETURN, "S1.1", marker=Marker.NOT_APPLICABLE, reason="No premises")

    at.text_area(key=EVIDENCE).input("Mine").run()

    assert [text.value for text in at.text] == ["Mine", "(empty)"]
    assert "No premises" not in words_on(at)


def test_keeping_my_text_leaves_the_rating_my_colleague_chose(town, at):
    answer(town, town.approver, POLICE_RETURN, "S1.1", rating="not_met", evidence="Theirs")
    at.text_area(key=EVIDENCE).input("Mine").run()

    at.button(key="page.mine.S1.1").click().run()

    stored = stored_answers(town, POLICE_RETURN)["S1.1"]
    assert (stored.rating, stored.evidence) == ("not_met", "Mine")
    assert at.radio(key=RATING).value == "not_met"
