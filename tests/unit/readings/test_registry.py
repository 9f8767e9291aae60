"""All checks together: each is in the registry once, and what they notice comes sorted."""

import pkgutil

import section11.domain.readings
from section11.domain.readings import CHECKS, notices_in
from tests.unit.readings.builders import a_return, left_out, rated

NOT_CHECKS = {"context", "notice", "texts"}


def test_every_module_of_a_check_is_in_the_registry():
    modules = {module.name for module in pkgutil.iter_modules(section11.domain.readings.__path__)} - NOT_CHECKS

    assert {key.replace("-", "_") for key in CHECKS} == modules
    assert len({check.title for check in CHECKS.values()}) == len(CHECKS)


def test_a_good_return_gives_nothing_to_notice():
    answers = [
        rated(one, evidence=f"{one}: a quarterly audit, last in May 2026, found {number} of 40 records complete.")
        for number, one in enumerate(("S1.1", "S1.2", "S1.3", "S2.1", "S2.2"), start=35)
    ]

    assert notices_in(a_return(*answers)) == []


def test_an_empty_return_gives_nothing_to_notice():
    assert notices_in(a_return()) == []


def test_the_heaviest_comes_first_and_then_the_order_of_the_form():
    answers = (rated("S1.3", evidence=""), rated("S1.2", evidence=""), left_out("S1.1"), rated("S2.1", "not"))

    found = [(notice.check, notice.question_ids) for notice in notices_in(a_return(*answers))]

    assert found == [
        ("essential-without-action", ("S2.1",)),
        ("must-answer", ("S1.1",)),
        ("fully-met-without-evidence", ("S1.2",)),
        ("fully-met-without-evidence", ("S1.3",)),
    ]
