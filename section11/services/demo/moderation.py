"""A few moderated returns of the demo: released ones, and one that waits to be released."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from section11.domain.answers import Answer
from section11.domain.assessments import Assessment
from section11.domain.moderation import EvidenceQuality, Moderation, Seat, moderated_questions
from section11.domain.organisations import Organisation
from section11.domain.people import Role
from section11.domain.scales import RatingScale
from section11.domain.workflow import AssessmentStatus, Move
from section11.services.demo.people import person_id_of
from section11.services.demo.rounds import Round
from section11.services.office import frozen_set
from section11.services.trail import assessment_stream
from section11.storage.unit_of_work import UnitOfWork

SCRUTINY = person_id_of(Role.SCRUTINY_LEAD)
OTHERS_OF_AN_EARLIER_ROUND = 21
"""How many returns of the last finished round are released beside that of the first organisation."""
LEFT_TO_MODERATE = 4
"""How many returns of the current round scrutiny still has to judge, at least."""
LOWERED, RAISED = 0.12, 0.03
"""The share of answers whose rating scrutiny lowers, or raises, by one."""
_LOWERED = (
    "What is described began only this year, so it does not yet hold everywhere.",
    "The policy is there. Nothing shows that staff use it.",
    "Two of the three sites are named; the third is missing.",
)
_RAISED = "The audit that is attached shows more than the answer claims."
_QUALITIES = (
    EvidenceQuality.ASSERTED,
    EvidenceQuality.DOCUMENTED,
    EvidenceQuality.DOCUMENTED,
    EvidenceQuality.TESTED,
    EvidenceQuality.TESTED,
    EvidenceQuality.SHOWS_IMPACT,
)


def add_moderation(
    work: UnitOfWork, rounds: Sequence[Round], first: Organisation, rng_for: Callable[[str], random.Random]
) -> None:
    """Moderate and release most returns of the round before, and of the current one release one and finish one.

    The first organisation's is among those of the round before, so that its people can read their letter. Of the
    current round some are always left for whoever tries the demo.
    """
    for one in rounds[-2:-1]:
        returned = sorted(_returned(work, one), key=lambda found: found.organisation_id != first.id)
        for assessment in returned[: 1 + OTHERS_OF_AN_EARLIER_ROUND]:
            _moderate(work, assessment, rng_for(assessment.id), is_released=True)
    returned = _returned(work, rounds[-1])
    if len(returned) > LEFT_TO_MODERATE + 2:
        # From the middle: the first has the demo's questions and notes, and the tour judges the last.
        for number in (2, 3):
            _moderate(work, returned[number], rng_for(returned[number].id), is_released=number == 2)


def _returned(work: UnitOfWork, one: Round) -> list[Assessment]:
    found = [row.assessment for row in work.assessments.in_cycle(one.cycle.id)]
    return [each for each in found if each.status is AssessmentStatus.SUBMITTED and each.signed_at is not None]


def _moderate(work: UnitOfWork, assessment: Assessment, rng: random.Random, *, is_released: bool) -> None:
    if assessment.signed_at is None:
        raise LookupError("only signed returns are moderated")
    at = assessment.signed_at + timedelta(days=2, hours=1)
    standards_set = frozen_set(work, assessment.set_sha256)
    answers = work.answers.of_assessment(assessment.id)
    questions = moderated_questions(standards_set, assessment.organisation_type)
    work.assessments.lock_for_change(assessment.id)
    work.moderations.put_in_seat(assessment.id, Seat.FIRST, SCRUTINY)
    for question in questions:
        answer = answers.get(question.id, Answer(question.id))
        judged = _judged(rng, answer, standards_set.scale)
        work.moderations.save(assessment.id, judged, expected_version=0, at=at + timedelta(hours=1))
    work.moderations.set_done(assessment.id, Seat.FIRST, at + timedelta(hours=2))
    steps: list[tuple[int, str, dict[str, object]]] = [
        (0, "moderator_assigned", {"seat": Seat.FIRST.value, "moderator": SCRUTINY}),
        (1, "moderations_imported", {"source": "demo", "questions": len(questions)}),
        (2, "moderator_done", {"seat": Seat.FIRST.value}),
        (3, Move.MODERATE.value, {}),
    ]
    status = AssessmentStatus.MODERATED
    if is_released:
        steps.append((4, Move.RELEASE.value, {}))
        status = AssessmentStatus.RELEASED
    for hours, name, details in steps:
        _tell(work, assessment, at + timedelta(hours=hours), name, details)
    work.assessments.set_status(assessment.id, status)


def _judged(rng: random.Random, answer: Answer, scale: RatingScale) -> Moderation:
    chance, quality = rng.random(), rng.choice(_QUALITIES)
    judged = Moderation(answer.question_id, moderator_id=SCRUTINY, answer_version=answer.version)
    if answer.rating is None:
        return replace(judged, no_rating=True)
    place = scale.position(answer.rating)
    if chance < LOWERED and place < len(scale.keys) - 1:
        quality, reason, place = EvidenceQuality.ASSERTED, rng.choice(_LOWERED), place + 1
    elif chance > 1 - RAISED and place > 0:
        quality, reason, place = EvidenceQuality.SHOWS_IMPACT, _RAISED, place - 1
    else:
        reason = ""
    return replace(judged, rating=scale.keys[place], evidence_quality=quality, reason=reason)


def _tell(work: UnitOfWork, assessment: Assessment, at: datetime, name: str, details: dict[str, object]) -> None:
    work.audit_trail.append(assessment_stream(assessment.id), at=at, actor=SCRUTINY, name=name, details=details)
