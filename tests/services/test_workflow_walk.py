"""Every move from every status by every person, through the services: tables by hand.

The first walk is a return's way, the second an action's. What is refused leaves every table of the database as it was.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from section11.domain.actions import ActionMove, ActionStatus, Report
from section11.domain.people import OPERATOR, User
from section11.domain.workflow import OWNERS, AssessmentStatus, Move, Owner
from section11.errors import (
    ActionMoveNotAllowedError,
    NotAvailableError,
    NotPermittedError,
    TransitionNotAllowedError,
)
from section11.services.action_register import not_yet_done, verify_action
from section11.services.actions import drop_action, finish_action, reopen_action, update_action
from section11.services.answering import save_answer
from section11.services.moderating import finish_moderation, save_moderation
from section11.services.moderation_views import view_moderation
from section11.services.office import Office
from section11.services.releasing import release_return
from section11.services.scrutiny import hand_back, reopen
from section11.services.signing import send_for_sign_off, sign_off, take_back
from section11.storage.tables import metadata
from section11.storage.unit_of_work import Store
from tests.conftest import office_on
from tests.services.builders import (
    POLICE,
    a_town,
    answer,
    in_progress,
    open_a_cycle,
    people_on_every_side,
    promise,
    stored_assessment,
    tracked_action,
)
from tests.services.moderation_builders import judged_alone

ROUND = "2027"
RETURN = f"{ROUND}.{POLICE}"

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
PEOPLE = ("c", "a", "pc", "pa", "oc", "oa", "s", "b", "m", "ec", "ea", "es", "eb", "em", "op")
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


@dataclass(frozen=True)
class World:
    """Riverdale in a file for each status of one return, and each of one action, with Elmtree next door."""

    files: dict[str, Path]
    office: Office
    users: dict[str, User]


def _judge_again(town) -> None:
    view = view_moderation(town.office, town.scrutiny, RETURN, first_look=False)
    save_moderation(
        town.office, town.scrutiny, RETURN, "S1.1", expected_version=1,
        expected_answer_version=view.said_to("S1.1").answer.version,
    )  # fmt: skip


def _kept(database: Path, name: str) -> Path:
    path = database.with_name(f"{name}.db")
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(path)) as copy:
        source.backup(copy)
    return path


@pytest.fixture(scope="module")
def world(tmp_path_factory, _migrated_sqlite) -> World:
    folder = tmp_path_factory.mktemp("workflow")
    database = folder / "section11.db"
    database.write_bytes(_migrated_sqlite.read_bytes())
    town = a_town(office_on(f"sqlite:///{database}"), folder)
    users = people_on_every_side(town) | {"op": OPERATOR}
    open_a_cycle(town, name=ROUND)
    files = {}

    def keep(status: str) -> None:
        assert stored_assessment(town, RETURN).status == status
        files[status] = _kept(database, status)

    keep("not_started")
    in_progress(town, RETURN)
    promise(town, town.contributor, RETURN)
    keep("in_progress")
    send_for_sign_off(town.office, town.contributor, RETURN)
    keep("awaiting_sign_off")
    sign_off(town.office, town.approver, RETURN, agreed=True)
    judged_alone(town, RETURN)
    keep("submitted")
    hand_back(town.office, town.scrutiny, RETURN, "More.")
    keep("handed_back")
    answer(town, town.contributor, RETURN, "S1.1", evidence="More.")
    send_for_sign_off(town.office, town.contributor, RETURN)
    sign_off(town.office, town.approver, RETURN, agreed=True)
    _judge_again(town)
    finish_moderation(town.office, town.scrutiny, RETURN)
    keep("moderated")
    release_return(town.office, town.scrutiny, RETURN)
    keep("released")
    files |= _action_files(town, database)
    reopen(town.office, town.scrutiny, RETURN, "More.")
    keep("reopened")
    town.office.store.close()
    return World(files, town.office, users)


@contextmanager
def copied(world: World, file: str, folder: Path):
    path = folder / "copy.db"
    path.write_bytes(world.files[file].read_bytes())
    store = Store.open(f"sqlite:///{path}")
    yield replace(world.office, store=store)
    store.close()
    for left in folder.glob("copy.db*"):
        left.unlink()


def everything_in(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    with office.store.engine.connect() as connection:
        return {table.name: connection.execute(table.select()).all() for table in metadata.sorted_tables}


def stored_in(office: Office) -> tuple[str, list[str]]:
    with office.store.reading() as work:
        assessment = work.assessments.get(RETURN)
        names = [one.name for one in work.audit_trail.events(f"assessment:{RETURN}")]
    assert assessment is not None
    return assessment.status.value, names


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
NEWS, SHOWN = Report("What is new."), Report("It is done.", "The register shows it.")
ACTION_ACTS: dict[str, Callable[[Office, User, int], Any]] = {
    "update": lambda o, u, action: update_action(o, u, action, NEWS),
    "finish": lambda o, u, action: finish_action(o, u, action, SHOWN),
    "drop": lambda o, u, action: drop_action(o, u, action, NEWS),
    "reopen": lambda o, u, action: reopen_action(o, u, action, NEWS),
    "verify": lambda o, u, action: verify_action(o, u, action, NEWS),
    "not yet": lambda o, u, action: not_yet_done(o, u, action, NEWS),
}


def _action_files(town, database: Path) -> dict[str, Path]:
    files = {"open": _kept(database, "open")}
    action = tracked_action(town, RETURN).id
    finish_action(town.office, town.contributor, action, SHOWN)
    files["done"] = _kept(database, "done")
    verify_action(town.office, town.scrutiny, action, NEWS)
    files["verified"] = _kept(database, "verified")
    not_yet_done(town.office, town.scrutiny, action, NEWS)
    drop_action(town.office, town.contributor, action, NEWS)
    files["dropped"] = _kept(database, "dropped")
    return files


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
