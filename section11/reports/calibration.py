"""Calibration of one set: how far moderation moved organisations' own ratings, and how far two moderators agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from section11.domain.moderation import Moderation, Seat
from section11.domain.scales import RatingScale
from section11.domain.standards import StandardsSet
from section11.reports.agreement import Agreement, agreement_of
from section11.reports.collated import CollatedReturn


@dataclass(frozen=True, slots=True)
class Drift:
    """Where moderated ratings lie beside the organisations' own, on one scale.

    Only answers count that both gave a rating to. ``steps`` are the rating steps by which moderation moved them,
    upwards less downwards; ``steps_moved`` are all of them, whichever way.
    """

    subject_id: str
    title: str
    higher: int
    same: int
    lower: int
    steps: int
    steps_moved: int

    @property
    def n(self) -> int:
        return self.higher + self.same + self.lower

    @property
    def mean_steps(self) -> float | None:
        """Below 0 where moderation rates lower than organisations do; None without an answer to compare."""
        return self.steps / self.n if self.n else None

    @property
    def mean_steps_moved(self) -> float | None:
        """The size of the difference, whichever way it goes."""
        return self.steps_moved / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class CalibrationFigures:
    """The calibration of one set over the ``returns`` whose moderation is finished.

    ``panels`` is how many of them two moderators judged, each without seeing the other. Organisations are by their
    assessment id, in the order of the returns.
    """

    returns: int
    panels: int
    total: Drift
    standards: tuple[Drift, ...]
    organisations: tuple[Drift, ...]
    agreement: Agreement


Pair = tuple[str, str]
"""An own and a moderated rating."""


def calibration_of(standards_set: StandardsSet, returns: Sequence[CollatedReturn]) -> CalibrationFigures:
    """Return how own and moderated ratings compare in the returns of this set that are moderated.

    Raises:
        BadInputError: a rating that the set's scale does not have.
    """
    scale = standards_set.scale
    moderated = [one for one in returns if one.outcomes]
    by_standard: dict[str, Counter[Pair]] = {one.id: Counter() for one in standards_set.rated_standards}
    organisations = []
    for one in moderated:
        pairs = Counter(_pairs(one, standards_set))
        own: Counter[Pair] = Counter()
        for (standard_id, pair), number in pairs.items():
            by_standard[standard_id][pair] += number
            own[pair] += number
        organisations.append(_drift(one.assessment_id, one.organisation.name, own, scale))
    every: Counter[Pair] = Counter()
    for of_standard in by_standard.values():
        every.update(of_standard)
    panels = [one for one in moderated if one.judgements]
    return CalibrationFigures(
        returns=len(moderated),
        panels=len(panels),
        total=_drift("", "All standards", every, scale),
        standards=tuple(_drift(one.id, one.title, by_standard[one.id], scale) for one in standards_set.rated_standards),
        organisations=tuple(organisations),
        agreement=agreement_of((pair for one in panels for pair in _judged_twice(one)), scale),
    )


def _pairs(one: CollatedReturn, standards_set: StandardsSet) -> Iterable[tuple[str, Pair]]:
    """Give the standard's id, and own and moderated rating, of each answer that has both."""
    own = one.own_answers
    for question_id, outcome in one.outcomes.items():
        answer = own.get(question_id)
        if answer is not None and answer.rating is not None and outcome.rating is not None:
            yield standards_set.standard_id_by_question_id[question_id], (answer.rating, outcome.rating)


def _drift(subject_id: str, title: str, pairs: Counter[Pair], scale: RatingScale) -> Drift:
    moves: Counter[int] = Counter()
    for (own, moderated), number in pairs.items():
        moves[scale.position(own) - scale.position(moderated)] += number
    return Drift(
        subject_id,
        title,
        higher=sum(number for move, number in moves.items() if move > 0),
        same=moves[0],
        lower=sum(number for move, number in moves.items() if move < 0),
        steps=sum(move * number for move, number in moves.items()),
        steps_moved=sum(abs(move) * number for move, number in moves.items()),
    )


def _judged_twice(one: CollatedReturn) -> Iterable[tuple[str, str]]:
    first: dict[str, Moderation] = dict(one.judgements.get(Seat.FIRST, {}))
    second = one.judgements.get(Seat.SECOND, {})
    for question_id, judgement in first.items():
        other = second.get(question_id)
        if other is not None and judgement.rating is not None and other.rating is not None:
            yield judgement.rating, other.rating
