"""The benchmark of the workbook says when a limit is missed, and writes a real workbook of every kind of return."""

import pytest

from bench.big_cycle import KINDS, big_cycle
from bench.writing_workbook import WorkbookFigures, Written, section, verdict
from section11.reports.figures import figures_of


def figures(*, seconds, megabytes=100.0):
    return WorkbookFigures(600, 500_000, Written((seconds,), megabytes), Written((1.0,), 80.0))


@pytest.mark.parametrize(
    ("measured", "words"),
    [
        (figures(seconds=1.6), "It takes 1.60 times as long as a bare dump; the limit is 1.5."),
        (figures(seconds=1.0, megabytes=301.0), "It needs 301 MB; the limit is 300 MB."),
    ],
)
def test_a_limit_that_is_missed_is_named(measured, words):
    assert measured.faults == (words,)
    assert f"MISSED. {words}" in verdict(measured)


def test_limits_that_are_kept_are_said_to_be():
    assert verdict(figures(seconds=0.7)).endswith("kept")
    assert "| memory       |           100 MB |            80 MB |" in section(figures(seconds=0.7))


def test_the_cycle_has_every_kind_of_return_and_about_sixty_questions_in_each():
    found = figures_of(big_cycle(10))

    assert found.returns_counted == 10
    assert {one.type_key for one in found.organisations} == set(KINDS)
    assert 50 <= len(found.sets[0].questions) <= 70
