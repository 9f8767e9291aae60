"""Crosswalks: which question stands for which, in both directions, and where a trend line has to stop."""

from __future__ import annotations

from dataclasses import replace

import pytest

from section11.domain.crosswalks import Link, LinkKind, Match, TrendBreak, crosswalk_of
from section11.domain.scales import Rating, Tone
from section11.domain.standards import Question, Standard, StandardsSet
from tests.unit.figure_builders import FOUR_RATINGS, RAG, question

SAME, REWORDED, SPLIT, MERGED = LinkKind.SAME, LinkKind.REWORDED, LinkKind.SPLIT, LinkKind.MERGED


def a_set(*questions, set_id="2026", scale=FOUR_RATINGS):
    """Return a set of one standard."""
    return StandardsSet(set_id, f"Set {set_id}", "1", scale, (Standard("S1", "Leadership", questions),))


def staff(question_id="P.1", **changes):
    """Return a question that asks for a number of people."""
    return replace(Question(question_id, "How many staff?", {}, (), type="number", unit="people"), **changes)


ONE, TWO, THREE = question("S1.1"), question("S1.2"), question("S1.3")
LENIENT = Rating("fully", "Fully met", "Enough is in place.", Tone.FULL)
FOUR_TO_SIX = a_set(question("T.4"), question("T.5"), question("T.6"), set_id="2027")


@pytest.mark.parametrize(
    ("kind", "count_before", "count_after", "fits"),
    [
        (SAME, 1, 1, True), (SAME, 1, 2, False), (SAME, 2, 1, False), (SAME, 0, 1, False),
        (REWORDED, 1, 1, True), (REWORDED, 1, 2, False), (REWORDED, 2, 2, False), (REWORDED, 1, 0, False),
        (SPLIT, 1, 2, True), (SPLIT, 1, 1, False), (SPLIT, 2, 2, False), (SPLIT, 2, 1, False),
        (MERGED, 2, 1, True), (MERGED, 1, 1, False), (MERGED, 2, 2, False), (MERGED, 1, 2, False),
    ],
)  # fmt: skip
def test_a_kind_says_how_many_questions_it_joins(kind, count_before, count_after, fits):
    assert kind.fits(count_before, count_after) is fits


def test_without_a_word_written_questions_are_matched_by_id_and_compared_by_words():
    later = a_set(ONE, replace(TWO, text="Is it in place at last?"), question("S1.4"))

    crosswalk = crosswalk_of(a_set(ONE, TWO, THREE), later)

    assert crosswalk.links == (Link(SAME, ("S1.1",), ("S1.1",)), Link(REWORDED, ("S1.2",), ("S1.2",)))
    assert crosswalk.new == ("S1.4",)
    assert crosswalk.dropped == ("S1.3",)


def test_a_set_and_itself_are_the_same_throughout_and_compare():
    crosswalk = crosswalk_of(a_set(ONE, TWO, staff()), a_set(ONE, TWO, staff()))

    assert [crosswalk.onward(one).is_comparable for one in ("S1.1", "S1.2", "P.1")] == [True, True, True]
    assert (crosswalk.new, crosswalk.dropped) == ((), ())


def test_words_that_only_break_their_lines_elsewhere_are_the_same_words():
    crosswalk = crosswalk_of(a_set(ONE), a_set(replace(ONE, text="Is  S1.1\nin place?")))

    assert crosswalk.back("S1.1").kind is SAME


def test_a_split_question_leads_to_all_it_became_and_each_leads_back():
    crosswalk = crosswalk_of(a_set(ONE), FOUR_TO_SIX, [Link(SPLIT, ("S1.1",), ("T.4", "T.5"), "Asked apart.")])

    assert crosswalk.onward("S1.1") == Match(("T.4", "T.5"), SPLIT, (TrendBreak.QUESTION,), "Asked apart.")
    assert (
        crosswalk.back("T.4")
        == crosswalk.back("T.5")
        == Match(("S1.1",), SPLIT, (TrendBreak.QUESTION,), "Asked apart.")
    )
    assert crosswalk.new == ("T.6",)


def test_merged_questions_lead_to_one_and_it_leads_back_to_all():
    crosswalk = crosswalk_of(a_set(ONE, TWO), FOUR_TO_SIX, [Link(MERGED, ("S1.1", "S1.2"), ("T.6",))])

    assert crosswalk.onward("S1.1").question_ids == crosswalk.onward("S1.2").question_ids == ("T.6",)
    assert crosswalk.back("T.6").question_ids == ("S1.1", "S1.2")
    assert not crosswalk.back("T.6").is_comparable


def test_a_dropped_and_a_new_question_have_no_match_and_do_not_compare():
    crosswalk = crosswalk_of(a_set(ONE), FOUR_TO_SIX)

    assert crosswalk.onward("S1.1") == crosswalk.back("T.4") == Match((), None, ())
    assert not crosswalk.onward("S1.1").is_comparable


def test_a_question_that_the_set_does_not_have_is_a_mistake_of_the_caller():
    crosswalk = crosswalk_of(a_set(ONE), FOUR_TO_SIX)

    with pytest.raises(KeyError):
        crosswalk.onward("T.4")
    with pytest.raises(KeyError):
        crosswalk.back("S1.1")


@pytest.mark.parametrize(
    ("later", "scale", "breaks"),
    [
        (ONE, FOUR_RATINGS, ()),
        (replace(ONE, help="Ask a new starter.", essential=True, asked_of=frozenset({"police"})), FOUR_RATINGS, ()),
        (ONE, replace(FOUR_RATINGS, id="met", title="How far this is met"), ()),
        (replace(ONE, text="Is it in place?"), FOUR_RATINGS, (TrendBreak.QUESTION,)),
        (replace(ONE, descriptors={**ONE.descriptors, "fully": "All is."}), FOUR_RATINGS, (TrendBreak.DESCRIPTORS,)),
        (question("S1.1", scale=RAG), RAG, (TrendBreak.SCALE,)),
        (ONE, replace(FOUR_RATINGS, ratings=FOUR_RATINGS.ratings[::-1]), (TrendBreak.SCALE,)),
        (
            ONE,
            replace(FOUR_RATINGS, ratings=(LENIENT, *FOUR_RATINGS.ratings[1:])),
            (TrendBreak.SCALE,),
        ),
        (
            replace(ONE, text="Is it?", descriptors={**ONE.descriptors, "not": "Nothing is."}),
            FOUR_RATINGS,
            (TrendBreak.QUESTION, TrendBreak.DESCRIPTORS),
        ),
    ],
    ids=[
        "nothing changed", "all but the meaning changed", "the scale has another name", "words", "a descriptor",
        "another scale", "ratings in another order", "a rating means something else", "words and a descriptor",
    ],
)  # fmt: skip
def test_ratings_compare_only_with_the_same_question_scale_and_descriptors(later, scale, breaks):
    crosswalk = crosswalk_of(a_set(ONE), a_set(later, scale=scale))

    assert crosswalk.onward("S1.1").breaks == breaks
    assert crosswalk.onward("S1.1").is_comparable is (not breaks)
    assert crosswalk.reversed().onward("S1.1").breaks == breaks


def test_a_person_may_call_a_question_the_same_after_its_spelling_was_put_right():
    later = a_set(replace(ONE, id="T.1", text="Is S1.1 in-place?"))

    crosswalk = crosswalk_of(a_set(ONE), later, [Link(SAME, ("S1.1",), ("T.1",))])

    assert crosswalk.onward("S1.1").is_comparable


def test_a_question_called_the_same_does_not_compare_if_its_descriptors_changed():
    later = a_set(replace(ONE, id="T.1", descriptors={**ONE.descriptors, "fully": "Everything is."}))

    crosswalk = crosswalk_of(a_set(ONE), later, [Link(SAME, ("S1.1",), ("T.1",))])

    assert crosswalk.onward("S1.1") == Match(("T.1",), SAME, (TrendBreak.DESCRIPTORS,))
    assert not crosswalk.onward("S1.1").is_comparable


@pytest.mark.parametrize(
    ("later", "scale", "kind", "breaks"),
    [
        (staff(), RAG, SAME, ()),
        (staff(least=1, help="On the last day of the month."), RAG, SAME, ()),
        (staff(text="How many people work for you?"), RAG, REWORDED, (TrendBreak.QUESTION,)),
        (staff(unit="full-time posts"), RAG, SAME, (TrendBreak.ANSWERS,)),
    ],
    ids=["another scale", "limits and help", "words", "unit"],
)
def test_numbers_compare_by_words_and_unit_whatever_the_scale(later, scale, kind, breaks):
    crosswalk = crosswalk_of(a_set(staff()), a_set(later, scale=scale))

    assert crosswalk.onward("P.1") == Match(("P.1",), kind, breaks)
    assert crosswalk.onward("P.1").is_comparable is (not breaks)


def test_questions_of_two_types_are_never_matched_by_id():
    crosswalk = crosswalk_of(a_set(staff("S1.1")), a_set(ONE))

    assert (crosswalk.links, crosswalk.dropped, crosswalk.new) == ((), ("S1.1",), ("S1.1",))


def test_what_is_not_a_rating_is_matched_by_id_beside_links_that_are_written():
    crosswalk = crosswalk_of(a_set(ONE, staff()), a_set(THREE, staff()), [Link(REWORDED, ("S1.1",), ("S1.3",))])

    assert [link.before for link in crosswalk.links] == [("S1.1",), ("P.1",)]
    assert (crosswalk.new, crosswalk.dropped) == ((), ())


def test_an_id_that_was_given_to_another_question_is_not_matched_once_that_is_written():
    crosswalk = crosswalk_of(a_set(ONE), a_set(ONE), new=["S1.1"], dropped=["S1.1"])

    assert (crosswalk.links, crosswalk.dropped, crosswalk.new) == ((), ("S1.1",), ("S1.1",))


def test_an_id_that_is_written_about_on_one_side_only_is_not_matched_on_the_other():
    crosswalk = crosswalk_of(a_set(ONE, TWO), a_set(ONE), [Link(REWORDED, ("S1.2",), ("S1.1",))])

    assert crosswalk.onward("S1.2").question_ids == ("S1.1",)
    assert crosswalk.dropped == ("S1.1",)


def test_what_is_written_about_questions_of_a_later_edition_is_passed_over_for_an_older_one():
    written = [Link(SPLIT, ("S1.1",), ("T.4", "T.99")), Link(REWORDED, ("S1.98",), ("T.5",))]

    crosswalk = crosswalk_of(a_set(ONE), FOUR_TO_SIX, written, new=["T.6", "T.97"])

    assert crosswalk.links == (Link(SPLIT, ("S1.1",), ("T.4",)),)
    assert crosswalk.new == ("T.5", "T.6")


def test_read_the_other_way_a_split_is_a_merger_and_what_was_new_is_dropped():
    crosswalk = crosswalk_of(a_set(ONE, TWO), FOUR_TO_SIX, [Link(SPLIT, ("S1.1",), ("T.4", "T.5"))]).reversed()

    assert crosswalk.links == (Link(MERGED, ("T.4", "T.5"), ("S1.1",)),)
    assert (crosswalk.dropped, crosswalk.new) == (("T.6",), ("S1.2",))
    assert crosswalk.onward("T.5").question_ids == ("S1.1",)
    assert crosswalk.reversed().reversed() == crosswalk
