"""Sharing out what is left between moderators, and taking it back."""

from collections import Counter
from dataclasses import replace

import pytest

from section11.domain.moderation import Seat
from section11.errors import BadInputError
from section11.services.moderation_panels import assign_moderator
from section11.services.sharing_out import share_out, take_back_shares
from tests.services.builders import (
    CYCLE,
    FIRE_RETURN,
    MINDER_RETURN,
    POLICE_RETURN,
    event_names,
    handed_back,
    submitted,
)
from tests.services.moderation_builders import a_panel, judge


def with_three_returns(panel):
    town = panel.town
    submitted(replace(town, contributor=town.fire_contributor, approver=town.fire_approver), FIRE_RETURN)
    submitted(replace(town, contributor=town.minder, approver=town.minder), MINDER_RETURN)
    return panel


@pytest.fixture
def panel(office, tmp_path):
    """Three returns without a moderator, and Ann, Ben and Chris."""
    return with_three_returns(a_panel(office, tmp_path, seated=False))


def holders(panel):
    with panel.office.store.reading() as work:
        found = work.moderations.seats_in_cycle(CYCLE)
    return {
        assessment_id: {seat: holder.person_id for seat, holder in held.items()}
        for assessment_id, held in found.items()
        if held
    }


@pytest.mark.parametrize("wrong", ["nobody", "the board viewer", "a stranger"])
def test_only_people_who_may_moderate_here_are_given_returns(panel, wrong):
    people = {"nobody": [], "the board viewer": [panel.ann.id, panel.town.board.id], "a stranger": ["nobody-here"]}

    with pytest.raises(BadInputError, match="Choose"):
        share_out(panel.office, panel.ann, CYCLE, people[wrong])

    assert holders(panel) == {}


def test_what_is_left_is_shared_out_by_name_of_the_organisation_with_an_event_for_each_and_progress(panel):
    told = []

    shares = share_out(panel.office, panel.ann, CYCLE, [panel.ann.id, panel.ben.id], told.append)

    assert holders(panel) == {
        MINDER_RETURN: {Seat.FIRST: panel.ann.id},
        FIRE_RETURN: {Seat.FIRST: panel.ben.id},
        POLICE_RETURN: {Seat.FIRST: panel.ann.id},
    }
    assert [share.assessment_id for share in shares] == [MINDER_RETURN, FIRE_RETURN, POLICE_RETURN]
    assert told == pytest.approx([1 / 3, 2 / 3, 1])
    assert all(event_names(panel.town, one)[-1] == "moderator_assigned" for one in holders(panel))
    assert share_out(panel.office, panel.ann, CYCLE, [panel.ann.id]) == [], "nothing is left"


def test_what_somebody_has_to_do_already_counts_and_is_left_with_them(panel):
    assign_moderator(panel.office, panel.ann, MINDER_RETURN, Seat.FIRST, panel.ann.id)

    share_out(panel.office, panel.ann, CYCLE, [panel.ann.id, panel.ben.id])

    assert holders(panel)[MINDER_RETURN] == {Seat.FIRST: panel.ann.id}
    assert Counter(seats[Seat.FIRST] for seats in holders(panel).values()) == {panel.ann.id: 2, panel.ben.id: 1}


def test_a_seat_somebody_takes_meanwhile_stays_theirs(panel):
    def take_the_last(_):
        assign_moderator(panel.office, panel.chris, POLICE_RETURN, Seat.FIRST, panel.chris.id)

    shares = share_out(panel.office, panel.ann, CYCLE, [panel.ann.id, panel.ben.id], take_the_last)

    assert holders(panel)[POLICE_RETURN] == {Seat.FIRST: panel.chris.id}
    assert POLICE_RETURN not in [share.assessment_id for share in shares]


def test_with_two_moderators_each_return_gets_two_different_people(office, tmp_path):
    panel = with_three_returns(a_panel(office, tmp_path, moderators=2, seated=False))

    shares = share_out(panel.office, panel.ann, CYCLE, [panel.ann.id, panel.ben.id, panel.chris.id])

    assert all(len(set(seats.values())) == 2 for seats in holders(panel).values())
    assert set(Counter(share.person_id for share in shares).values()) == {2}


def test_sharing_out_is_taken_back_but_for_what_was_judged_given_on_or_handed_back(panel):
    before = share_out(panel.office, panel.ann, CYCLE, [panel.ann.id, panel.ben.id])
    judge(panel, panel.ann, "S1.1")  # of the police
    assign_moderator(panel.office, panel.ann, FIRE_RETURN, Seat.FIRST, panel.chris.id)

    freed = take_back_shares(panel.office, panel.ben, CYCLE, before)

    assert [share.assessment_id for share in freed] == [MINDER_RETURN]
    assert event_names(panel.town, MINDER_RETURN)[-1] == "moderator_taken_off"
    assert holders(panel) == {
        FIRE_RETURN: {Seat.FIRST: panel.chris.id},
        POLICE_RETURN: {Seat.FIRST: panel.ann.id},
    }
    assert take_back_shares(panel.office, panel.ben, CYCLE, before) == [], "it is taken back once"
    again = share_out(panel.office, panel.ann, CYCLE, [panel.ann.id, panel.ben.id])
    assert [share.assessment_id for share in again] == [MINDER_RETURN]


def test_a_return_that_was_never_submitted_or_went_back_is_not_shared_out(office, tmp_path):
    panel = a_panel(office, tmp_path, seated=False)
    handed_back_town = replace(panel.town, contributor=panel.town.fire_contributor, approver=panel.town.fire_approver)
    handed_back(handed_back_town, FIRE_RETURN)

    shares = share_out(panel.office, panel.ann, CYCLE, [panel.ann.id])

    assert [share.assessment_id for share in shares] == [POLICE_RETURN]
