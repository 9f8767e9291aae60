"""Figures of a cycle, against numbers worked out by hand.

The four organisations, counted on paper (three returned; five questions each):
S1: fully 3, mostly 1, not applicable 4, not answered 1, so n = 9 asked - 4 = 5.
S2: fully 2, partly 1, not 1, not asked 2, so n = 4.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from section11.domain.answers import Answer
from section11.domain.scales import RatingScale
from section11.domain.standards import Standard, StandardsSet
from section11.domain.workflow import AssessmentStatus
from section11.errors import BadInputError
from section11.reports.figures import CycleFigures, figures_of
from section11.reports.results import Level
from section11.reports.set_figures import SetFigures
from section11.reports.tally import Tally
from tests.unit.figure_builders import (
    FOUR_RATINGS,
    POLICE,
    RAG,
    SCHOOL,
    SMALL_SET,
    a_cycle,
    a_return,
    dont_know_yet,
    four_organisations,
    large_cycle,
    published_matrix,
    question,
    rated,
)


def figures_of_one_set(figures: CycleFigures) -> SetFigures:
    (only,) = figures.sets
    return only


def test_counts_of_four_organisations_are_as_counted_by_hand():
    total = figures_of_one_set(figures_of(four_organisations())).total

    assert total == Tally(
        by_rating={"fully": 5, "mostly": 1, "partly": 1, "not": 1}, not_applicable=4, not_answered=1, not_asked=2
    )
    assert (total.asked, total.denominator) == (13, 9)
    assert total.percent("fully") == pytest.approx(55.5555555556)
    assert total.percent("mostly") == pytest.approx(11.1111111111)


def test_each_standard_has_its_own_denominator():
    leadership, recruitment = figures_of_one_set(figures_of(four_organisations())).standards

    assert (leadership.tally.denominator, leadership.tally.percent("fully")) == (5, 60.0)
    assert (recruitment.tally.denominator, recruitment.tally.percent("fully")) == (4, 50.0)
    assert (leadership.tally.not_asked, recruitment.tally.not_asked) == (0, 2)


def test_questions_keep_not_applicable_not_answered_and_not_asked_apart():
    by_id = {row.question_id: row.tally for row in figures_of_one_set(figures_of(four_organisations())).questions}

    assert (by_id["S1.2"].not_applicable, by_id["S1.2"].denominator) == (2, 1)
    assert (by_id["S1.3"].not_answered, by_id["S1.3"].denominator) == (1, 2)
    assert (by_id["S2.1"].not_asked, by_id["S2.1"].denominator) == (1, 2)
    assert by_id["S1.3"].percent("fully") == 50.0


def test_questions_standards_and_total_add_up():
    counted = figures_of_one_set(figures_of(four_organisations()))

    for part in ("rated", "denominator", "asked", "not_applicable", "not_answered", "not_asked"):
        total = getattr(counted.total, part)
        assert sum(getattr(row.tally, part) for row in counted.standards) == total
        assert sum(getattr(row.tally, part) for row in counted.questions) == total
        assert sum(getattr(tally, part) for tally in counted.totals_by_return.values()) == total


def test_a_question_that_tests_two_arrangements_counts_for_both():
    first, second = figures_of_one_set(figures_of(four_organisations())).arrangements

    assert (first.key, first.title, first.question_ids) == ("S11-01", "Senior leadership", ("S1.1", "S2.1"))
    assert first.tally.by_rating == {"fully": 1, "mostly": 1, "partly": 1, "not": 1}
    assert (first.tally.not_applicable, first.tally.not_asked) == (1, 1)
    assert second.question_ids == ("S1.1", "S1.2", "S1.3", "S2.2")
    assert second.tally.denominator == 2 + 1 + 2 + 2


def test_dont_know_and_unconfirmed_answers_stay_in_the_denominator():
    answers = [rated("S1.1", "fully"), dont_know_yet("S1.2"), rated("S1.3", "fully", carried_from="2024")]
    leadership, _ = figures_of_one_set(figures_of(a_cycle(a_return("Riverdale Police", POLICE, answers)))).standards

    assert leadership.tally == Tally({"fully": 1, "mostly": 0, "partly": 0, "not": 0}, dont_know_yet=1, not_confirmed=1)
    assert leadership.tally.percent("fully") == pytest.approx(33.3333333333)


def test_a_return_that_has_not_come_back_shows_no_answers():
    figures = figures_of(four_organisations())
    housing = figures.organisations[3]

    assert housing.tally is None
    assert {result.level for result in housing.standards} == {Level.NOT_RETURNED}
    assert all(result.tally is None and result.percent is None for result in housing.standards)
    assert figures_of_one_set(figures).total.by_rating["not"] == 1, "the draft of Elm Housing is not counted"
    assert (figures_of_one_set(figures).returns_counted, figures_of_one_set(figures).returns_expected) == (3, 4)


@pytest.mark.parametrize("status", [AssessmentStatus.HANDED_BACK, AssessmentStatus.REOPENED])
def test_a_return_handed_back_or_reopened_no_longer_counts(status):
    figures = figures_of(a_cycle(a_return("Oak School", SCHOOL, [rated("S1.1", "fully")], status=status)))

    assert figures_of_one_set(figures).total.asked == 0
    assert figures.organisations[0].tally is None


def test_the_published_matrix_gives_the_published_numbers():
    total = figures_of_one_set(figures_of(published_matrix())).total

    assert total.by_rating == {"green": 66, "amber": 3, "red": 0}
    assert total.not_applicable == 3
    assert total.denominator == 69
    assert total.percent("green") == pytest.approx(95.6521739130)


def test_an_empty_cycle_has_no_sets_and_no_percentages():
    figures = figures_of(a_cycle())

    assert (figures.sets, figures.organisations) == ((), ())
    assert figures.return_rates.overall.expected == 0
    assert figures.return_rates.overall.returned_percent is None


def test_one_organisation_that_has_answered_nothing_is_all_not_answered():
    total = figures_of_one_set(figures_of(a_cycle(a_return("Oak School", SCHOOL)))).total

    assert (total.not_answered, total.denominator, total.percent("fully")) == (5, 5, 0.0)


def test_two_sets_with_two_scales_are_never_added_together():
    rag_set = StandardsSet("rag-set", "RAG set", "1", RAG, (Standard("A", "A", (question("A.1", scale=RAG),)),))
    figures = figures_of(
        a_cycle(
            a_return("Riverdale Police", POLICE, [rated("S1.1", "fully")]),
            a_return("Oak School", SCHOOL, [rated("A.1", "green")], standards_set=rag_set),
        )
    )

    assert [(each.standards_set.id, dict(each.total.by_rating)) for each in figures.sets] == [
        ("small", {"fully": 1, "mostly": 0, "partly": 0, "not": 0}),
        ("rag-set", {"green": 1, "amber": 0, "red": 0}),
    ]


def test_two_editions_of_a_set_are_counted_apart():
    second = StandardsSet("small", "Small set", "2.0", FOUR_RATINGS, SMALL_SET.standards[:1])
    figures = figures_of(
        a_cycle(a_return("Riverdale Police", POLICE), a_return("Oak School", SCHOOL, standards_set=second))
    )

    assert [each.total.asked for each in figures.sets] == [5, 3]


def test_a_rating_that_shares_its_name_with_a_state_is_still_a_rating():
    best, *_, lowest = FOUR_RATINGS.ratings
    scale = RatingScale("odd", "Odd", (best, replace(lowest, key="not_asked")))
    odd = StandardsSet("odd", "Odd", "1", scale, (Standard("A", "A", (question("A.1", scale=scale),)),))
    collated = a_cycle(a_return("Oak School", SCHOOL, [rated("A.1", "not_asked")], standards_set=odd))
    total = figures_of_one_set(figures_of(collated)).total

    assert (total.by_rating["not_asked"], total.not_asked) == (1, 0)


def test_a_rating_from_another_scale_is_refused_rather_than_left_out():
    with pytest.raises(BadInputError, match='"green" is not a rating'):
        figures_of(a_cycle(a_return("Oak School", SCHOOL, [rated("S1.1", "green")])))


class LookedAt(dict[str, Answer]):
    """Answers that count how often one of them is looked at, one by one or all together."""

    times = 0

    def get(self, key, default=None):
        LookedAt.times += 1
        return super().get(key, default)

    def items(self):
        LookedAt.times += len(self)
        return super().items()


def test_each_answer_is_looked_at_once_however_many_organisations_there_are():
    collated = large_cycle(organisations=490, questions=56)
    returns = tuple(replace(one, answers=LookedAt(one.answers)) for one in collated.returns)
    LookedAt.times = 0

    figures = figures_of(replace(collated, returns=returns))

    assert figures_of_one_set(figures).total.rated == 490 * 56
    assert LookedAt.times == 490 * 56
