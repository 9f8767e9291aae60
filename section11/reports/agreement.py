"""Agreement between two moderators on one ordered scale: weighted kappa with its 95 % interval.

Linear weights: two ratings next to each other agree in part, and each step further apart counts as much as the
one before. The interval is the large-sample one of Fleiss, Cohen and Everitt (1969), cut off at -1 and 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from section11.domain.scales import RatingScale
from section11.reports.tally import percent_of

NORMAL_95 = 1.959963984540054
"""How many standard errors lie on each side of a 95 % interval."""

Counts = Sequence[Sequence[int]]
"""How often the first moderator gave the rating of the row and the second that of the column."""


@dataclass(frozen=True, slots=True)
class Kappa:
    """1 is full agreement, 0 what chance alone would give. ``low`` and ``high`` are the 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """Answers that two moderators rated apart. ``counts`` has a row and a column for each rating, best first.

    ``kappa`` is None where it does not exist: no answer, or both gave one and the same rating to all of them.
    """

    counts: tuple[tuple[int, ...], ...]
    kappa: Kappa | None

    @property
    def n(self) -> int:
        return sum(map(sum, self.counts))

    @property
    def same(self) -> int:
        return sum(row[number] for number, row in enumerate(self.counts))

    @property
    def same_percent(self) -> float | None:
        return percent_of(self.same, self.n)


def agreement_of(pairs: Iterable[tuple[str, str]], scale: RatingScale) -> Agreement:
    """Return the agreement of pairs of rating keys: the first moderator's and the second's.

    Raises:
        BadInputError: a rating that the scale does not have.
    """
    found = Counter((scale.position(first), scale.position(second)) for first, second in pairs)
    size = range(len(scale.ratings))
    counts = tuple(tuple(found[row, column] for column in size) for row in size)
    return Agreement(counts, weighted_kappa(counts))


def weighted_kappa(counts: Counts) -> Kappa | None:
    """Return Cohen's kappa with linear weights for a square table of counts, or None where it is not defined."""
    n = sum(map(sum, counts))
    if n == 0:
        return None
    size = range(len(counts))
    share = [[count / n for count in row] for row in counts]
    rows = [sum(row) for row in share]
    columns = [sum(row[number] for row in share) for number in size]
    weight = [[1 - abs(one - other) / (len(counts) - 1) for other in size] for one in size]
    observed = sum(weight[i][j] * share[i][j] for i in size for j in size)
    by_chance = sum(weight[i][j] * rows[i] * columns[j] for i in size for j in size)
    if by_chance > 1 - 1e-12:
        return None
    value = (observed - by_chance) / (1 - by_chance)
    of_row = [sum(columns[j] * weight[i][j] for j in size) for i in size]
    of_column = [sum(rows[i] * weight[i][j] for i in size) for j in size]
    squares = sum(
        share[i][j] * (weight[i][j] * (1 - by_chance) - (of_row[i] + of_column[j]) * (1 - observed)) ** 2
        for i in size
        for j in size
    )
    middle = (observed * by_chance - 2 * by_chance + observed) ** 2
    error = sqrt(max(squares - middle, 0) / n) / (1 - by_chance) ** 2
    return Kappa(value, max(value - NORMAL_95 * error, -1.0), min(value + NORMAL_95 * error, 1.0))
