"""Assessments: what is missing before sign-off, how far a form is, and whether it is late."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from section11.domain.answers import Action, Answer
from section11.domain.assessments import Missing, Progress, is_late, missing_before_sign_off, progress_of
from section11.domain.standards import Standard, StandardsSet
from section11.errors import BadInputError
from tests.unit.figure_builders import RAG, SMALL_SET, dont_know_yet, not_applicable, question, rated

ALL_WELL = {one.id: rated(one.id, "fully") for one in SMALL_SET.all_questions()}
NEEDS_ACTION = "Essential and rated low. Add an action with an owner and a date."
PROMISE = Action("S1.1", what="Fill the post", owner="Chief officer", due=date(2026, 12, 1))


def missing_with(answer, *actions):
    """Return what is missing when this answer takes the place of a good one."""
    answers = ALL_WELL | {answer.question_id: answer}
    return missing_before_sign_off(SMALL_SET, "police", answers, {action.question_id: action for action in actions})


def test_a_return_with_every_question_fully_met_lacks_nothing():
    assert missing_before_sign_off(SMALL_SET, "police", ALL_WELL, {}) == []


def test_an_empty_form_lacks_every_question_it_is_asked_in_the_order_of_the_form():
    found = missing_before_sign_off(SMALL_SET, "police", {}, {})

    assert found == [Missing(one, "Not answered yet.") for one in ("S1.1", "S1.2", "S1.3", "S2.1", "S2.2")]


def test_a_question_that_is_not_asked_of_the_type_is_never_missing():
    found = missing_before_sign_off(SMALL_SET, "charity", {}, {})

    assert [one.question_id for one in found] == ["S1.1", "S1.2", "S1.3"]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (Answer("S1.2", evidence="A policy"), "Not answered yet."),
        (dont_know_yet("S1.2"), "Marked “Don't know yet”. Choose a rating."),
        (rated("S1.2", "fully", carried_from="2025"), "Brought from an earlier cycle. Confirm or change it."),
        (not_applicable("S1.2", reason=""), "Marked not applicable without a reason. Say why."),
        (not_applicable("S1.2", reason=" \n "), "Marked not applicable without a reason. Say why."),
        (rated("S1.1", "partly"), NEEDS_ACTION),
        (rated("S1.1", "not"), NEEDS_ACTION),
        (rated("S1.1", "not", carried_from="2025"), "Brought from an earlier cycle. Confirm or change it."),
    ],
)
def test_each_gap_is_named_once_with_what_to_do(answer, message):
    assert missing_with(answer) == [Missing(answer.question_id, message)]


@pytest.mark.parametrize(
    "answer",
    [
        rated("S1.1", "mostly"),
        not_applicable("S1.1"),
        rated("S1.2", "not"),
        rated("S1.2", "partly"),
        Answer("S1.1", rating="fully"),
    ],
)
def test_an_answer_that_needs_nothing_more_is_not_missing(answer):
    assert missing_with(answer) == []


def test_a_low_essential_answer_is_let_through_by_a_complete_action():
    assert missing_with(rated("S1.1", "not"), PROMISE) == []


@pytest.mark.parametrize(
    "action",
    [
        Action("S1.1"),
        Action("S1.1", what="Fill the post", owner="Chief officer"),
        Action("S1.1", what="Fill the post", due=date(2026, 12, 1)),
        Action("S1.1", what=" ", owner="Chief officer", due=date(2026, 12, 1)),
        Action("S1.2", what="Fill the post", owner="Chief officer", due=date(2026, 12, 1)),
    ],
)
def test_half_an_action_or_one_for_another_question_does_not_do(action):
    assert missing_with(rated("S1.1", "not"), action) == [Missing("S1.1", NEEDS_ACTION)]


@pytest.mark.parametrize(("rating", "found"), [("green", []), ("amber", []), ("red", [Missing("S1.1", NEEDS_ACTION)])])
def test_with_red_amber_green_only_red_needs_an_action(rating, found):
    essential = question("S1.1", essential=True, scale=RAG)
    rag_set = StandardsSet("rag", "RAG", "1", RAG, (Standard("S1", "Leadership", (essential,)),))

    assert missing_before_sign_off(rag_set, "police", {"S1.1": rated("S1.1", rating)}, {}) == found


def test_a_stored_rating_that_the_scale_does_not_have_is_refused_not_passed_over():
    with pytest.raises(BadInputError):
        missing_with(rated("S1.1", "green"))


def test_progress_counts_settled_answers_out_of_those_asked():
    answers = {
        "S1.1": rated("S1.1", "not"),
        "S1.2": not_applicable("S1.2"),
        "S1.3": dont_know_yet("S1.3"),
        "S2.1": rated("S2.1", "fully", carried_from="2025"),
    }

    assert progress_of(tuple(SMALL_SET.all_questions()), "police", answers) == Progress(settled=2, asked=5)
    assert progress_of(tuple(SMALL_SET.all_questions()), "charity", answers) == Progress(settled=2, asked=3)


def test_an_answer_to_a_question_that_is_not_asked_does_not_count():
    answers = {"S2.1": rated("S2.1", "fully")}

    assert progress_of(tuple(SMALL_SET.all_questions()), "charity", answers) == Progress(settled=0, asked=3)


@pytest.mark.parametrize(
    ("settled", "asked", "percent"),
    [(0, 56, 0), (1, 56, 1), (28, 56, 50), (55, 56, 98), (199, 200, 99), (999, 1000, 99), (56, 56, 100), (0, 0, 100)],
)
def test_percent_is_rounded_down_so_that_100_means_complete(settled, asked, percent):
    assert Progress(settled, asked).percent == percent


DUE = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("signed_at", "today", "late"),
    [
        (datetime(2026, 9, 30, 22, 59, tzinfo=UTC), date(2026, 11, 1), False),
        (datetime(2026, 10, 1, 0, 0, tzinfo=UTC), date(2026, 10, 1), True),
        (datetime(2026, 10, 1, 0, 0, tzinfo=UTC), date(2026, 9, 1), True),
        (None, date(2026, 9, 30), False),
        (None, date(2026, 10, 1), True),
    ],
)
def test_a_return_is_late_when_it_came_or_is_still_to_come_after_the_due_day(signed_at, today, late):
    assert is_late(signed_at, DUE, today) is late


def test_half_past_midnight_in_summer_time_is_already_the_next_day():
    """23:30 in UTC on 30 September is 00:30 on 1 October in England, and the page shows it so."""
    assert is_late(datetime(2026, 9, 30, 23, 30, tzinfo=UTC), DUE, date(2026, 10, 1))
