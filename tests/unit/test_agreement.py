"""Weighted kappa and its interval, worked out by hand and checked by a second way."""

from fractions import Fraction
from math import sqrt

import pytest

from section11.errors import BadInputError
from section11.reports.agreement import Kappa, agreement_of, weighted_kappa
from tests.unit.figure_builders import FOUR_RATINGS, RAG


def test_a_rating_that_the_scale_does_not_have_is_refused():
    with pytest.raises(BadInputError, match="is not a rating"):
        agreement_of([("fully", "purple")], FOUR_RATINGS)


@pytest.mark.parametrize("counts", [[[0, 0], [0, 0]], [[7, 0], [0, 0]], [[0, 0, 0], [0, 9, 0], [0, 0, 0]]])
def test_without_answers_or_with_one_rating_for_all_there_is_no_kappa(counts):
    assert weighted_kappa(counts) is None


def test_two_ratings_worked_out_by_hand():
    """Of 50 answers both say yes to 20 and no to 15; 5 and 10 differ. Observed 35/50, by chance
    25/50 * 30/50 + 25/50 * 20/50 = 1/2, so kappa is (7/10 - 1/2) / (1/2) = 2/5.

    The variance of Fleiss, Cohen and Everitt, term by term with weights 1 and 0:
    row terms (weight on the diagonal times the other's share): 3/5, 2/5; column terms 1/2, 1/2.
    yes-yes: 2/5  * (1/2 - (3/5 + 1/2) * 3/10)^2 = 2/5  * (17/100)^2
    yes-no:  1/10 * (0   - (3/5 + 1/2) * 3/10)^2 = 1/10 * (33/100)^2
    no-yes:  1/5  * (0   - (2/5 + 1/2) * 3/10)^2 = 1/5  * (27/100)^2
    no-no:   3/10 * (1/2 - (2/5 + 1/2) * 3/10)^2 = 3/10 * (23/100)^2
    less (7/10 * 1/2 - 2 * 1/2 + 7/10)^2 = (1/20)^2, all divided by 50 * (1/2)^4.
    """
    kappa = weighted_kappa([[20, 5], [10, 15]])

    terms = [(Fraction(2, 5), 17), (Fraction(1, 10), 33), (Fraction(1, 5), 27), (Fraction(3, 10), 23)]
    squares = sum(share * Fraction(part, 100) ** 2 for share, part in terms) - Fraction(1, 20) ** 2
    error = sqrt(squares / 50 / Fraction(1, 16))
    assert kappa is not None
    assert kappa.value == pytest.approx(0.4)
    assert error == pytest.approx(0.127, abs=0.0001)
    assert (kappa.low, kappa.high) == pytest.approx((0.4 - 1.96 * error, 0.4 + 1.96 * error), abs=0.0001)


def test_three_ratings_weigh_a_step_half_as_much_as_two():
    """10 answers: 4 both green, 2 both amber, 1 both red, 2 green and amber, 1 green and red.

    Observed: (4 + 2 + 1 + 2 * 1/2 + 1 * 0) / 10 = 8/10. Rows 7, 2, 1; columns 4, 4, 2.
    By chance: (7*4 + 2*4 + 1*2 + 1/2 * (7*4 + 2*4 + 2*2 + 1*4)) / 100 = (38 + 22) / 100 = 6/10.
    """
    kappa = weighted_kappa([[4, 2, 1], [0, 2, 0], [0, 0, 1]])

    assert kappa is not None
    assert kappa.value == pytest.approx((0.8 - 0.6) / (1 - 0.6))


@pytest.mark.parametrize(
    "counts",
    [
        [[20, 5], [10, 15]],
        [[4, 2, 1], [0, 2, 0], [0, 0, 1]],
        [[252, 34, 0, 0], [7, 138, 5, 0], [4, 7, 37, 7], [0, 2, 0, 16]],
    ],
)
def test_the_interval_is_that_of_the_delta_method(counts):
    """A second way: how much kappa changes when the share of each cell does, found by trying."""
    n, step = sum(map(sum, counts)), 1e-6
    share = [[count / n for count in row] for row in counts]
    middle = _kappa(share)
    size = range(len(counts))
    slope = [[(_kappa(_nudged(share, i, j, step)) - middle) / step for j in size] for i in size]
    mean = sum(share[i][j] * slope[i][j] for i in size for j in size)
    variance = sum(share[i][j] * slope[i][j] ** 2 for i in size for j in size) - mean**2

    kappa = weighted_kappa(counts)

    assert kappa is not None
    assert kappa.value == pytest.approx(middle)
    assert kappa.low == pytest.approx(max(-1, middle - 1.959964 * sqrt(variance / n)), abs=1e-4)
    assert kappa.high == pytest.approx(min(1, middle + 1.959964 * sqrt(variance / n)), abs=1e-4)


def test_full_agreement_is_1_without_any_doubt():
    assert weighted_kappa([[3, 0, 0], [0, 4, 0], [0, 0, 5]]) == Kappa(1.0, 1.0, 1.0)


def test_pairs_of_ratings_are_counted_by_their_places():
    found = agreement_of([("green", "green"), ("green", "red"), ("amber", "amber")], RAG)

    assert found.counts == ((1, 0, 1), (0, 1, 0), (0, 0, 0))
    assert (found.n, found.same) == (3, 2)
    assert found.same_percent == pytest.approx(200 / 3)


def _nudged(share: list[list[float]], row: int, column: int, step: float) -> list[list[float]]:
    nudged = [list(each) for each in share]
    nudged[row][column] += step
    return nudged


def _kappa(share: list[list[float]]) -> float:
    """Return weighted kappa from disagreements, for shares that need not add up to 1."""
    size = range(len(share))
    total = sum(map(sum, share))
    apart = sum(abs(i - j) * share[i][j] for i in size for j in size) / total
    rows = [sum(row) / total for row in share]
    columns = [sum(row[j] for row in share) / total for j in size]
    by_chance = sum(abs(i - j) * rows[i] * columns[j] for i in size for j in size)
    return 1 - apart / by_chance
