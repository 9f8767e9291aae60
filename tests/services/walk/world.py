"""The database that every service is asked on, copied for each question, and what changed in it."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from section11.domain.actions import Report
from section11.domain.evidence import Description
from section11.domain.people import OPERATOR, Role, User
from section11.services import (
    actions,
    api_tokens,
    asking,
    attaching,
    board_packs,
    excel_returns,
    inviting,
    leaving,
    moderating,
    releasing,
    waiting_roles,
)
from section11.services.office import Office
from section11.services.taking_in import survey as survey_import
from section11.services.taking_in import undoing
from section11.services.taking_in.keeping import ImportKind
from section11.storage.tables import metadata
from section11.storage.unit_of_work import Store
from tests.conftest import office_on
from tests.services.builders import (
    PARTNERSHIP,
    POLICE,
    Town,
    a_quiet_town,
    awaiting_sign_off,
    in_progress,
    open_a_cycle,
    people_on_every_side,
    prepare_a_cycle,
    promise,
    submitted,
    submitted_with_an_action,
    tracked_action,
    user_by_email,
)
from tests.services.evidence_builders import a_file, a_link
from tests.services.mail_builders import a_lost_mail
from tests.services.moderation_builders import judged_alone
from tests.services.walk.things import NOBODY, SURVEY, Things


@dataclass(frozen=True)
class World:
    database: Path
    office: Office
    users: dict[str, User]
    things: Things


def _submitted_with_two_actions(town: Town, assessment_id: str) -> None:
    """Submit a return with an open action for S1.1 and one for S1.2 that is done."""
    promise(town, town.contributor, assessment_id, "S1.2")
    action_id = tracked_action(town, assessment_id, "S1.2").id
    actions.finish_action(town.office, town.contributor, action_id, Report("", "Register"))
    submitted_with_an_action(town, assessment_id)


def a_world(folder: Path, empty: Path) -> World:
    """Riverdale with returns in three cycles, and Elmtree next door, in a file that tests copy."""
    database = folder / "walk.db"
    shutil.copy(empty, database)
    town = a_quiet_town(office_on(f"sqlite:///{database}"), folder)
    for name, brought_to in (
        ("2020", submitted),
        ("2022", _submitted_with_two_actions),
        ("2024", awaiting_sign_off),
        ("2026", in_progress),
    ):
        open_a_cycle(town, name=name, due=date(int(name), 3, 31))
        if name == "2022":
            _add_evidence(town)
        brought_to(town, f"{name}.{POLICE}")
    first_draft = attaching.QuestionPlace(f"2026.{POLICE}", "S1.1")
    attaching.attach_evidence(town.office, town.contributor, first_draft, Things().draft_evidence)
    asking.ask(town.office, town.scrutiny, f"2022.{POLICE}", "S1.2", "Which policy?")
    asking.note_internally(town.office, town.scrutiny, f"2022.{POLICE}", "S1.2", "Ask the fire service, too")
    judged_alone(town, f"2022.{POLICE}")
    judged_alone(town, f"2020.{POLICE}")
    moderating.finish_moderation(town.office, town.scrutiny, f"2020.{POLICE}")
    releasing.release_return(town.office, town.scrutiny, f"2020.{POLICE}")
    counted = board_packs.pack_figures(town.office, town.scrutiny, "2020")
    board_packs.make_final(town.office, town.scrutiny, "2020")
    prepare_a_cycle(town, name="2028", due=date(2028, 3, 31))
    token = api_tokens.create_api_token(town.office, town.admin, PARTNERSHIP, "Power BI").token
    lost_mail = a_lost_mail(town)
    survey_import.import_survey(town.office, town.admin, "2026", SURVEY, "survey.csv")
    lines = undoing.list_imports(town.office, town.admin)
    survey = next(one.id for one in lines if one.kind is ImportKind.SURVEY)
    users = people_on_every_side(town) | {"n": NOBODY, "op": OPERATOR}
    file = excel_returns.download_return(town.office, town.contributor, f"2026.{POLICE}", blank=True).content
    promised = [tracked_action(town, f"2022.{POLICE}", question_id).id for question_id in ("S1.1", "S1.2")]
    gone = {"email": "gone@police.example", "name": "Gone", "post": "", "role": Role.CONTRIBUTOR}
    inviting.invite_person(town.office, town.approver, **gone, organisation_id=POLICE)
    leaver = leaving.end_access(town.office, town.admin, user_by_email(town.office, gone["email"]).id)
    offered = {"email": town.scrutiny.person.email, "name": "?", "post": "", "role": Role.CONTRIBUTOR}
    inviting.invite_person(town.office, town.approver, **offered, organisation_id=POLICE)
    waiting = waiting_roles.list_waiting_roles(town.office, town.approver)
    town.office.store.close()
    things = Things(
        colleague=town.contributor.id,
        lead=town.scrutiny.id,
        leaver=leaver.person.id,
        file=file,
        open_action=promised[0],
        done_action=promised[1],
        counted=counted,
        token=token.id,
        survey=survey,
        lost_mail=lost_mail,
        waiting_link=waiting[0].link_id,
    )
    return World(database, town.office, users, things)


def _add_evidence(town: Town) -> None:
    """Keep two files and a link for the police; the second file is attached to their return of 2022."""
    first, returned = Description("A draft's own"), attaching.QuestionPlace(f"2022.{POLICE}", "S1.1")
    a_file(town.office, town.contributor, about=first, attach_to=None)
    a_file(town.office, town.contributor, attach_to=returned)
    a_link(town.office, town.contributor, attach_to=None)


@contextmanager
def copied(world: World, folder: Path, name: str):
    path = folder / f"{name}.db"
    shutil.copy(world.database, path)
    store = Store.open(f"sqlite:///{path}")
    yield replace(world.office, store=store)
    store.close()


def everything_in(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of every table as the database has them: turning them into values takes ten times as long."""
    with office.store.engine.connect() as connection:
        cursor = connection.connection.cursor()
        return {name: list(cursor.execute(f'SELECT * FROM "{name}"')) for name in sorted(metadata.tables)}  # noqa: S608


TRAIL = {"audit_events", "audit_heads"}


def without_trail(database: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    return {table: rows for table, rows in database.items() if table not in TRAIL}


def events_added(before: dict[str, list[tuple[Any, ...]]], after: dict[str, list[tuple[Any, ...]]]) -> list[tuple]:
    """Return the stream and the name of every event that is new."""
    columns = [column.name for column in metadata.tables["audit_events"].columns]
    new = [dict(zip(columns, row, strict=True)) for row in after["audit_events"] if row not in before["audit_events"]]
    return [(event["stream"], event["name"]) for event in new]
