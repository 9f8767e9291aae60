"""Tallies: how many answers there are of each kind, and the shares that may honestly be made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from section11.domain.answers import AnswerState
from section11.domain.scales import RatingScale

AnswerKind = tuple[AnswerState, str | None]
"""A state and, when it is ``RATED``, the rating key; never the key alone, as a scale may use a state's name."""

Counts = Counter[AnswerKind]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of answers in one scale. ``by_rating`` has every rating of the scale, best first, also those with 0."""

    by_rating: Mapping[str, int]
    not_applicable: int = 0
    dont_know_yet: int = 0
    not_confirmed: int = 0
    not_answered: int = 0
    not_asked: int = 0

    @property
    def rated(self) -> int:
        return sum(self.by_rating.values())

    @property
    def at_best(self) -> int:
        return next(iter(self.by_rating.values()))

    @property
    def without_rating(self) -> int:
        """Asked, applicable, and still without a rating that counts."""
        return self.dont_know_yet + self.not_confirmed + self.not_answered

    @property
    def denominator(self) -> int:
        """The n of every share: everything asked except "not applicable"."""
        return self.rated + self.without_rating

    @property
    def asked(self) -> int:
        return self.denominator + self.not_applicable

    def percent(self, rating_key: str) -> float | None:
        """Return the share of a rating, 0 to 100 and unrounded; None when the denominator is 0."""
        return percent_of(self.by_rating[rating_key], self.denominator)


def percent_of(part: int, whole: int) -> float | None:
    """Return 0 to 100, unrounded; None when there is nothing to take a share of."""
    return 100 * part / whole if whole else None


def tally_of(counts: Mapping[AnswerKind, int], scale: RatingScale) -> Tally:
    """Return counts as a tally in this scale.

    Raises:
        BadInputError: a rating that the scale does not have; leaving it out would make every share wrong.
    """
    by_rating = dict.fromkeys(scale.keys, 0)
    for (state, rating_key), count in counts.items():
        if rating_key in by_rating and state is AnswerState.RATED:
            by_rating[rating_key] += count
        elif state is AnswerState.RATED:
            scale.rating(rating_key or "")  # refuses it
    return Tally(
        by_rating=by_rating,
        not_applicable=counts.get((AnswerState.NOT_APPLICABLE, None), 0),
        dont_know_yet=counts.get((AnswerState.DONT_KNOW_YET, None), 0),
        not_confirmed=counts.get((AnswerState.NOT_CONFIRMED, None), 0),
        not_answered=counts.get((AnswerState.NOT_ANSWERED, None), 0),
        not_asked=counts.get((AnswerState.NOT_ASKED, None), 0),
    )


def added_up(many: Iterable[Counts]) -> Counts:
    """Return the sum of several counts; it is empty when there are none."""
    total: Counts = Counter()
    for counts in many:
        total.update(counts)
    return total


def added_tallies(tallies: Sequence[Tally]) -> Tally:
    """Return the sum of one or more tallies of one scale."""
    return Tally(
        by_rating={key: sum(one.by_rating[key] for one in tallies) for key in tallies[0].by_rating},
        not_applicable=sum(one.not_applicable for one in tallies),
        dont_know_yet=sum(one.dont_know_yet for one in tallies),
        not_confirmed=sum(one.not_confirmed for one in tallies),
        not_answered=sum(one.not_answered for one in tallies),
        not_asked=sum(one.not_asked for one in tallies),
    )
