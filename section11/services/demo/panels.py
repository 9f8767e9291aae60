"""Panels of the fictional rounds before the last two: two moderators judged the agencies' returns, and agreed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from section11.domain.answers import Answer
from section11.domain.moderation import EvidenceQuality, Moderation, Seat, differs, moderated_questions
from section11.domain.moderation_panel import SeatHolder, is_same_judgement
from section11.domain.people import Role
from section11.domain.scales import RatingScale
from section11.domain.workflow import AssessmentStatus, Move
from section11.services.demo.people import person_id_of
from section11.services.demo.rounds import Round
from section11.services.office import frozen_set
from section11.services.trail import assessment_stream
from section11.storage.unit_of_work import UnitOfWork

FIRST, SECOND = person_id_of(Role.SCRUTINY_LEAD), person_id_of(Role.SCRUTINY_LEAD, 2)
"""The scrutiny lead who can sign in, and a second one who cannot."""

_REASONS = (
    "The evidence describes a plan; nothing shows yet that it is done.",
    "The policy named here is past its review date.",
    "Only one of two services is covered.",
    "The audit that is quoted found gaps that are still open.",
)
_BETTER = "The audit that is attached shows more than the organisation claims."
_QUALITIES = tuple(EvidenceQuality)[1:]
_QUALITY_WEIGHTS = (3, 5, 3, 1)


@dataclass(frozen=True, slots=True)
class _Judged:
    """Everything that was written about one return."""

    assessment_id: str
    rows: tuple[Moderation, ...]
    at: datetime


def add_panels(
    work: UnitOfWork, finished: Round, organisation_ids: set[str], rng_for: Callable[[str], random.Random]
) -> None:
    """Judge and release the returns of these organisations in a round that is over, with the events of both."""
    answers = work.answers.what_was_said_in_cycle(finished.cycle.id, [AssessmentStatus.SUBMITTED.value])
    judged: list[_Judged] = []
    for row in work.assessments.in_cycle(finished.cycle.id):
        one = row.assessment
        if one.organisation_id not in organisation_ids or one.signed_at is None:
            continue
        standards_set = frozen_set(work, one.set_sha256)
        rng, at = rng_for(one.id), one.signed_at + timedelta(days=2)
        given = answers.get(one.id, {})
        rows: list[Moderation] = []
        for question in moderated_questions(standards_set, one.organisation_type):
            answer = given.get(question.id, Answer(question.id))
            rows += _judgements(rng, answer, standards_set.scale, at)
        judged.append(_Judged(one.id, tuple(rows), at))
    work.moderations.add_all([(one.assessment_id, row) for one in judged for row in one.rows])
    seats = {Seat.FIRST: FIRST, Seat.SECOND: SECOND}
    work.moderations.add_seats(
        [
            (one.assessment_id, seat, SeatHolder(person_id, one.at))
            for one in judged
            for seat, person_id in seats.items()
        ]
    )
    for done in judged:
        work.assessments.set_status(done.assessment_id, AssessmentStatus.RELEASED)
        for name, hours in ((Move.MODERATE.value, 1), (Move.RELEASE.value, 2)):
            work.audit_trail.append(
                assessment_stream(done.assessment_id),
                at=done.at + timedelta(hours=hours),
                actor=FIRST,
                name=name,
                details={"source": "demo"},
            )


def _judgements(rng: random.Random, answer: Answer, scale: RatingScale, at: datetime) -> Iterator[Moderation]:
    """Give both moderators' judgements of an answer, and the one they agreed on where these differ."""
    first = _judgement(rng, answer, scale, rng.choices([0, 1, 2, -1], [72, 20, 3, 5])[0], at)
    second = replace(first, seat=Seat.SECOND, moderator_id=SECOND)
    if rng.random() < 0.25:
        own = _judgement(rng, answer, scale, rng.choices([0, 1, -1], [50, 40, 10])[0], at)
        second = replace(own, seat=Seat.SECOND, moderator_id=SECOND)
    yield first
    yield second
    if not is_same_judgement(first, second):
        # They agreed on the stricter of the two.
        places = [scale.position(one.rating) if one.rating else -1 for one in (first, second)]
        yield replace(second if places[1] > places[0] else first, seat=Seat.AGREED, moderator_id=FIRST)


def _judgement(rng: random.Random, answer: Answer, scale: RatingScale, steps_down: int, at: datetime) -> Moderation:
    judgement = Moderation(
        answer.question_id, answer_version=answer.version, version=1, moderator_id=FIRST, updated_at=at
    )
    if answer.rating is None:
        return replace(judgement, no_rating=True)
    place = min(max(scale.position(answer.rating) + steps_down, 0), len(scale.keys) - 1)
    judgement = replace(
        judgement, rating=scale.keys[place], evidence_quality=rng.choices(_QUALITIES, _QUALITY_WEIGHTS)[0]
    )
    reason = rng.choice(_REASONS) if steps_down > 0 else _BETTER
    return replace(judgement, reason=reason) if differs(judgement, answer) else judgement
