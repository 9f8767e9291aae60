"""The workflow, walked pair by pair: what may follow each status, and nothing else."""

from itertools import product

import pytest

from section11.domain.workflow import (
    EDITABLE,
    OWNERS,
    RETURNED,
    STATUS_TITLES,
    TRANSITIONS,
    Move,
    Owner,
    Status,
    move_before_editing,
    next_status,
)
from section11.errors import TransitionNotAllowedError

ALLOWED = {
    (Status.NOT_STARTED, Move.START): Status.IN_PROGRESS,
    (Status.IN_PROGRESS, Move.SEND_FOR_SIGN_OFF): Status.AWAITING_SIGN_OFF,
    (Status.AWAITING_SIGN_OFF, Move.TAKE_BACK): Status.IN_PROGRESS,
    (Status.AWAITING_SIGN_OFF, Move.SIGN_OFF): Status.SUBMITTED,
    (Status.SUBMITTED, Move.HAND_BACK): Status.HANDED_BACK,
    (Status.SUBMITTED, Move.MODERATE): Status.MODERATED,
    (Status.SUBMITTED, Move.REOPEN): Status.REOPENED,
    (Status.HANDED_BACK, Move.RESUME): Status.IN_PROGRESS,
    (Status.MODERATED, Move.HAND_BACK): Status.HANDED_BACK,
    (Status.MODERATED, Move.RELEASE): Status.RELEASED,
    (Status.MODERATED, Move.REOPEN): Status.REOPENED,
    (Status.RELEASED, Move.REOPEN): Status.REOPENED,
    (Status.REOPENED, Move.RESUME): Status.IN_PROGRESS,
}

TURNS = {
    Status.NOT_STARTED: (Owner.ORGANISATION, "editable", "not returned"),
    Status.IN_PROGRESS: (Owner.ORGANISATION, "editable", "not returned"),
    Status.AWAITING_SIGN_OFF: (Owner.APPROVER, "locked", "not returned"),
    Status.SUBMITTED: (Owner.SCRUTINY, "locked", "returned"),
    Status.HANDED_BACK: (Owner.ORGANISATION, "editable", "not returned"),
    Status.MODERATED: (Owner.SCRUTINY, "locked", "returned"),
    Status.RELEASED: (Owner.SCRUTINY, "locked", "returned"),
    Status.REOPENED: (Owner.ORGANISATION, "editable", "not returned"),
}


@pytest.mark.parametrize(("status", "move"), list(product(Status, Move)))
def test_each_move_from_each_status_is_allowed_or_refused_as_the_table_says(status, move):
    if (status, move) in ALLOWED:
        assert next_status(status, move) is ALLOWED[status, move]
    else:
        with pytest.raises(TransitionNotAllowedError) as refused:
            next_status(status, move)
        assert refused.value.current == status
        assert "_" not in refused.value.user_message


def test_the_table_has_no_two_ends_for_one_move():
    assert len(TRANSITIONS) == len({(one.start, one.move) for one in TRANSITIONS}) == len(ALLOWED)


@pytest.mark.parametrize("status", Status)
def test_each_status_has_a_title_an_owner_and_says_who_may_write_and_read(status):
    editable = "editable" if status in EDITABLE else "locked"
    returned = "returned" if status in RETURNED else "not returned"

    assert (OWNERS[status], editable, returned) == TURNS[status]
    assert STATUS_TITLES[status]


@pytest.mark.parametrize("status", Status)
def test_the_first_change_moves_every_editable_status_to_in_progress_and_no_other(status):
    move = move_before_editing(status)

    if status in EDITABLE - {Status.IN_PROGRESS}:
        assert move is not None
        assert next_status(status, move) is Status.IN_PROGRESS
    else:
        assert move is None


def test_every_status_can_be_reached_and_none_is_a_trap():
    reached = {Status.NOT_STARTED}
    for _ in Status:
        reached |= {end for (start, _move), end in ALLOWED.items() if start in reached}

    assert reached == set(Status)
    assert {start for start, _move in ALLOWED} == set(Status)
