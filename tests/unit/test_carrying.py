"""Carrying answers forward: what comes along through the crosswalk, and what has to be said anew."""

from __future__ import annotations

from dataclasses import replace

from section11.domain.answers import LONGEST_TEXT, Answer, AnswerState, Marker, state_of
from section11.domain.carrying import carried_answers, earlier_answers
from section11.domain.crosswalks import Link, LinkKind, crosswalk_of
from section11.domain.scales import Rating, RatingScale, Tone
from section11.domain.standards import Question, Standard, StandardsSet
from tests.workbooks.builders import SCALE, a_question

KIND = {"nursery": "Day nursery", "club": "Holiday club"}
PLACES = Question("P.1", "How many places?", {}, (), type="number", unit="places")
SETTING = Question("P.2", "Which kind?", {}, (), type="choice", choices=KIND)


def a_set(*questions: Question, set_id: str = "small", scale: RatingScale = SCALE) -> StandardsSet:
    return StandardsSet(set_id, "A set", "1", scale, (Standard("S1", "One", questions),))


def carried(before: StandardsSet, after: StandardsSet, answers: list[Answer], *links: Link, kind: str = "police"):
    crosswalk = crosswalk_of(before, after, links)
    found = carried_answers(crosswalk, kind, {one.question_id: one for one in answers}, "2024")
    return {one.question_id: one for one in found}


SAME = a_set(a_question("S1.1"), a_question("S1.2"), PLACES, SETTING)
RATED = Answer("S1.1", rating="mostly_met", evidence="Minutes", impact="Calmer", version=7, updated_by="ann")


def test_an_answer_comes_along_whole_marked_with_its_cycle_and_counts_as_not_confirmed():
    found = carried(SAME, SAME, [RATED])

    assert found == {"S1.1": replace(RATED, version=0, carried_from="2024")}
    assert state_of(SAME.questions_by_id["S1.1"], "police", found["S1.1"]) is AnswerState.NOT_CONFIRMED


def test_a_reworded_question_keeps_its_rating_for_the_person_to_confirm():
    after = a_set(a_question("S9.1", text="Asked in other words?"))

    found = carried(SAME, after, [RATED], Link(LinkKind.REWORDED, ("S1.1",), ("S9.1",)))

    assert (found["S9.1"].rating, found["S9.1"].evidence) == ("mostly_met", "Minutes")


def test_the_texts_of_a_question_that_was_split_come_along_to_each_part_and_its_rating_does_not():
    after = a_set(a_question("S9.1"), a_question("S9.2"))

    found = carried(SAME, after, [RATED], Link(LinkKind.SPLIT, ("S1.1",), ("S9.1", "S9.2")))

    assert {key: (one.rating, one.evidence) for key, one in found.items()} == {
        "S9.1": (None, "Minutes"),
        "S9.2": (None, "Minutes"),
    }


def test_the_texts_of_questions_that_were_merged_stand_below_each_other_under_their_ids():
    after = a_set(a_question("S9.1"))
    second = Answer("S1.2", rating="fully_met", evidence="Survey")

    found = carried(SAME, after, [RATED, second], Link(LinkKind.MERGED, ("S1.1", "S1.2"), ("S9.1",)))

    assert found["S9.1"].evidence == "S1.1: Minutes\n\nS1.2: Survey"
    assert (found["S9.1"].rating, found["S9.1"].impact) == (None, "S1.1: Calmer")


def test_texts_that_were_merged_are_shortened_to_what_one_answer_can_hold_and_say_so():
    after = a_set(a_question("S9.1"))
    long = [Answer(key, rating="fully_met", evidence=key[-1] * 20_000) for key in ("S1.1", "S1.2")]

    found = carried(SAME, after, long, Link(LinkKind.MERGED, ("S1.1", "S1.2"), ("S9.1",)))

    assert len(found["S9.1"].evidence) <= LONGEST_TEXT
    assert found["S9.1"].evidence.count("(shortened; the whole text is in last time's return)") == 2


def test_an_organisation_that_answers_another_set_now_brings_nothing_along_by_mere_ids():
    unlike = a_set(a_question("S1.1", text="About something else?"), a_question("S1.2", text="And this?"), set_id="new")

    assert carried(SAME, unlike, [RATED]) == {}


def test_a_rating_of_another_scale_stays_behind_even_if_its_key_is_the_same():
    other = RatingScale("other", "Other", (*SCALE.ratings[:3], Rating("not_met", "No", "Nothing.", Tone.NONE)))

    found = carried(SAME, a_set(a_question("S1.1"), scale=other), [RATED])

    assert (found["S1.1"].rating, found["S1.1"].evidence) == (None, "Minutes")


def test_a_value_comes_along_only_while_unit_and_choices_are_the_same():
    answers = [Answer("P.1", value="40"), Answer("P.2", value="club")]
    after = a_set(replace(PLACES, unit="children"), SETTING)

    assert carried(SAME, after, answers) == {"P.2": Answer("P.2", value="club", carried_from="2024")}


def test_not_applicable_comes_along_with_its_reason_and_dont_know_yet_is_left_behind():
    answers = [
        Answer("S1.1", marker=Marker.NOT_APPLICABLE, reason="We buy nothing."),
        Answer("S1.2", marker=Marker.DONT_KNOW_YET),
    ]

    found = carried(SAME, SAME, answers)

    assert found.keys() == {"S1.1"}
    assert (found["S1.1"].marker, found["S1.1"].reason) == (Marker.NOT_APPLICABLE, "We buy nothing.")


def test_a_question_that_this_kind_of_organisation_is_no_longer_asked_gets_nothing():
    after = a_set(a_question("S1.1", not_asked_of=frozenset({"police"})))

    assert carried(SAME, after, [RATED]) == {}


def test_what_was_answered_last_time_is_found_for_every_question_that_stands_for_it():
    after = a_set(a_question("S9.1"), a_question("S9.3"))
    crosswalk = crosswalk_of(SAME, after, [Link(LinkKind.MERGED, ("S1.1", "S1.2"), ("S9.1",), "Asked as one now.")])

    match, found = earlier_answers(crosswalk, {"S1.1": RATED, "S1.2": Answer("S1.2")}, "S9.1")

    assert (match.kind, match.note) == (LinkKind.MERGED, "Asked as one now.")
    assert [one.answer for one in found] == [RATED]
    assert earlier_answers(crosswalk, {"S1.1": RATED}, "S9.3")[1] == ()
