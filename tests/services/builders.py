"""Builders for the service tests: a small town that walks the real workflow to the status a test needs."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from section11.config import PROJECT_DIR
from section11.definitions.library import StandardsLibrary
from section11.domain.actions import TrackedAction
from section11.domain.answers import Action, Answer, Marker
from section11.domain.assessments import Assessment, Progress, assessment_id_for
from section11.domain.audit import AuditEvent
from section11.domain.people import OPERATOR, Role, User
from section11.domain.workflow import AssessmentStatus
from section11.services.answering import save_action, save_answer, view_assessment
from section11.services.cycles import create_cycle, open_cycle
from section11.services.inviting import invite_person
from section11.services.office import Office
from section11.services.scrutiny import hand_back, list_returns
from section11.services.signing import send_for_sign_off, sign_off
from section11.services.starting import start_partnership
from section11.services.taking_in.organisations import import_organisations

SET_ID = "small-set"
PARTNERSHIP = "riverdale"
POLICE, FIRE, MINDER, GROUP = "riverdale-police", "riverdale-fire", "lily-lane", "blue-light"
CYCLE = "2026"
POLICE_RETURN = assessment_id_for(CYCLE, POLICE)
FIRE_RETURN = assessment_id_for(CYCLE, FIRE)
MINDER_RETURN = assessment_id_for(CYCLE, MINDER)
QUESTIONS = ("S1.1", "S1.2", "S2.1", "S2.2")
"""Asked of the police; childminders are not asked S2.2. S1.1 is essential."""
DUE = date(2026, 3, 31)
LATEST_TEXT = "Reviewed by the board in January 2026."

_ORGANISATIONS = f"""id,name,type,parent
{GROUP},Blue Light Group,other,
{POLICE},Riverdale Police,police-force,{GROUP}
{FIRE},Riverdale Fire and Rescue,fire-and-rescue,
{MINDER},Lily Lane Childminding,childminder,
"""


@dataclass(frozen=True)
class Town:
    """Riverdale: one partnership, its organisations, and one person for each role."""

    office: Office
    standards: Path
    admin: User
    scrutiny: User
    board: User
    contributor: User
    """Of the police, like the approver."""
    approver: User
    fire_contributor: User
    fire_approver: User
    minder: User
    """The only person of the childminder: an approver."""


def a_town(office: Office, folder: Path, *, cycle: str = CYCLE, due: date = DUE) -> Town:
    """Start Riverdale with its organisations and people, and open a cycle due on 31 March 2026."""
    town = a_quiet_town(office, folder)
    open_a_cycle(town, name=cycle, due=due)
    return town


def a_quiet_town(office: Office, folder: Path) -> Town:
    """Start Riverdale with its organisations and people, without a cycle."""
    standards = write_small_set(folder / "standards")
    office = replace(office, library=StandardsLibrary(standards, office.types.keys))
    admin = start(office, "Riverdale")
    import_organisations(office, admin, PARTNERSHIP, _ORGANISATIONS.encode(), "organisations.csv")
    return Town(
        office=office,
        standards=standards,
        admin=admin,
        scrutiny=invite(office, Role.SCRUTINY_LEAD, partnership_id=PARTNERSHIP),
        board=invite(office, Role.BOARD_VIEWER, partnership_id=PARTNERSHIP),
        contributor=invite(office, Role.CONTRIBUTOR, organisation_id=POLICE),
        approver=invite(office, Role.APPROVER, organisation_id=POLICE),
        fire_contributor=invite(office, Role.CONTRIBUTOR, organisation_id=FIRE),
        fire_approver=invite(office, Role.APPROVER, organisation_id=FIRE),
        minder=invite(office, Role.APPROVER, organisation_id=MINDER),
    )


def start(office: Office, name: str) -> User:
    """Start a partnership and return its administrator."""
    email = f"admin@{name.lower()}.example"
    start_partnership(office, name=name, admin_email=email, admin_name=f"{name} Administrator")
    return user_by_email(office, email)


def invite(
    office: Office, role: Role, *, organisation_id: str | None = None, partnership_id: str | None = None
) -> User:
    """Invite a person named after role and place, and return them."""
    place = organisation_id or partnership_id
    email = f"{role.value}@{place}.example"
    invite_person(
        office,
        OPERATOR,
        email=email,
        name=f"{role.value} of {place}",
        post="",
        role=role,
        organisation_id=organisation_id,
        partnership_id=partnership_id,
    )
    return user_by_email(office, email)


def user_by_email(office: Office, email: str) -> User:
    with office.store.reading() as work:
        person = work.accounts.person_by_email(email)
        user = work.accounts.user(person.id) if person else None
    assert user is not None
    return user


def people_on_every_side(town: Town) -> dict[str, User]:
    """Start Elmtree next door, and return people by short name: contributor and approver of the police (c, a), their
    parent (pc, pa), the fire service (oc, oa) and Elmtree's police (ec, ea); scrutiny lead, board viewer and
    administrator of Riverdale (s, b, m) and of Elmtree (es, eb, em).
    """
    elmtree_admin = start(town.office, "Elmtree")
    content = b"id,name,type\nelmtree-police,Elmtree Police,police-force\n"
    import_organisations(town.office, elmtree_admin, "elmtree", content, "organisations.csv")
    people = {"c": town.contributor, "a": town.approver, "oc": town.fire_contributor, "oa": town.fire_approver}
    for letter, organisation_id in (("p", GROUP), ("e", "elmtree-police")):
        people[f"{letter}c"] = invite(town.office, Role.CONTRIBUTOR, organisation_id=organisation_id)
        people[f"{letter}a"] = invite(town.office, Role.APPROVER, organisation_id=organisation_id)
    elmtree = {
        "es": invite(town.office, Role.SCRUTINY_LEAD, partnership_id="elmtree"),
        "eb": invite(town.office, Role.BOARD_VIEWER, partnership_id="elmtree"),
    }
    return people | {"s": town.scrutiny, "b": town.board, "m": town.admin} | elmtree | {"em": elmtree_admin}


def prepare_a_cycle(town: Town, *, name: str = CYCLE, due: date = DUE) -> str:
    sets, here = {"*": SET_ID}, frozenset({PARTNERSHIP})
    return create_cycle(town.office, town.admin, name=name, due=due, set_ids_by_type=sets, partnership_ids=here).id


def open_a_cycle(town: Town, *, name: str = CYCLE, due: date = DUE) -> str:
    cycle_id = prepare_a_cycle(town, name=name, due=due)
    open_cycle(town.office, town.admin, cycle_id)
    return cycle_id


def answer(town: Town, user: User, assessment_id: str, question_id: str, **changes: object) -> Answer:
    """Save one answer on top of whatever is stored."""
    stored = stored_answers(town, assessment_id).get(question_id, Answer(question_id))
    return save_answer(
        town.office,
        user,
        assessment_id,
        question_id,
        expected_version=stored.version,
        **changes,  # type: ignore[arg-type]
    )


def answer_everything(town: Town, user: User, assessment_id: str, rating: str = "fully_met") -> None:
    view = view_assessment(town.office, user, assessment_id)
    for question in view.standards_set.questions_for(view.organisation.type):
        answer(town, user, assessment_id, question.id, rating=rating, evidence=LATEST_TEXT)


def in_progress(town: Town, assessment_id: str = POLICE_RETURN) -> str:
    """Bring a return of the police to In progress: every question answered, nothing missing."""
    answer_everything(town, town.contributor, assessment_id)
    return assessment_id


def awaiting_sign_off(town: Town, assessment_id: str = POLICE_RETURN) -> str:
    send_for_sign_off(town.office, town.contributor, in_progress(town, assessment_id))
    return assessment_id


def submitted(town: Town, assessment_id: str = POLICE_RETURN) -> str:
    sign_off(town.office, town.approver, awaiting_sign_off(town, assessment_id), agreed=True)
    return assessment_id


def handed_back(town: Town, assessment_id: str = POLICE_RETURN) -> str:
    hand_back(town.office, town.scrutiny, submitted(town, assessment_id), "Say more about S1.1.")
    return assessment_id


def promise(town: Town, user: User, assessment_id: str, question_id: str = "S1.1") -> Action:
    action = Action(question_id, "Train every manager", "Head of training", date(2026, 9, 30))
    return save_action(town.office, user, assessment_id, action)


def submitted_with_an_action(town: Town, assessment_id: str = POLICE_RETURN) -> int:
    """Submit a return of the police with one action, due on 30 September 2026, and return the action's id."""
    in_progress(town, assessment_id)
    promise(town, town.contributor, assessment_id)
    send_for_sign_off(town.office, town.contributor, assessment_id)
    sign_off(town.office, town.approver, assessment_id, agreed=True)
    return tracked_action(town, assessment_id).id


def tracked_action(town: Town, assessment_id: str, question_id: str = "S1.1") -> TrackedAction:
    with town.office.store.reading() as work:
        found = work.actions.under(assessment_id, question_id)
    assert found is not None
    return found


def stored_answers(town: Town, assessment_id: str) -> dict[str, Answer]:
    with town.office.store.reading() as work:
        return work.answers.of_assessment(assessment_id)


def stored_actions(town: Town, assessment_id: str) -> dict[str, Action]:
    with town.office.store.reading() as work:
        return work.answers.actions_of(assessment_id)


def stored_assessment(town: Town, assessment_id: str) -> Assessment:
    with town.office.store.reading() as work:
        found = work.assessments.get(assessment_id)
    assert found is not None
    return found


def kept_progress(town: Town, assessment_id: str) -> Progress:
    """Return the progress kept beside the assessment, as lists show it."""
    lines = list_returns(town.office, town.scrutiny, stored_assessment(town, assessment_id).cycle_id).lines
    return next(line.progress for line in lines if line.assessment.id == assessment_id)


def events(town: Town, stream: str) -> list[AuditEvent]:
    with town.office.store.reading() as work:
        return work.audit_trail.events(stream)


def event_names(town: Town, assessment_id: str) -> list[str]:
    return [event.name for event in events(town, f"assessment:{assessment_id}")]


def write_small_set(folder: Path) -> Path:
    """Write a library with one set of four questions, S1.1 (essential), S1.2, S2.1 and S2.2."""
    set_folder = folder / SET_ID
    set_folder.mkdir(parents=True)
    shutil.copy(PROJECT_DIR / "standards" / "scales.yaml", folder)
    (set_folder / "set.yaml").write_text(
        f"id: {SET_ID}\ntitle: A small set\nversion: '1'\nscale: met\n"
        "arrangements: {S11-01: Clear accountability}\nstandards: [s1.yaml, s2.yaml]\n"
    )
    (set_folder / "s1.yaml").write_text(
        "id: S1\ntitle: Leadership\nquestions:\n" + _question("S1.1", "essential: true") + _question("S1.2")
    )
    (set_folder / "s2.yaml").write_text(
        "id: S2\ntitle: Listening\nquestions:\n" + _question("S2.1") + _question("S2.2", "not_asked_of: [childminder]")
    )
    return folder


def _question(question_id: str, more: str = "help: ''") -> str:
    return (
        f"  - id: {question_id}\n    text: What do you do about {question_id}?\n    {more}\n"
        "    arrangements: [S11-01]\n"
        "    descriptors: {fully_met: All of it., mostly_met: Most of it., partly_met: Some of it., not_met: None.}\n"
    )


def ratings_of(office: Office, cycle_id: str) -> dict[tuple[str, str], tuple[str | None, Marker | None]]:
    """Return rating and marker of every answer in a cycle, in whatever status, by assessment and question id."""
    everything = [status.value for status in AssessmentStatus]
    with office.store.reading() as work:
        return {
            (assessment_id, answer.question_id): (answer.rating, answer.marker)
            for assessment_id, answers in work.answers.in_cycle(cycle_id, everything).items()
            for answer in answers.values()
        }
