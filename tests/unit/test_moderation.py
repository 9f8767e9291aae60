"""Judgements: what one lacks, when it is out of date, and what one or two moderators come to. Tables by hand."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from section11.domain.answers import Answer, Marker
from section11.domain.moderation import (
    EvidenceQuality,
    Moderation,
    Said,
    Seat,
    Standing,
    differs,
    missing_in,
    moderated_questions,
    said_by_question,
    standing_of,
)
from section11.domain.moderation_panel import (
    SeatHolder,
    is_seat_done,
    may_judge_now,
    needs_agreement,
    outcome_of,
    progress_in_seat,
    seats_for,
    visible_seats,
)
from section11.domain.snapshots import SignedEvidence
from tests.unit.figure_builders import SMALL_SET

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FIRST, SECOND, AGREED = Seat.FIRST, Seat.SECOND, Seat.AGREED
TWO = (FIRST, SECOND)
TESTED, ASSERTED = EvidenceQuality.TESTED, EvidenceQuality.ASSERTED
RATED = Answer("S1.1", rating="fully", version=2)
NOT_APPLICABLE = Answer("S1.1", marker=Marker.NOT_APPLICABLE, reason="No children.", version=2)
UNANSWERED = Answer("S1.1")


def judged(rating="fully", *, quality=TESTED, reason="", of=2, seat=FIRST, no_rating=False):
    """Return a stored judgement of version 2 of an answer."""
    rating = None if no_rating else rating
    return Moderation("S1.1", seat, rating, no_rating, quality, reason, answer_version=of, version=1)


def test_the_qualities_of_evidence_stand_in_order_from_nothing_to_impact():
    assert [one.value for one in EvidenceQuality] == ["none", "asserted", "documented", "tested", "shows_impact"]


RATING, QUALITY = "Choose the moderated rating.", "Choose the quality of the evidence."
REASON = "Say why the rating differs from the organisation's own."


@pytest.mark.parametrize(
    ("moderation", "answer", "missing"),
    [
        (judged(None, quality=None), RATED, [RATING, QUALITY]),
        (judged(None), RATED, [RATING]),
        (judged("fully"), RATED, []),
        (judged("fully", quality=None), RATED, [QUALITY]),
        (judged("partly"), RATED, [REASON]),
        (judged("partly", reason="  "), RATED, [REASON]),
        (judged("partly", reason="One team only."), RATED, []),
        # Not applicable and unanswered are judged too: both agree that no rating belongs there, or one is given.
        (judged(no_rating=True, quality=None), NOT_APPLICABLE, []),
        (judged("partly"), NOT_APPLICABLE, [REASON]),
        (judged("partly", reason="It applies."), NOT_APPLICABLE, []),
        (judged(no_rating=True, quality=None), RATED, [REASON]),
        (judged(no_rating=True, quality=None), UNANSWERED, []),
        (judged("not", reason="It is asked."), UNANSWERED, []),
    ],
)
def test_a_judgement_says_what_it_still_lacks(moderation, answer, missing):
    assert missing_in(moderation, answer) == missing


def test_without_a_verdict_nothing_differs_yet():
    assert not differs(Moderation("S1.1"), RATED)
    assert differs(judged("partly"), RATED)
    assert not differs(judged(no_rating=True), NOT_APPLICABLE)


@pytest.mark.parametrize(
    ("moderation", "answer", "standing"),
    [
        (None, RATED, Standing.NOT_JUDGED),
        (Moderation("S1.1"), RATED, Standing.NOT_JUDGED),
        (judged("partly"), RATED, Standing.INCOMPLETE),
        (judged("fully"), RATED, Standing.JUDGED),
        (judged("fully", of=1), RATED, Standing.OUT_OF_DATE),
        (judged("partly", of=1), RATED, Standing.OUT_OF_DATE),
        (judged("fully", of=0), RATED, Standing.OUT_OF_DATE),
        (judged(no_rating=True, of=0), UNANSWERED, Standing.JUDGED),
    ],
)
def test_a_judgement_holds_only_for_the_version_it_judged(moderation, answer, standing):
    assert standing_of(moderation, Said(answer)) is standing


POLICY, NEWER_POLICY, PLAN = SignedEvidence("e1", 1), SignedEvidence("e1", 2), SignedEvidence("e2", 1)


@pytest.mark.parametrize(
    ("judged_with", "now", "standing"),
    [
        ((), (), Standing.JUDGED),
        ((POLICY,), (POLICY,), Standing.JUDGED),
        ((POLICY, PLAN), (POLICY, PLAN), Standing.JUDGED),
        ((), (POLICY,), Standing.OUT_OF_DATE),
        ((POLICY,), (), Standing.OUT_OF_DATE),
        ((POLICY,), (POLICY, PLAN), Standing.OUT_OF_DATE),
        ((POLICY,), (PLAN,), Standing.OUT_OF_DATE),
        ((POLICY,), (NEWER_POLICY,), Standing.OUT_OF_DATE),
        ((NEWER_POLICY,), (POLICY,), Standing.OUT_OF_DATE),
    ],
)
def test_a_judgement_holds_only_for_the_evidence_it_judged(judged_with, now, standing):
    moderation = replace(judged(), attached=judged_with)

    assert standing_of(moderation, Said(RATED, now)) is standing
    assert (outcome_of("S1.1", {FIRST: {"S1.1": moderation}}, Said(RATED, now), seats=(FIRST,)) is None) is (
        standing is Standing.OUT_OF_DATE
    )


@pytest.mark.parametrize(
    ("own", "done", "seats", "sees"),
    [
        (None, (), (FIRST,), {FIRST, AGREED}),
        (FIRST, (), (FIRST,), {FIRST, AGREED}),
        (None, (), TWO, set()),
        (FIRST, (), TWO, {FIRST}),
        (SECOND, (), TWO, {SECOND}),
        (FIRST, (FIRST,), TWO, {FIRST}),
        (FIRST, (SECOND,), TWO, {FIRST}),
        (SECOND, (FIRST,), TWO, {SECOND}),
        (None, (FIRST,), TWO, set()),
        (FIRST, TWO, TWO, {FIRST, SECOND, AGREED}),
        (SECOND, TWO, TWO, {FIRST, SECOND, AGREED}),
        (None, TWO, TWO, {FIRST, SECOND, AGREED}),
    ],
)
def test_a_person_sees_their_own_seat_and_everything_once_both_are_done(own, done, seats, sees):
    assert visible_seats(own, done, seats=seats) == sees


@pytest.mark.parametrize(
    ("holder", "standing", "may"),
    [
        (None, Standing.JUDGED, True),
        (SeatHolder("ann"), Standing.JUDGED, True),
        (SeatHolder("ann", NOW), Standing.JUDGED, False),
        (SeatHolder("ann", NOW), Standing.OUT_OF_DATE, True),
        (SeatHolder("ann", NOW), Standing.INCOMPLETE, True),
        (SeatHolder("ann", NOW), Standing.NOT_JUDGED, True),
    ],
)
def test_after_being_done_only_what_is_not_judged_any_more_may_be_judged(holder, standing, may):
    assert may_judge_now(holder, standing) is may


@pytest.mark.parametrize(
    ("first", "second", "agreed", "outcome", "needed"),
    [
        # rating, quality of each; what counts; whether an agreement is needed
        (("fully", TESTED), ("fully", TESTED), None, ("fully", TESTED), False),
        (("fully", TESTED), ("partly", TESTED), None, None, True),
        (("fully", TESTED), ("fully", ASSERTED), None, None, True),
        (("fully", TESTED), ("partly", TESTED), ("mostly", ASSERTED), ("mostly", ASSERTED), True),
        (("fully", TESTED), ("fully", TESTED), ("not", ASSERTED), ("fully", TESTED), False),
        (("fully", TESTED), None, None, None, False),
        (None, None, ("fully", TESTED), None, False),
    ],
)
def test_two_moderators_come_to_what_is_the_same_or_agreed_on(first, second, agreed, outcome, needed):
    given = {FIRST: first, SECOND: second, AGREED: agreed}
    judgements = {
        seat: {"S1.1": judged(pair[0], quality=pair[1], reason="Why.", seat=seat)} if pair else {}
        for seat, pair in given.items()
    }

    found = outcome_of("S1.1", judgements, Said(RATED), seats=TWO)

    assert (found and (found.rating, found.evidence_quality)) == outcome
    assert needs_agreement("S1.1", judgements, Said(RATED), seats=TWO) is needed


def test_an_outcome_never_rests_on_a_judgement_of_an_older_answer():
    for old in TWO:
        judgements = {seat: {"S1.1": judged(seat=seat, of=1 if seat is old else 2)} for seat in TWO}
        assert outcome_of("S1.1", judgements, Said(RATED), seats=TWO) is None
    differing = {FIRST: {"S1.1": judged()}, SECOND: {"S1.1": judged("partly", reason="Why.", seat=SECOND)}}
    old_agreement = {AGREED: {"S1.1": judged("mostly", reason="Why.", of=1, seat=AGREED)}}
    assert outcome_of("S1.1", differing | old_agreement, Said(RATED), seats=TWO) is None


def test_reasons_of_two_who_are_of_one_mind_are_both_kept_and_equal_ones_once():
    def both(one, other):
        judgements = {FIRST: {"S1.1": judged(reason=one)}, SECOND: {"S1.1": judged(reason=other, seat=SECOND)}}
        return outcome_of("S1.1", judgements, Said(RATED), seats=TWO).reason

    assert both("Seen.", "Read.") == "Seen.\nRead."
    assert both("Seen.", "Seen. ") == "Seen."
    assert both("", "Read.") == "Read."


def test_one_moderators_judgement_stands_by_itself():
    assert seats_for(1) == (FIRST,)
    assert outcome_of("S1.1", {FIRST: {"S1.1": judged()}}, Said(RATED), seats=seats_for(1)) == judged()


def test_progress_counts_what_is_judged_and_up_to_date_and_a_seat_is_done_only_with_all_of_it():
    questions = moderated_questions(SMALL_SET, "police")
    answers = {one.id: Answer(one.id, rating="fully", version=1) for one in questions}
    all_judged = {
        one.id: Moderation(one.id, FIRST, "fully", evidence_quality=TESTED, answer_version=1, version=1)
        for one in questions
    }
    changed = answers | {"S1.2": Answer("S1.2", rating="fully", version=2)}

    complete, without_one = (
        progress_in_seat(questions, all_judged, said_by_question(questions, each, {})) for each in (answers, changed)
    )

    assert (complete.judged, complete.of) == (5, 5)
    assert (without_one.judged, without_one.of) == (4, 5)
    assert is_seat_done(SeatHolder("ann", NOW), complete)
    assert not is_seat_done(SeatHolder("ann", NOW), without_one)
    assert not is_seat_done(SeatHolder("ann"), complete)
    assert not is_seat_done(None, complete)


def test_only_rated_questions_that_are_asked_are_moderated():
    assert [one.id for one in moderated_questions(SMALL_SET, "charity")] == ["S1.1", "S1.2", "S1.3"]
