"""Self against moderated ratings: counted by hand, one scale at a time, and only where moderation is finished."""

import pytest

from section11.domain.answers import Answer
from section11.domain.moderation import EvidenceQuality, Moderation
from section11.domain.standards import Standard, StandardsSet
from section11.domain.workflow import AssessmentStatus
from section11.errors import BadInputError
from section11.reports.figures import figures_of
from section11.reports.figures_json import figures_json
from section11.reports.moderation_figures import Comparison, comparison_of
from tests.unit.figure_builders import (
    FOUR_RATINGS,
    POLICE,
    RAG,
    SCHOOL,
    a_cycle,
    a_return,
    four_organisations,
    not_applicable,
    question,
    rated,
)

NONE_GIVEN = Answer("S1.1")


def outcome(question_id, rating, quality=EvidenceQuality.TESTED):
    return Moderation(question_id, rating=rating, no_rating=rating is None, evidence_quality=quality, version=1)


def moderated_cycle():
    """Two moderated returns and one that is not."""
    return a_cycle(
        a_return(
            "Riverdale Police",
            POLICE,
            [rated("S1.1", "fully"), rated("S1.2", "mostly"), rated("S1.3", "fully"), not_applicable("S2.1")],
            status=AssessmentStatus.MODERATED,
            outcomes=[
                outcome("S1.1", "partly", EvidenceQuality.ASSERTED),
                outcome("S1.2", "fully"),
                outcome("S1.3", None, None),
                outcome("S2.1", "not", EvidenceQuality.NONE),
                outcome("S2.2", None, None),
            ],
        ),
        a_return(
            "Oak School",
            SCHOOL,
            [rated("S1.1", "fully"), rated("S1.2", "fully")],
            status=AssessmentStatus.RELEASED,
            outcomes=[outcome("S1.1", "fully"), outcome("S1.2", "mostly", EvidenceQuality.SHOWS_IMPACT)],
        ),
        a_return("Elm School", SCHOOL, [rated("S1.1", "fully")]),
    )


@pytest.mark.parametrize(
    ("own", "moderated", "comparison"),
    [
        ("fully", "fully", Comparison.SAME),
        ("fully", "not", Comparison.LOWER),
        ("partly", "mostly", Comparison.HIGHER),
        (None, "mostly", Comparison.RATED_BY_MODERATION),
        ("partly", None, Comparison.RATING_TAKEN_AWAY),
        (None, None, Comparison.NO_RATING),
    ],
)
def test_a_moderated_rating_lies_above_below_or_beside_the_own_one(own, moderated, comparison):
    answer = rated("S1.1", own) if own else NONE_GIVEN

    assert comparison_of(answer, outcome("S1.1", moderated), FOUR_RATINGS) is comparison


def test_ratings_of_two_scales_are_never_compared():
    with pytest.raises(BadInputError):
        comparison_of(rated("S1.1", "green"), outcome("S1.1", "fully"), FOUR_RATINGS)


def test_the_counts_of_a_set_are_those_counted_by_hand():
    [of_set] = figures_of(moderated_cycle()).sets
    total = of_set.moderation.total

    assert of_set.moderation.returns == 2
    assert {one.value: count for one, count in total.counts.items()} == {
        "higher": 1, "same": 1, "lower": 2, "rated_by_moderation": 1, "rating_taken_away": 1, "no_rating": 1,
    }  # fmt: skip
    assert total.n == 4
    assert {one.value: count for one, count in total.qualities.items()} == {
        "none": 1, "asserted": 1, "documented": 0, "tested": 2, "shows_impact": 1,
    }  # fmt: skip
    first = of_set.moderation.questions[0]
    assert (first.subject_id, first.n, first.counts[Comparison.LOWER], first.counts[Comparison.SAME]) == (
        "S1.1", 2, 1, 1,
    )  # fmt: skip


def test_each_set_is_compared_on_its_own_scale():
    rag_set = StandardsSet("rag-set", "RAG set", "1", RAG, (Standard("A", "A", (question("A.1", scale=RAG),)),))
    own = a_return(
        "Hope", SCHOOL, [rated("A.1", "green")], status=AssessmentStatus.MODERATED, standards_set=rag_set,
        outcomes=[outcome("A.1", "red")],
    )  # fmt: skip

    small, rag = figures_of(a_cycle(*moderated_cycle().returns, own)).sets

    assert (small.moderation.total.counts[Comparison.LOWER], rag.moderation.total.counts[Comparison.LOWER]) == (2, 1)


def test_the_json_has_the_same_numbers():
    [of_set] = figures_json(figures_of(moderated_cycle()))["sets"]

    assert of_set["moderation"]["returns"] == 2
    assert of_set["moderation"]["total"] == {
        "n": 4, "higher": 1, "same": 1, "lower": 2, "rated_by_moderation": 1, "rating_taken_away": 1, "no_rating": 1,
        "evidence_quality": {"none": 1, "asserted": 1, "documented": 0, "tested": 2, "shows_impact": 1},
    }  # fmt: skip
    assert [one["id"] for one in of_set["moderation"]["questions"]] == ["S1.1", "S1.2", "S1.3", "S2.1", "S2.2"]


def test_without_a_finished_moderation_there_is_nothing_to_compare():
    [of_set] = figures_of(four_organisations()).sets

    assert (of_set.moderation.returns, of_set.moderation.total.n) == (0, 0)
