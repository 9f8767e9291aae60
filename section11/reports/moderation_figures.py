"""Self rating against moderated rating, over the returns whose moderation is finished; one question set at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from section11.domain.answers import Answer
from section11.domain.moderation import EvidenceQuality, Moderation
from section11.domain.scales import RatingScale
from section11.domain.standards import StandardsSet
from section11.reports.collated import CollatedReturn


class Comparison(StrEnum):
    """Where the moderated rating lies beside the organisation's own, on one and the same scale."""

    HIGHER = "higher"
    SAME = "same"
    LOWER = "lower"
    RATED_BY_MODERATION = "rated_by_moderation"
    """The organisation gave no rating, scrutiny did."""
    RATING_TAKEN_AWAY = "rating_taken_away"
    """The organisation gave a rating, and scrutiny says that none belongs there."""
    NO_RATING = "no_rating"
    """Neither gave one."""


COMPARISON_TITLES: dict[Comparison, str] = {
    Comparison.HIGHER: "Moderated higher",
    Comparison.SAME: "The same",
    Comparison.LOWER: "Moderated lower",
    Comparison.RATED_BY_MODERATION: "Rated by moderation only",
    Comparison.RATING_TAKEN_AWAY: "Rating taken away",
    Comparison.NO_RATING: "No rating from either",
}


@dataclass(frozen=True, slots=True)
class SelfAndModerated:
    """How moderation compares with what organisations said, for one question or over several.

    ``n`` is how many answers both gave a rating to: higher, same and lower.
    """

    subject_id: str
    title: str
    counts: Mapping[Comparison, int]
    qualities: Mapping[EvidenceQuality, int]

    @property
    def n(self) -> int:
        return sum(self.counts[one] for one in (Comparison.HIGHER, Comparison.SAME, Comparison.LOWER))


@dataclass(frozen=True, slots=True)
class ModerationFigures:
    """Self and moderated ratings of one set; ``returns`` is how many are moderated and counted."""

    returns: int
    total: SelfAndModerated
    questions: tuple[SelfAndModerated, ...]


def comparison_of(answer: Answer, outcome: Moderation, scale: RatingScale) -> Comparison:
    """Return where the moderated rating lies beside the organisation's own.

    Raises:
        BadInputError: a rating that the scale does not have.
    """
    if answer.rating is None:
        return Comparison.NO_RATING if outcome.rating is None else Comparison.RATED_BY_MODERATION
    if outcome.rating is None:
        return Comparison.RATING_TAKEN_AWAY
    own, moderated = scale.position(answer.rating), scale.position(outcome.rating)
    if own == moderated:
        return Comparison.SAME
    return Comparison.HIGHER if moderated < own else Comparison.LOWER


Compared = tuple[Comparison, EvidenceQuality | None]
"""Where a moderated rating lies, and how good its evidence was found."""


def moderation_figures_of(standards_set: StandardsSet, returns: Sequence[CollatedReturn]) -> ModerationFigures:
    """Return the figures of the returns of this set that are moderated."""
    moderated = [one for one in returns if one.outcomes]
    scale, questions = standards_set.scale, standards_set.rated_questions
    counts: dict[str, Counter[Compared]] = {one.id: Counter() for one in questions}
    # By identity: read without texts, an answer and its outcome stand in many returns, and are compared once.
    known: dict[tuple[int, int], Compared] = {}
    for one in moderated:
        own = one.own_answers
        for question_id, outcome in one.outcomes.items():
            if question_id in counts:
                answer = own.get(question_id)
                key = (id(answer), id(outcome))
                compared = known.get(key)
                if compared is None:
                    comparison = comparison_of(answer or Answer(question_id), outcome, scale)
                    known[key] = compared = (comparison, outcome.evidence_quality)
                counts[question_id][compared] += 1
    total: Counter[Compared] = Counter()
    for of_question in counts.values():
        total.update(of_question)
    return ModerationFigures(
        returns=len(moderated),
        total=_added("", "All questions", total),
        questions=tuple(_added(one.id, one.text, counts[one.id]) for one in questions),
    )


def _added(subject_id: str, title: str, found: Counter[Compared]) -> SelfAndModerated:
    counts: Counter[Comparison] = Counter()
    qualities: Counter[EvidenceQuality | None] = Counter()
    for (comparison, quality), number in found.items():
        counts[comparison] += number
        qualities[quality] += number
    return SelfAndModerated(
        subject_id,
        title,
        {one: counts[one] for one in Comparison},
        {one: qualities[one] for one in EvidenceQuality},
    )
