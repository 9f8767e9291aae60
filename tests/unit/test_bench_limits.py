"""The benchmarks say of each limit whether it is met, and give a figure only where enough values stand behind it."""

import pytest

from bench.document import limits_table, reasons
from bench.growing import exponent, exponents_by_step
from bench.limits import at_least, at_most, percentile, seconds_words, spread_words, times_words


def test_a_percentile_lies_between_the_values_it_divides():
    assert percentile([float(number) for number in range(101)], 95) == pytest.approx(95.0)
    assert percentile([1.0, 3.0], 50) == pytest.approx(2.0)


@pytest.mark.parametrize(("percent", "needed"), [(50, 2), (95, 20), (99, 100)])
def test_too_few_values_give_no_percentile(percent, needed):
    assert percentile([1.0] * (needed - 1), percent) is None
    assert percentile([1.0] * needed, percent) == pytest.approx(1.0)


def test_a_percentile_never_exceeds_the_largest_value():
    assert percentile([1.0] * 99 + [2.0], 99) <= 2.0


def test_a_limit_of_which_nothing_was_measured_is_not_met():
    assert not at_most("p95", None, 0.15, seconds_words).is_kept
    assert not at_least("the plain form", None, 20.0, times_words).is_kept


@pytest.mark.parametrize(("seconds", "is_kept"), [(0.15, True), (0.1501, False)])
def test_a_limit_is_met_up_to_its_own_value(seconds, is_kept):
    assert at_most("p95", seconds, 0.15, seconds_words).is_kept is is_kept


def test_the_table_has_every_limit_with_its_figure_beside_it():
    limits = [at_most("p95", 0.047, 0.15, seconds_words), at_least("the plain form", 12.0, 20.0, times_words)]

    lines = limits_table(limits).splitlines()

    assert [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]] == [
        ["p95", "47 ms", "at most 150 ms", "met"],
        ["the plain form", "12 ×", "at least 20 ×", "**not met**"],
    ]


def test_what_is_not_met_is_given_with_its_reason():
    limits = [
        at_most("p95", 0.2, 0.15, seconds_words, "Both cores are taken."),
        at_most("p99", 0.2, 0.4, seconds_words),
    ]

    assert reasons(limits) == "Not met:\n\n- **p95.** Both cores are taken."
    assert reasons(limits[1:]) == "Every limit is met."


def test_a_spread_is_the_lowest_and_the_highest():
    assert spread_words([1.25, 1.5, 1.0], times_words) == "1.00 × to 1.50 ×"
    assert spread_words([], times_words) == "–"


def test_what_grows_in_step_with_the_data_and_then_with_its_square_has_an_exponent_between_the_two():
    seconds = (1.0, 4.0, 64.0)  # at 1, 4 and 16 times the data

    assert exponents_by_step(seconds) == pytest.approx([1.0, 2.0])
    assert exponent(seconds) == pytest.approx(1.5)
