"""The board pack page: what scrutiny writes is kept and never lost, and the board sees final packs only."""

import pytest

from section11.domain.board_packs import PlannedAction
from section11.services.board_packs import make_final, save_plan, save_words
from tests.app.browsing import go_to, words_on
from tests.services.builders import CYCLE, POLICE_RETURN, submitted

PAGE = "board_pack.py"
FIRST = "page.sentence.returned"


def page(open_app, town, user):
    return go_to(open_app(town.office, user), PAGE, cycle=CYCLE)


def save_button(at, label):
    return next(one for one in at.button if one.label == label)


@pytest.fixture
def returned(town):
    submitted(town, POLICE_RETURN)
    return town


def test_before_anything_is_final_the_board_is_told_so(town, open_app):
    at = page(open_app, town, town.board)

    assert "No board pack of this cycle is final yet." in words_on(at)
    assert [one.label for one in at.button if one.label != "Sign out"] == []


def test_a_sentence_that_is_changed_is_kept_and_marked_as_edited(returned, open_app):
    at = page(open_app, returned, returned.scrutiny)

    at.text_area(key=FIRST).set_value("Most came back.")
    save_button(at, "Save these sentences").click().run()

    assert not at.exception
    assert "Saved 1 sentence." in words_on(at)
    again = page(open_app, returned, returned.scrutiny)
    assert again.text_area(key=FIRST).value == "Most came back."
    assert "The figures say now: 1 of " in words_on(again)


def test_what_was_typed_stays_when_a_colleague_was_faster_and_the_next_save_counts(returned, open_app):
    at = page(open_app, returned, returned.scrutiny)
    made_from = at.text_area(key=FIRST).value
    save_words(
        returned.office, returned.scrutiny, CYCLE, "returned", "Theirs.", expected_version=0, made_from=made_from
    )

    at.text_area(key=FIRST).set_value("Mine.")
    save_button(at, "Save these sentences").click().run()

    assert "Somebody else changed this part of the board pack" in at.error[0].value
    assert at.text_area(key=FIRST).value == "Mine."
    at.run()
    assert at.text_area(key=FIRST).value == "Mine."
    save_button(at, "Save these sentences").click().run()
    assert not at.error
    assert page(open_app, returned, returned.scrutiny).text_area(key=FIRST).value == "Mine."


def test_a_colleague_s_sentence_is_not_touched_by_saving_another_of_the_same_page(returned, open_app):
    at = page(open_app, returned, returned.scrutiny)
    made_from = at.text_area(key="page.sentence.to-come").value
    save_words(returned.office, returned.scrutiny, CYCLE, "to-come", "Theirs.", expected_version=0, made_from=made_from)

    at.text_area(key=FIRST).set_value("Mine.")
    save_button(at, "Save these sentences").click().run()

    assert not at.error
    again = page(open_app, returned, returned.scrutiny)
    assert again.text_area(key="page.sentence.to-come").value == "Theirs."
    assert again.text_area(key=FIRST).value == "Mine."


def test_a_colleague_s_plan_is_shown_in_words_beside_what_was_typed(returned, open_app):
    at = page(open_app, returned, returned.scrutiny)
    save_plan(returned.office, returned.scrutiny, CYCLE, [PlannedAction("Theirs", "Jo")], expected_version=0)

    at.text_area(key="page.plan.0.1.what").set_value("Mine")
    save_button(at, "Save the action plan").click().run()

    assert "Somebody else changed this part" in at.error[0].value
    assert at.text_area(key="page.plan.0.1.what").value == "Mine"
    assert "Theirs" in words_on(at)
    save_button(at, "Save the action plan").click().run()
    assert not at.error
    assert page(open_app, returned, returned.scrutiny).text_area(key="page.plan.0.1.what").value == "Mine"


def test_themes_and_the_plan_are_kept_and_shown_again(returned, open_app):
    at = page(open_app, returned, returned.scrutiny)
    at.text_area(key="page.themes.words").set_value("Listening\nTraining")
    save_button(at, "Save themes").click().run()
    at.text_area(key="page.plan.0.1.what").set_value("Train chairs")
    at.text_input(key="page.plan.0.1.who").set_value("Jo")
    save_button(at, "Save the action plan").click().run()

    again = page(open_app, returned, returned.scrutiny)

    assert again.text_area(key="page.themes.words").value == "Listening\nTraining"
    assert again.text_area(key="page.plan.0.1.what").value == "Train chairs"
    assert again.text_area(key="page.plan.0.3.what").value == ""


def test_a_plan_without_words_is_refused_and_keeps_what_was_typed(returned, open_app):
    at = page(open_app, returned, returned.scrutiny)

    at.text_input(key="page.plan.0.1.who").set_value("Jo")
    save_button(at, "Save the action plan").click().run()

    assert "does not say what is to be done" in at.error[0].value
    assert at.text_input(key="page.plan.0.1.who").value == "Jo"


def test_making_a_pack_final_shows_it_to_the_board(returned, open_app):
    at = page(open_app, returned, returned.scrutiny)

    save_button(at, "Make final").click().run()

    assert "Board pack 1 is final. Board viewers can read it now." in words_on(at)
    board = page(open_app, returned, returned.board)
    assert "Board pack 1" in words_on(board)
    assert "Draft" not in words_on(board)


def test_the_home_page_of_the_board_has_the_latest_pack(returned, open_app):
    before = go_to(open_app(returned.office, returned.board), "home.py")
    make_final(returned.office, returned.scrutiny, CYCLE)
    make_final(returned.office, returned.scrutiny, CYCLE)

    after = go_to(open_app(returned.office, returned.board), "home.py")

    assert "For the board" not in words_on(before)
    assert "For the board" in words_on(after)
    assert "Board pack 2, 2026" in words_on(after)


def test_earlier_packs_are_folded_in(returned, open_app):
    for _ in range(3):
        make_final(returned.office, returned.scrutiny, CYCLE)

    at = page(open_app, returned, returned.board)

    assert "Earlier packs (2)" in [one.label for one in at.expander]


def test_words_that_look_like_markup_are_shown_as_they_are(returned, open_app):
    made_from = page(open_app, returned, returned.scrutiny).text_area(key=FIRST).value
    hostile = "**bold** <b>x</b> [a](https://b.example)"
    save_words(returned.office, returned.scrutiny, CYCLE, "returned", hostile, expected_version=0, made_from=made_from)

    at = page(open_app, returned, returned.scrutiny)

    assert at.text_area(key=FIRST).value == hostile
    assert not at.exception
