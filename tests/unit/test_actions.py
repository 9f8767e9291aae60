"""The life of an action, walked pair by pair, and the rules about dates, words and samples."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product

import pytest

from section11.domain.actions import (
    ACTION_STATUS_TITLES,
    ACTION_TRANSITIONS,
    MOVERS,
    ActionMove,
    ActionStatus,
    Party,
    Report,
    TrackedAction,
    check_promise,
    moved,
    moves_for,
    next_action_status,
    sample_of,
)
from section11.domain.answers import Action
from section11.errors import ActionMoveNotAllowedError, BadInputError, StaleActionError

OPEN, DONE, VERIFIED, DROPPED = ActionStatus
TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PROMISED = TrackedAction("S1.1", "Train every manager", "Head of training", date(2026, 9, 30), id=1, began=TODAY)

ALLOWED = {
    (OPEN, ActionMove.UPDATE): OPEN,
    (OPEN, ActionMove.FINISH): DONE,
    (OPEN, ActionMove.DROP): DROPPED,
    (DONE, ActionMove.UPDATE): DONE,
    (DONE, ActionMove.REOPEN): OPEN,
    (DONE, ActionMove.VERIFY): VERIFIED,
    (DONE, ActionMove.NOT_YET): OPEN,
    (VERIFIED, ActionMove.UPDATE): VERIFIED,
    (VERIFIED, ActionMove.NOT_YET): OPEN,
    (DROPPED, ActionMove.REOPEN): OPEN,
}
OF_THE_ORGANISATION = {ActionMove.UPDATE, ActionMove.FINISH, ActionMove.DROP, ActionMove.REOPEN}


@pytest.mark.parametrize(("status", "move"), list(product(ActionStatus, ActionMove)))
def test_each_move_from_each_status_is_allowed_or_refused_as_the_table_says(status, move):
    if (status, move) in ALLOWED:
        assert next_action_status(status, move) is ALLOWED[status, move]
    else:
        with pytest.raises(ActionMoveNotAllowedError) as refused:
            next_action_status(status, move)
        assert refused.value.user_message.startswith(f"This action is {status.value}, so it cannot be ")
        assert "_" not in refused.value.user_message


def test_the_table_has_no_two_ends_for_one_move():
    assert len(ACTION_TRANSITIONS) == len({(one.start, one.move) for one in ACTION_TRANSITIONS}) == len(ALLOWED)


@pytest.mark.parametrize(("party", "status"), list(product(Party, ActionStatus)))
def test_each_side_is_offered_its_own_moves_and_no_others(party, status):
    own = OF_THE_ORGANISATION if party is Party.ORGANISATION else set(ActionMove) - OF_THE_ORGANISATION

    assert set(moves_for(party, status)) == {move for start, move in ALLOWED if start is status and move in own}
    assert set(MOVERS) == set(ActionMove)
    assert ACTION_STATUS_TITLES[status]


def test_done_without_what_shows_it_is_refused():
    with pytest.raises(BadInputError, match="Say what shows that it is done"):
        moved(PROMISED, ActionMove.FINISH, Report("All trained", completion="  "), NOW)


@pytest.mark.parametrize("move", [ActionMove.DROP, ActionMove.NOT_YET])
def test_dropping_and_sending_back_need_a_reason(move):
    status = OPEN if move is ActionMove.DROP else DONE
    with pytest.raises(BadInputError, match="Say w"):
        moved(replace(PROMISED, status=status), move, Report(" \n"), NOW)


def test_an_update_without_anything_new_is_refused():
    with pytest.raises(BadInputError, match="nothing new to save"):
        moved(PROMISED, ActionMove.UPDATE, Report("", PROMISED.completion, PROMISED.change), NOW)


def test_what_was_verified_is_not_written_over_but_what_it_changed_may_be_added():
    verified = replace(PROMISED, status=VERIFIED, completion="Register of March", closed_at=NOW)

    with pytest.raises(BadInputError, match="Scrutiny has verified this action"):
        moved(verified, ActionMove.UPDATE, Report("More", completion="Another register"), NOW)
    later = moved(verified, ActionMove.UPDATE, Report("", change="Children are asked"), NOW)

    assert later == replace(verified, change="Children are asked")


@pytest.mark.parametrize("move", [ActionMove.UPDATE, ActionMove.FINISH, ActionMove.DROP])
def test_an_action_that_somebody_reported_on_meanwhile_is_not_changed(move):
    with pytest.raises(StaleActionError):
        moved(replace(PROMISED, updates=1), move, Report("Words", "Register", seen_updates=0), NOW)


def test_done_and_dropped_close_an_action_and_opening_it_again_keeps_what_was_written():
    done = moved(PROMISED, ActionMove.FINISH, Report("Last course held", "Register", "Safer hiring"), NOW)
    again = moved(done, ActionMove.NOT_YET, Report("Two managers are missing"), NOW)
    dropped = moved(PROMISED, ActionMove.DROP, Report("The site closes"), NOW)

    assert (done.status, done.closed_at, done.completion, done.change) == (DONE, NOW, "Register", "Safer hiring")
    assert (again.status, again.closed_at, again.completion) == (OPEN, None, "Register")
    assert (dropped.status, dropped.closed_at) == (DROPPED, NOW)


def test_verifying_leaves_the_day_it_was_done():
    later = datetime(2026, 4, 1, 9, tzinfo=UTC)
    done = replace(PROMISED, status=DONE, closed_at=NOW)

    assert moved(done, ActionMove.VERIFY, Report(), later).closed_at == NOW


@pytest.mark.parametrize("status", ActionStatus)
@pytest.mark.parametrize(("due", "is_past"), [(date(2026, 3, 1), True), (TODAY, False), (None, False)])
def test_only_open_actions_whose_day_has_passed_are_overdue(status, due, is_past):
    action = replace(PROMISED, status=status, due=due)

    assert action.is_overdue(TODAY) is (is_past and status is OPEN)


def test_a_new_action_due_before_today_is_refused_with_both_dates():
    with pytest.raises(BadInputError) as refused:
        check_promise(None, Action("S1.1", "Train", "Head", date(2026, 3, 1)), TODAY)

    assert refused.value.user_message == (
        "The action for S1.1 would be due on 1 March 2026, before it began on 2 March 2026. Choose a later date."
    )


def test_an_action_is_measured_by_the_day_it_began_not_by_today():
    much_later = date(2026, 12, 1)
    check_promise(PROMISED, replace(PROMISED.promise, due=date(2026, 6, 1)), much_later)

    with pytest.raises(BadInputError, match="before it began"):
        check_promise(PROMISED, replace(PROMISED.promise, due=date(2026, 3, 1)), much_later)


def test_where_the_beginning_is_not_known_any_date_may_stand():
    unknown = replace(PROMISED, began=None)

    assert check_promise(unknown, replace(PROMISED.promise, due=date(2020, 1, 1)), TODAY) is None


@pytest.mark.parametrize("status", [DONE, VERIFIED, DROPPED])
def test_the_promise_of_a_closed_action_stays_as_it_is(status):
    with pytest.raises(BadInputError, match="Open it again on the Actions page first"):
        check_promise(replace(PROMISED, status=status), replace(PROMISED.promise, what="Less"), TODAY)


def test_an_action_with_updates_cannot_be_emptied():
    with pytest.raises(BadInputError, match="drop it on the Actions page and say why"):
        check_promise(replace(PROMISED, updates=1), Action("S1.1"), TODAY)


def test_a_sample_is_the_same_each_time_and_another_for_another_seed():
    actions = [replace(PROMISED, id=number, status=DONE) for number in range(40)]
    first = [one.id for one in sample_of(actions, 5, "2026/ann")]

    assert first == [one.id for one in sample_of(reversed(actions), 5, "2026/ann")]
    assert first == [one.id for one in sample_of(actions, 8, "2026/ann")][:5]
    assert first != [one.id for one in sample_of(actions, 5, "2026/ben")]


def test_a_sample_keeps_what_was_verified_and_never_holds_open_or_dropped_ones():
    actions = [replace(PROMISED, id=number, status=status) for number, status in enumerate(list(ActionStatus) * 5)]
    first = sample_of(actions, 6, "2026/ann")
    verified = [replace(one, status=VERIFIED) if one in first else one for one in actions]

    assert {one.status for one in sample_of(actions, 20, "2026/ann")} == {DONE, VERIFIED}
    assert [one.id for one in sample_of(verified, 6, "2026/ann")] == [one.id for one in first]
