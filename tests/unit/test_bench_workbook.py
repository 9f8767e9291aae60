"""The benchmark of the workbook writes a real workbook of every kind of return."""

from bench.big_cycle import KINDS, big_cycle
from section11.reports.figures import figures_of


def test_the_cycle_has_every_kind_of_return_and_about_sixty_questions_in_each():
    found = figures_of(big_cycle(10))

    assert found.returns_counted == 10
    assert {one.type_key for one in found.organisations} == set(KINDS)
    assert 50 <= len(found.sets[0].questions) <= 70
