"""One return in each of its statuses, and one action of it, each in a database file of its own to be copied."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from section11.domain.actions import Report
from section11.domain.people import OPERATOR, User
from section11.services.action_register import not_yet_done, verify_action
from section11.services.actions import drop_action, finish_action
from section11.services.moderating import finish_moderation, save_moderation
from section11.services.moderation_views import view_moderation
from section11.services.office import Office
from section11.services.releasing import release_return
from section11.services.scrutiny import hand_back, reopen
from section11.services.signing import send_for_sign_off, sign_off
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

NEWS, SHOWN = Report("What is new."), Report("It is done.", "The register shows it.")
ROUND = "2027"
RETURN = f"{ROUND}.{POLICE}"
PEOPLE = ("c", "a", "pc", "pa", "oc", "oa", "s", "b", "m", "ec", "ea", "es", "eb", "em", "op")


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


def built_in(folder: Path, empty: Path) -> World:
    database = folder / "section11.db"
    database.write_bytes(empty.read_bytes())
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


def stored_in(office: Office) -> tuple[str, list[str]]:
    with office.store.reading() as work:
        assessment = work.assessments.get(RETURN)
        names = [one.name for one in work.audit_trail.events(f"assessment:{RETURN}")]
    assert assessment is not None
    return assessment.status.value, names
