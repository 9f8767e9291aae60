"""What was released in one cycle, in numbers: own and moderated ratings of the same answers, one set at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from section11.domain.standards import StandardsSet
from section11.domain.workflow import AssessmentStatus
from section11.reports.collated import CollatedCycle, CollatedReturn
from section11.reports.moderation_figures import SelfAndModerated, moderation_figures_of


@dataclass(frozen=True)
class ReleasedOfSet:
    """The released returns of one set. Both counts are of the same answers; one without a rating is in neither.

    ``own`` and ``moderated`` have every rating of the scale by its key, best first.
    """

    standards_set: StandardsSet
    returns: int
    own: Mapping[str, int]
    moderated: Mapping[str, int]
    compared: SelfAndModerated


@dataclass(frozen=True)
class ReleasedFigures:
    """How many of the expected returns are released, and what they say. ``taken_at`` is in UTC."""

    expected: int
    released: int
    taken_at: datetime
    sets: tuple[ReleasedOfSet, ...]


def released_figures_of(collated: CollatedCycle) -> ReleasedFigures:
    """Return the figures of the returns that are released; nothing of any other is in them but how many there are."""
    returns_by_set: dict[tuple[str, str], list[CollatedReturn]] = {}
    for one in collated.returns:
        if one.status is AssessmentStatus.RELEASED:
            returns_by_set.setdefault((one.standards_set.id, one.standards_set.version), []).append(one)
    return ReleasedFigures(
        expected=len(collated.returns),
        released=sum(map(len, returns_by_set.values())),
        taken_at=collated.taken_at,
        sets=tuple(_of_set(found[0].standards_set, found) for found in returns_by_set.values()),
    )


def _of_set(standards_set: StandardsSet, returns: Sequence[CollatedReturn]) -> ReleasedOfSet:
    own, moderated = (dict.fromkeys(standards_set.scale.keys, 0) for _ in range(2))
    for one in returns:
        for question_id, outcome in one.outcomes.items():
            rating = one.answers[question_id].rating if question_id in one.answers else None
            if rating is not None:
                own[standards_set.scale.rating(rating).key] += 1
            if outcome.rating is not None:
                moderated[standards_set.scale.rating(outcome.rating).key] += 1
    compared = moderation_figures_of(standards_set, returns).total
    return ReleasedOfSet(standards_set, len(returns), own, moderated, compared)
