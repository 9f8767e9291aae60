"""The benchmark gives a percentile only where enough values stand behind it."""

import pytest

from bench.figures import percentile


def test_a_percentile_lies_between_the_values_it_divides():
    assert percentile([float(number) for number in range(101)], 95) == pytest.approx(95.0)
    assert percentile([1.0, 3.0], 50) == pytest.approx(2.0)


@pytest.mark.parametrize(("percent", "needed"), [(50, 2), (95, 20), (99, 100)])
def test_too_few_values_give_no_percentile(percent, needed):
    assert percentile([1.0] * (needed - 1), percent) is None
    assert percentile([1.0] * needed, percent) == pytest.approx(1.0)


def test_a_percentile_never_exceeds_the_largest_value():
    assert percentile([1.0] * 99 + [2.0], 99) <= 2.0
