"""Good practice: what may be picked, who reads it, and that it goes with a return that is handed back."""

import pytest

from section11.domain.people import OPERATOR
from section11.errors import BadInputError, NotAvailableError, NotPermittedError
from section11.services.good_practice import (
    answers_to,
    good_practice_in,
    pick_good_practice,
    unpick_good_practice,
)
from section11.services.scrutiny import hand_back
from tests.services.builders import CYCLE, POLICE_RETURN, SET_ID, answer, event_names, in_progress, submitted


@pytest.mark.parametrize("why", ["", "  \n"])
def test_without_a_reason_nothing_is_picked(town, why):
    submitted(town)

    with pytest.raises(BadInputError, match="Say what others can learn"):
        pick_good_practice(town.office, town.scrutiny, POLICE_RETURN, "S1.1", why)

    assert good_practice_in(town.office, OPERATOR, CYCLE) == {}


def test_an_answer_without_words_or_of_a_draft_or_to_no_question_is_not_picked(town):
    in_progress(town)
    with pytest.raises(NotPermittedError):
        pick_good_practice(town.office, town.scrutiny, POLICE_RETURN, "S1.1", "Clear")
    submitted(town)
    with pytest.raises(NotAvailableError):
        pick_good_practice(town.office, town.scrutiny, POLICE_RETURN, "S9.9", "Clear")
    hand_back(town.office, town.scrutiny, POLICE_RETURN, "More")
    answer(town, town.contributor, POLICE_RETURN, "S1.2", evidence="")
    submitted_again(town)
    with pytest.raises(BadInputError, match="Nothing is written in this answer"):
        pick_good_practice(town.office, town.scrutiny, POLICE_RETURN, "S1.2", "Clear")

    assert "good_practice_picked" not in event_names(town, POLICE_RETURN)


def submitted_again(town):
    from section11.services.signing import send_for_sign_off, sign_off

    send_for_sign_off(town.office, town.contributor, POLICE_RETURN)
    sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)


def test_a_pick_is_written_anew_read_first_and_taken_back_each_with_an_event(town):
    submitted(town)
    pick_good_practice(town.office, town.scrutiny, POLICE_RETURN, "S1.1", "Short")
    pick_good_practice(town.office, town.scrutiny, POLICE_RETURN, "S1.1", "Everybody knows whom to call.")

    [found] = good_practice_in(town.office, town.scrutiny, CYCLE)[SET_ID, "S1.1"]
    [read] = answers_to(town.office, town.scrutiny, CYCLE, SET_ID, "S1.1")
    assert found.picked is not None
    assert (found.organisation_name, found.picked.why) == ("Riverdale Police", "Everybody knows whom to call.")
    assert read.picked == found.picked

    unpick_good_practice(town.office, town.scrutiny, POLICE_RETURN, "S1.1")
    unpick_good_practice(town.office, town.scrutiny, POLICE_RETURN, "S1.1")
    assert good_practice_in(town.office, town.scrutiny, CYCLE) == {}
    names = event_names(town, POLICE_RETURN)
    assert [one for one in names if one.startswith("good")] == [*["good_practice_picked"] * 2, "good_practice_unpicked"]


def test_what_was_picked_is_not_shown_while_its_return_is_handed_back(town):
    submitted(town)
    pick_good_practice(town.office, town.scrutiny, POLICE_RETURN, "S1.1", "Clear")

    hand_back(town.office, town.scrutiny, POLICE_RETURN, "More")

    assert good_practice_in(town.office, town.scrutiny, CYCLE) == {}
    assert answers_to(town.office, town.scrutiny, CYCLE, SET_ID, "S1.1") == []
