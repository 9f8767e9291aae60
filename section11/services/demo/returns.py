"""One fictional return: its answers, when each step was taken, and the events that tell of it."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from section11.domain.answers import Answer
from section11.domain.assessments import Assessment, Progress, assessment_id_for, is_late, progress_of
from section11.domain.hand_backs import HandBack, HandBackKind
from section11.domain.people import Role
from section11.domain.snapshots import SignedSnapshot, content_of, sha256_of
from section11.domain.standards import StandardsSet
from section11.domain.workflow import AssessmentStatus, Move
from section11.services.declarations import DECLARATION
from section11.services.demo.answers import Author, Written, draft_of, whole_return
from section11.services.demo.content import DemoContent
from section11.services.demo.people import person_id_of
from section11.services.demo.phrasing import Phrasing
from section11.services.demo.rounds import Round, morning

LATE_PERCENT = 5
SHARE_OF_THE_TOUR = 0.62
"""How much of the first organisation's return is filled in."""

Status = AssessmentStatus


class DemoEvent(NamedTuple):
    at: datetime
    actor: str
    name: str
    details: dict[str, Any]


@dataclass(frozen=True)
class Form:
    """A set as it is frozen for the demo, and what can be said about its questions."""

    standards_set: StandardsSet
    set_sha256: str
    phrasing: Phrasing


@dataclass(frozen=True)
class DemoReturn:
    assessment: Assessment
    progress: Progress
    written: tuple[Written, ...]
    events: tuple[DemoEvent, ...]
    snapshot: SignedSnapshot | None = None
    hand_back: HandBack | None = None

    def answers_by_question_id(self) -> dict[str, Answer]:
        return {one.answer.question_id: one.answer for one in self.written}


@dataclass(frozen=True, slots=True)
class _Days:
    """When the work began, when it was last changed, and when it was signed."""

    began: datetime
    changed: datetime
    signed: datetime


def demo_return(
    rng: random.Random,
    author: Author,
    form: Form,
    content: DemoContent,
    round_: Round,
    status: Status,
    *,
    now: datetime,
    earlier: DemoReturn | None,
) -> DemoReturn:
    """Return one organisation's return in one round, as far as its status says.

    ``earlier`` is its return of the round before, from which a draft may carry answers forward.
    """
    days = _days(rng, round_, status, now)
    written: list[Written] = []
    standards_set = form.standards_set
    if status is not Status.NOT_STARTED:
        moments = _moments(rng, days, len(standards_set.questions_by_id))
        written = whole_return(rng, author, standards_set, form.phrasing, cycle_number=round_.number, moments=moments)
    if status is Status.IN_PROGRESS:
        written = draft_of(
            rng,
            written,
            content.phrases,
            share=SHARE_OF_THE_TOUR if author.is_tour else rng.uniform(0.1, 0.9),
            earlier=earlier.answers_by_question_id() if earlier else {},
            earlier_cycle_id=earlier.assessment.cycle_id if earlier else None,
        )
    is_signed = status in {Status.SUBMITTED, Status.HANDED_BACK}
    reason = rng.choice(content.posts.hand_back_reasons) if status is Status.HANDED_BACK else ""
    answers = {one.answer.question_id: one.answer for one in written}
    assessment = Assessment(
        id=assessment_id_for(round_.cycle.id, author.organisation.id),
        cycle_id=round_.cycle.id,
        organisation_id=author.organisation.id,
        organisation_type=author.organisation.type,
        status=status,
        set_sha256=form.set_sha256,
        signed_at=days.signed if is_signed else None,
        signed_by=author.approver_id if is_signed else None,
        hand_back_reason=reason,
    )
    snapshot = _snapshot(assessment, author, standards_set, written, at=days.signed) if is_signed else None
    events = _events(rng, author, round_, status, days, written, reason, snapshot) if written else []
    assessment = replace(assessment, revision=len(written) + len(events))
    progress = progress_of(tuple(standards_set.all_questions()), author.organisation.type, answers)
    hand_back = _hand_back(assessment, standards_set, events[-1]) if status is Status.HANDED_BACK else None
    return DemoReturn(assessment, progress, tuple(written), tuple(events), snapshot, hand_back)


def _snapshot(
    assessment: Assessment, author: Author, standards_set: StandardsSet, written: list[Written], *, at: datetime
) -> SignedSnapshot:
    answers = {one.answer.question_id: one.answer for one in written}
    actions = {one.action.question_id: one.action for one in written if one.action is not None}
    questions = standards_set.questions_for(assessment.organisation_type)
    content = content_of(assessment, questions, answers, actions, author.evidence)
    return SignedSnapshot(
        assessment_id=assessment.id,
        number=1,
        at=at,
        by=author.approver_id,
        post=author.profile.approver,
        declaration=DECLARATION,
        content=content,
        sha256=sha256_of(content),
    )


def _hand_back(assessment: Assessment, standards_set: StandardsSet, event: DemoEvent) -> HandBack:
    questions = standards_set.questions_for(assessment.organisation_type)
    # The made-up reason speaks of standard 6, whatever letters the set puts before its numbers.
    sixth = {question.id for one in standards_set.standards if one.id.endswith("6") for question in one.questions}
    about = tuple(one.id for one in questions if one.id in sixth and one.is_rated)[:3]
    reason = assessment.hand_back_reason
    return HandBack(assessment.id, 1, HandBackKind.HAND_BACK, event.at, event.actor, reason, about)


def _days(rng: random.Random, round_: Round, status: Status, now: datetime) -> _Days:
    began = round_.opened_at + timedelta(days=rng.randint(1, 20))
    if round_.closed_at is None:
        signed = morning(now.date()) - timedelta(days=rng.randint(4, 18))
    elif rng.random() * 100 < LATE_PERCENT:
        signed = morning(round_.cycle.due) + timedelta(days=rng.randint(1, 14))
    else:
        signed = morning(round_.cycle.due) - timedelta(days=rng.randint(1, 30))
    signed += timedelta(minutes=rng.randint(0, 400))
    if status is Status.IN_PROGRESS:
        return _Days(began, morning(now.date()) - timedelta(days=1), signed)
    return _Days(began, morning(signed.date()) - timedelta(days=rng.randint(1, 3)), signed)


def _moments(rng: random.Random, days: _Days, count: int) -> list[datetime]:
    """Return moments in working hours, the work spread evenly from its first day to its last."""
    span = (days.changed - days.began).days
    return [
        days.began + timedelta(days=span * index // max(count - 1, 1), minutes=rng.randint(1, 470))
        for index in range(count)
    ]


def _events(
    rng: random.Random,
    author: Author,
    round_: Round,
    status: Status,
    days: _Days,
    written: list[Written],
    reason: str,
    snapshot: SignedSnapshot | None,
) -> list[DemoEvent]:
    """Return the steps up to this status, oldest first. One event stands for all the answers."""
    counts = {"answers": len(written), "actions": sum(one.action is not None for one in written)}
    saved_at = days.changed + timedelta(hours=7, minutes=55)
    events = [
        DemoEvent(days.began, author.contributor_id, Move.START.value, {}),
        DemoEvent(saved_at, author.contributor_id, "answers_imported", {"source": "demo"} | counts),
    ]
    if status is Status.IN_PROGRESS:
        return events
    sent_at = days.changed + timedelta(hours=8, minutes=rng.randint(0, 59))
    events.append(DemoEvent(sent_at, author.contributor_id, Move.SEND_FOR_SIGN_OFF.value, {}))
    if status is Status.AWAITING_SIGN_OFF:
        return events
    late = is_late(days.signed, round_.cycle.due, days.signed.date())
    details = {"declaration": DECLARATION, "late": late, "sha256": snapshot.sha256 if snapshot else ""}
    events.append(DemoEvent(days.signed, author.approver_id, Move.SIGN_OFF.value, details))
    if status is Status.HANDED_BACK:
        at = days.signed + timedelta(days=2)
        events.append(DemoEvent(at, person_id_of(Role.SCRUTINY_LEAD), Move.HAND_BACK.value, {"reason": reason}))
    return events
