"""Rating scales: their order, their lower half, and finding the rating a person meant."""

from __future__ import annotations

import pytest

from section11.domain.scales import Rating, RatingScale, Tone
from section11.errors import BadInputError
from tests.unit.figure_builders import FOUR_RATINGS, RAG


def scale_of(*keys):
    """Return a scale with these ratings, best first."""
    return RatingScale("made-up", "Made up", tuple(Rating(key, key.upper(), "As it says.", Tone.PART) for key in keys))


@pytest.mark.parametrize(
    ("keys", "lower"),
    [
        ("ab", "b"),
        ("abc", "c"),
        ("abcd", "cd"),
        ("abcde", "de"),
        ("abcdef", "def"),
    ],
)
def test_the_lower_half_leaves_out_the_middle_of_an_odd_scale(keys, lower):
    scale = scale_of(*keys)

    assert "".join(key for key in keys if scale.is_lower_half(key)) == lower


def test_amber_is_not_in_the_lower_half_of_red_amber_green_but_red_is():
    assert [RAG.is_lower_half(key) for key in ("green", "amber", "red")] == [False, False, True]


def test_the_first_rating_is_the_best_and_positions_count_from_it():
    assert FOUR_RATINGS.best.key == "fully"
    assert [FOUR_RATINGS.position(key) for key in ("fully", "mostly", "partly", "not")] == [0, 1, 2, 3]
    assert FOUR_RATINGS.keys == ("fully", "mostly", "partly", "not")


def test_a_rating_the_scale_does_not_have_is_refused_with_the_choices():
    with pytest.raises(BadInputError) as refusal:
        RAG.rating("fully")

    assert refusal.value.user_message == '"fully" is not a rating. Choose one of: Green, Amber, Red.'


@pytest.mark.parametrize("ask", [RAG.position, RAG.is_lower_half])
def test_a_rating_of_another_scale_has_no_place_in_this_one(ask):
    with pytest.raises(BadInputError):
        ask("mostly")


@pytest.mark.parametrize("words", ["mostly", "Mostly met", "  MOSTLY MET\n", "mOsTlY"])
def test_a_rating_is_found_by_key_or_label_in_any_case(words):
    found = FOUR_RATINGS.find(words)

    assert found is not None
    assert found.key == "mostly"


@pytest.mark.parametrize("words", ["", "   ", "met", "most", "Mostly met.", "1", "n/a"])
def test_words_that_only_look_like_a_rating_find_nothing(words):
    assert FOUR_RATINGS.find(words) is None
