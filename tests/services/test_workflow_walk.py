"""Every move of a return from every status by every person, through the services: tables by hand.

What is refused leaves every table of the database as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from section11.domain.people import User
from section11.domain.workflow import OWNERS, AssessmentStatus, Move, Owner
from section11.errors import (
    NotAvailableError,
    NotPermittedError,
    TransitionNotAllowedError,
)
from section11.services.answering import save_answer
from section11.services.moderating import finish_moderation
from section11.services.office import Office
from section11.services.releasing import release_return
from section11.services.scrutiny import hand_back, reopen
from section11.services.signing import send_for_sign_off, sign_off, take_back
from tests.services.walk.world import everything_in
from tests.services.workflow_files import PEOPLE, RETURN, World, built_in, copied, stored_in

# fmt: off
STATUSES = ("not_started", "in_progress", "awaiting_sign_off", "submitted", "handed_back", "moderated", "released",
            "reopened")
LETTERS = dict(zip("NIASHMRO", STATUSES, strict=True))
WAY = {
    # where each move leads, by the letter of the status; "-" is refused
    #                    write  send  take back  sign  hand back  moderate  release  reopen
    "not_started":       "I      -     -          -     -          -         -        -",
    "in_progress":       "I      A     -          -     -          -         -        -",
    "awaiting_sign_off": "-      -     I          S     -          -         -        -",
    "submitted":         "-      -     -          -     H          M         -        O",
    "handed_back":       "I      -     -          -     -          -         -        -",
    "moderated":         "-      -     -          -     H          -         R        O",
    "released":          "-      -     -          -     -          -         -        O",
    "reopened":          "I      -     -          -     -          -         -        -",
}
MOVES = ("write", "send", "take back", "sign", "hand back", "moderate", "release", "reopen")
MOVERS = {
    # contributor and approver of the police; scrutiny lead, board viewer, administrator; the operator
    "write":     "c a op", "send":      "c a op", "take back": "a", "sign":    "a",
    "hand back": "s",      "moderate":  "s",      "release":   "s", "reopen":  "s",
}
TURN = {
    "not_started": "c a op", "in_progress": "c a op", "awaiting_sign_off": "a", "submitted": "s",
    "handed_back": "c a op", "moderated": "s", "released": "s", "reopened": "c a op",
}
EVENTS = {
    ("not_started", "write"): Move.START, ("handed_back", "write"): Move.RESUME, ("reopened", "write"): Move.RESUME,
    ("in_progress", "send"): Move.SEND_FOR_SIGN_OFF, ("awaiting_sign_off", "take back"): Move.TAKE_BACK,
    ("awaiting_sign_off", "sign"): Move.SIGN_OFF, ("submitted", "hand back"): Move.HAND_BACK,
    ("submitted", "moderate"): Move.MODERATE, ("submitted", "reopen"): Move.REOPEN,
    ("moderated", "hand back"): Move.HAND_BACK, ("moderated", "release"): Move.RELEASE,
    ("moderated", "reopen"): Move.REOPEN, ("released", "reopen"): Move.REOPEN,
}
"""In progress, writing makes no move, so that only the answer's own event is written."""
# fmt: on


def ends_from(status: str) -> dict[str, str]:
    """Return by move where it leads from a status; empty where it is refused."""
    return {move: LETTERS.get(letter, "") for move, letter in zip(MOVES, WAY[status].split(), strict=True)}


def _write(office: Office, user: User) -> Any:
    with office.store.reading() as work:
        stored = work.answers.one(RETURN, "S1.1")
    version = stored.version if stored else 0
    return save_answer(office, user, RETURN, "S1.1", expected_version=version, evidence="Other words.")


ACTS: dict[str, Callable[[Office, User], Any]] = {
    "write": _write,
    "send": lambda o, u: send_for_sign_off(o, u, RETURN),
    "take back": lambda o, u: take_back(o, u, RETURN),
    "sign": lambda o, u: sign_off(o, u, RETURN, agreed=True),
    "hand back": lambda o, u: hand_back(o, u, RETURN, "More."),
    "moderate": lambda o, u: finish_moderation(o, u, RETURN),
    "release": lambda o, u: release_return(o, u, RETURN),
    "reopen": lambda o, u: reopen(o, u, RETURN, "More."),
}


@pytest.fixture(scope="module")
def world(tmp_path_factory, _migrated_sqlite) -> World:
    return built_in(tmp_path_factory.mktemp("workflow"), _migrated_sqlite)


def expected_refusal(move: str, who: str) -> tuple[type[Exception], ...]:
    """Return how a person is refused: as one without the right, or as one who comes at the wrong time."""
    if who in MOVERS[move].split():
        # Writing at the wrong time is refused with the way out of it, the moves with what the table says.
        return (NotPermittedError,) if move == "write" else (TransitionNotAllowedError,)
    return (NotPermittedError, NotAvailableError)


def test_the_tables_by_hand_name_every_status_and_every_move():
    assert set(WAY) == set(STATUSES) == set(TURN) == {one.value for one in AssessmentStatus}
    assert set(EVENTS.values()) == set(Move)
    assert set(MOVERS) == set(MOVES) == set(ACTS)


@pytest.mark.parametrize(("status", "move"), list(product(STATUSES, MOVES)))
def test_each_person_moves_a_return_from_each_status_as_the_tables_say(world, tmp_path, status, move):
    end = ends_from(status)[move]
    movers = MOVERS[move].split() if end else []
    with copied(world, status, tmp_path) as office:
        before = everything_in(office)
        for who in (one for one in PEOPLE if one not in movers):
            with pytest.raises(expected_refusal(move, who)):
                ACTS[move](office, world.users[who])
            assert everything_in(office) == before, f"{who} was refused and left a trace"
    for who in movers:
        with copied(world, status, tmp_path) as office:
            names = stored_in(office)[1]
            ACTS[move](office, world.users[who])
            event = EVENTS.get((status, move))
            written = ["answer_saved"] if move == "write" else []
            assert stored_in(office) == (end, [*names, *written, *([event.value] if event else [])]), who


@pytest.mark.parametrize("status", STATUSES)
def test_whose_turn_it_is_are_those_who_can_move_it_on(status):
    can_move = {who for move, end in ends_from(status).items() if end for who in MOVERS[move].split()}
    owners = {Owner.ORGANISATION: "c a op", Owner.APPROVER: "a", Owner.SCRUTINY: "s"}

    assert can_move == set(TURN[status].split())
    assert TURN[status] == owners[OWNERS[AssessmentStatus(status)]]
