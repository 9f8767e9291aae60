"""A cycle of many returns made in memory, the same at every run: the workbook of a large partnership."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

from section11.config import settings
from section11.definitions.library import StandardsLibrary
from section11.definitions.organisation_types import read_organisation_types
from section11.domain.actions import TrackedAction
from section11.domain.answers import Answer, Marker
from section11.domain.cycles import Cycle, CycleStatus
from section11.domain.organisations import Organisation
from section11.domain.standards import Question, StandardsSet
from section11.domain.workflow import AssessmentStatus
from section11.reports.collated import CollatedCycle, CollatedReturn

SET_ID = "section11-2026"
KINDS = ("school-maintained", "police-force", "childminder", "vcse", "early-years-group")
_WORDS = (
    "The policy was read by every member of staff in the autumn term and is checked by the governors. "
    "Supervision records show that concerns are followed up within the week; two were escalated to the front door. "
    "Children told us in the survey that they know whom to talk to, and what happened next."
)


def big_cycle(returns: int, *, seed: int = 11) -> CollatedCycle:
    """Return a cycle in which every one of so many organisations has submitted answers to about 60 questions."""
    types = read_organisation_types(settings().organisation_types_file)
    standards_set = StandardsLibrary(settings().standards_dir, types.keys).load(SET_ID)
    chance = random.Random(seed)
    kinds = [types[key] for key in KINDS]
    made = []
    for number in range(returns):
        kind = kinds[number % len(kinds)]
        questions = standards_set.questions_for(kind.key)
        answers = {one.id: _answer(one, standards_set, chance) for one in questions if chance.random() > 0.05}
        low = [one for one in questions if answers.get(one.id, Answer("")).rating == standards_set.scale.keys[-1]]
        made.append(
            CollatedReturn(
                assessment_id=f"2026.organisation-{number}",
                organisation=Organisation(f"organisation-{number}", f"Organisation {number}", kind.key),
                organisation_type=kind,
                duty=kind.usual_duty,
                status=AssessmentStatus.SUBMITTED,
                standards_set=standards_set,
                signed_at=datetime(2026, 9, 1 + number % 28, 10, tzinfo=UTC),
                answers=answers,
                actions={one.id: _action(one) for one in low},
            )
        )
    cycle = Cycle("2026", "2026", date(2026, 9, 30), CycleStatus.OPEN, frozenset({"riverdale"}), {"*": SET_ID})
    return CollatedCycle(cycle, tuple(made), datetime(2026, 10, 14, 14, tzinfo=UTC), "Riverdale")


def _answer(question: Question, standards_set: StandardsSet, chance: random.Random) -> Answer:
    if not question.is_rated:
        return Answer(question.id)
    if chance.random() < 0.05:
        return Answer(question.id, marker=Marker.NOT_APPLICABLE, reason="We employ nobody.")
    evidence = _WORDS[: chance.randrange(60, len(_WORDS))]
    return Answer(question.id, chance.choice(standards_set.scale.keys), evidence=evidence, impact=evidence[:80])


def _action(question: Question) -> TrackedAction:
    return TrackedAction(question.id, "Train every manager", "Head of training", date(2027, 3, 31))
