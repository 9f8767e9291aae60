"""Builders for the tests of moderation: a town with two scrutiny leads, and returns that were judged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from section11.domain.moderation import EvidenceQuality, Moderation, Seat
from section11.domain.people import Role, User
from section11.services.cycles import create_cycle, open_cycle
from section11.services.inviting import invite_person
from section11.services.moderating import finish_moderation, save_agreement, save_moderation, say_done
from section11.services.moderation_panels import assign_moderator
from section11.services.moderation_views import ModerationView, view_moderation
from section11.services.office import Office
from section11.services.releasing import release_return
from section11.services.scrutiny import hand_back
from section11.services.signing import send_for_sign_off, sign_off
from tests.services.builders import (
    CYCLE,
    DUE,
    PARTNERSHIP,
    POLICE_RETURN,
    QUESTIONS,
    SET_ID,
    Town,
    a_quiet_town,
    answer,
    submitted,
    user_by_email,
)


@dataclass(frozen=True)
class Panel:
    """Riverdale with an open cycle, the police's return submitted ("Fully met" everywhere), and three leads."""

    town: Town
    ann: User
    """The scrutiny lead of the small town; in the first seat, when there are two."""
    ben: User
    chris: User
    """A scrutiny lead without a seat."""

    @property
    def office(self) -> Office:
        return self.town.office


def a_panel(office: Office, folder: Path, *, moderators: int = 1, seated: bool = True) -> Panel:
    """Start Riverdale in a cycle with this many moderators; Ann, and Ben where there are two, hold the seats."""
    town = a_quiet_town(office, folder)
    create_cycle(
        town.office,
        town.admin,
        name=CYCLE,
        due=DUE,
        set_ids_by_type={"*": SET_ID},
        partnership_ids=frozenset({PARTNERSHIP}),
        moderators_per_return=moderators,
    )
    open_cycle(town.office, town.admin, CYCLE)
    for name in ("ben", "chris"):
        another_lead(town, name)
    panel = panel_of(town)
    submitted(town)
    if seated:
        assign_moderator(town.office, panel.ann, POLICE_RETURN, Seat.FIRST, panel.ann.id)
    if seated and moderators == 2:
        assign_moderator(town.office, panel.ann, POLICE_RETURN, Seat.SECOND, panel.ben.id)
    return panel


def panel_of(town: Town) -> Panel:
    ben, chris = (user_by_email(town.office, f"{name}@{PARTNERSHIP}.example") for name in ("ben", "chris"))
    return Panel(town, town.scrutiny, ben, chris)


def another_lead(town: Town, name: str) -> User:
    email = f"{name}@{PARTNERSHIP}.example"
    invite_person(
        town.office,
        town.admin,
        email=email,
        name=name.title(),
        post="",
        role=Role.SCRUTINY_LEAD,
        organisation_id=None,
        partnership_id=PARTNERSHIP,
    )
    return user_by_email(town.office, email)


def judge(panel: Panel, user: User, question_id: str, rating: str = "fully_met", **changes: object) -> Moderation:
    """Judge one answer as it stands, with documented evidence and a reason unless told otherwise."""
    view = view_moderation(panel.office, user, POLICE_RETURN, first_look=False)
    assert view.my_seat is not None
    values = {"evidence_quality": EvidenceQuality.DOCUMENTED, "reason": f"As {user.person.name} sees it."} | changes
    return save_moderation(
        panel.office,
        user,
        POLICE_RETURN,
        question_id,
        expected_version=view.judgement(question_id, view.my_seat).version,
        expected_answer_version=view.said_to(question_id).answer.version,
        expected_attached=view.said_to(question_id).attached,
        rating=rating,
        **values,  # type: ignore[arg-type]
    )


def judge_everything(panel: Panel, user: User, rating: str = "fully_met") -> None:
    for question_id in QUESTIONS:
        judge(panel, user, question_id, rating)


def judged_alone(town: Town, assessment_id: str) -> None:
    """Let the town's scrutiny lead take a return and judge everything as the organisation does."""
    user = town.scrutiny
    assign_moderator(town.office, user, assessment_id, Seat.FIRST, user.id)
    for question_id, said in view_moderation(town.office, user, assessment_id, first_look=False).said.items():
        save_moderation(
            town.office,
            user,
            assessment_id,
            question_id,
            expected_version=0,
            expected_answer_version=said.answer.version,
            expected_attached=said.attached,
            rating=said.answer.rating,
            evidence_quality=EvidenceQuality.DOCUMENTED,
        )


def moderated(panel: Panel) -> Panel:
    """Let Ann judge everything alone and finish."""
    judge_everything(panel, panel.ann)
    finish_moderation(panel.office, panel.ann, POLICE_RETURN)
    return panel


def released(panel: Panel) -> Panel:
    release_return(panel.office, moderated(panel).ann, POLICE_RETURN)
    return panel


def both_done(panel: Panel) -> Panel:
    """Let Ann judge all "Fully met" and Ben the same, but "Partly met" for S1.1."""
    for user, first in ((panel.ann, "fully_met"), (panel.ben, "partly_met")):
        judge_everything(panel, user)
        judge(panel, user, "S1.1", first)
        say_done(panel.office, user, POLICE_RETURN)
    return panel


def hand_back_and_sign_again(panel: Panel, question_id: str = "S1.1", **changes: object) -> None:
    """Hand the police's return back, let them change one answer, and take it in again."""
    town = panel.town
    hand_back(town.office, panel.ann, POLICE_RETURN, "Say more.")
    answer(town, town.contributor, POLICE_RETURN, question_id, **(changes or {"evidence": "Rewritten."}))
    send_for_sign_off(town.office, town.contributor, POLICE_RETURN)
    sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)


def view(panel: Panel, user: User) -> ModerationView:
    return view_moderation(panel.office, user, POLICE_RETURN, first_look=False)


def save(
    panel: Panel, user: User, question_id: str = "S1.1", *, version: int = 0, answer_version: int = 1, **changes: Any
) -> Moderation:
    """Save a judgement as a page does that was opened at these versions."""
    versions = {"expected_version": version, "expected_answer_version": answer_version}
    return save_moderation(panel.office, user, POLICE_RETURN, question_id, **versions, **changes)


def agree(
    panel: Panel, user: User, question_id: str = "S1.1", *, version: int = 0, answer_version: int = 1, **changes: Any
) -> Moderation:
    """The same for what two moderators agree on."""
    versions = {"expected_version": version, "expected_answer_version": answer_version}
    return save_agreement(panel.office, user, POLICE_RETURN, question_id, **versions, **changes)


def stored_judgements(panel: Panel) -> dict[str, dict[Seat, Moderation]]:
    with panel.office.store.reading() as work:
        return work.moderations.of_assessment(POLICE_RETURN)
