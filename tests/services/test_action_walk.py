"""Every move of an action from every status by every person, through the services: tables by hand.

What is refused leaves every table of the database as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from section11.domain.actions import ActionMove, ActionStatus
from section11.domain.people import User
from section11.errors import (
    ActionMoveNotAllowedError,
    NotAvailableError,
    NotPermittedError,
)
from section11.services.action_register import not_yet_done, verify_action
from section11.services.actions import drop_action, finish_action, reopen_action, update_action
from section11.services.office import Office
from tests.services.walk.world import everything_in
from tests.services.workflow_files import NEWS, PEOPLE, RETURN, SHOWN, World, built_in, copied, stored_in

# fmt: off
ACTION_MOVES = ("update", "finish", "drop", "reopen", "verify", "not yet")
ACTION_WAY = {
    # status:    update      finish  drop       reopen  verify      not yet
    "open":     ("open",     "done", "dropped", "",     "",         ""),
    "done":     ("done",     "",     "",        "open", "verified", "open"),
    "verified": ("verified", "",     "",        "",     "",         "open"),
    "dropped":  ("",         "",     "",        "open", "",         ""),
}
ACTION_MOVERS = {
    "update": "c a op", "finish": "c a op", "drop": "c a op", "reopen": "c a op", "verify": "s", "not yet": "s",
}
ACTION_EVENTS = {
    "update": "action_updated", "finish": "action_done", "drop": "action_dropped", "reopen": "action_reopened",
    "verify": "action_verified", "not yet": "action_not_yet_done",
}
# fmt: on
ACTION_ACTS: dict[str, Callable[[Office, User, int], Any]] = {
    "update": lambda o, u, action: update_action(o, u, action, NEWS),
    "finish": lambda o, u, action: finish_action(o, u, action, SHOWN),
    "drop": lambda o, u, action: drop_action(o, u, action, NEWS),
    "reopen": lambda o, u, action: reopen_action(o, u, action, NEWS),
    "verify": lambda o, u, action: verify_action(o, u, action, NEWS),
    "not yet": lambda o, u, action: not_yet_done(o, u, action, NEWS),
}


@pytest.fixture(scope="module")
def world(tmp_path_factory, _migrated_sqlite) -> World:
    return built_in(tmp_path_factory.mktemp("workflow"), _migrated_sqlite)


def test_the_tables_by_hand_name_every_status_and_move_of_an_action():
    assert set(ACTION_WAY) == {one.value for one in ActionStatus}
    assert set(ACTION_EVENTS.values()) == {one.value for one in ActionMove}
    assert set(ACTION_MOVES) == set(ACTION_ACTS) == set(ACTION_MOVERS) == set(ACTION_EVENTS)


@pytest.mark.parametrize(("status", "move"), list(product(ACTION_WAY, ACTION_MOVES)))
def test_each_person_moves_an_action_from_each_status_as_the_tables_say(world, tmp_path, status, move):
    end = dict(zip(ACTION_MOVES, ACTION_WAY[status], strict=True))[move]
    holders = ACTION_MOVERS[move].split()
    with copied(world, status, tmp_path) as office:
        before = everything_in(office)
        with office.store.reading() as work:
            action = work.actions.under(RETURN, "S1.1")
        for who in (one for one in PEOPLE if one not in holders or not end):
            refusals = ActionMoveNotAllowedError if who in holders else (NotPermittedError, NotAvailableError)
            with pytest.raises(refusals):
                ACTION_ACTS[move](office, world.users[who], action.id)
            assert everything_in(office) == before, f"{who} was refused and left a trace"
    for who in holders if end else []:
        with copied(world, status, tmp_path) as office:
            ACTION_ACTS[move](office, world.users[who], action.id)
            with office.store.reading() as work:
                assert work.actions.under(RETURN, "S1.1").status == end, who
            assert stored_in(office)[1][-1] == ACTION_EVENTS[move], who
