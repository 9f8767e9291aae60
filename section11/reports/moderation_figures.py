"""Self rating against moderated rating, over the returns whose moderation is finished; one question set at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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


def moderation_figures_of(standards_set: StandardsSet, returns: Sequence[CollatedReturn]) -> ModerationFigures:
    """Return the figures of the returns of this set that are moderated."""
    moderated = [one for one in returns if one.outcomes]
    pairs = {
        question.id: [
            (one.own_answers.get(question.id, Answer(question.id)), one.outcomes[question.id])
            for one in moderated
            if question.id in one.outcomes
        ]
        for question in standards_set.rated_questions
    }
    scale = standards_set.scale
    every = [pair for of_question in pairs.values() for pair in of_question]
    return ModerationFigures(
        returns=len(moderated),
        total=_compared("", "All questions", every, scale),
        questions=tuple(
            _compared(question.id, question.text, pairs[question.id], scale)
            for question in standards_set.rated_questions
        ),
    )


def _compared(
    subject_id: str, title: str, pairs: Iterable[tuple[Answer, Moderation]], scale: RatingScale
) -> SelfAndModerated:
    found = list(pairs)
    counts = Counter(comparison_of(answer, outcome, scale) for answer, outcome in found)
    qualities = Counter(outcome.evidence_quality for _, outcome in found)
    return SelfAndModerated(
        subject_id,
        title,
        {one: counts[one] for one in Comparison},
        {one: qualities[one] for one in EvidenceQuality},
    )
