"""Answers: the six states of a question, which must never be taken for one another."""

from __future__ import annotations

from datetime import date

import pytest

from section11.domain.answers import STATE_TITLES, Action, Answer, AnswerState, Marker, state_of
from section11.domain.standards import Question

ASKED_OF_ALL = Question("S1.1", "Is it so?", {}, ())
NOT_FOR_CHARITIES = Question("S1.2", "Is it so?", {}, (), not_asked_of=frozenset({"charity"}))
ONLY_FOR_SCHOOLS = Question("S1.3", "Is it so?", {}, (), asked_of=frozenset({"school"}))
FOR_SCHOOLS_YET_NOT = Question("S1.4", "?", {}, (), asked_of=frozenset({"school"}), not_asked_of=frozenset({"school"}))


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (None, AnswerState.NOT_ANSWERED),
        (Answer("S1.1"), AnswerState.NOT_ANSWERED),
        (Answer("S1.1", evidence="A policy", impact="Fewer waits"), AnswerState.NOT_ANSWERED),
        (Answer("S1.1", reason="We have no staff"), AnswerState.NOT_ANSWERED),
        (Answer("S1.1", evidence="From last time", carried_from="2025"), AnswerState.NOT_ANSWERED),
        (Answer("S1.1", rating="met"), AnswerState.RATED),
        (Answer("S1.1", marker=Marker.NOT_APPLICABLE), AnswerState.NOT_APPLICABLE),
        (Answer("S1.1", marker=Marker.DONT_KNOW_YET), AnswerState.DONT_KNOW_YET),
        (Answer("S1.1", rating="met", carried_from="2025"), AnswerState.NOT_CONFIRMED),
        (Answer("S1.1", marker=Marker.NOT_APPLICABLE, carried_from="2025"), AnswerState.NOT_CONFIRMED),
        (Answer("S1.1", marker=Marker.DONT_KNOW_YET, carried_from="2025"), AnswerState.NOT_CONFIRMED),
    ],
)
def test_an_answer_has_exactly_one_state(answer, state):
    assert state_of(ASKED_OF_ALL, "police", answer) is state


@pytest.mark.parametrize(
    ("question", "organisation_type", "is_asked"),
    [
        (ASKED_OF_ALL, "police", True),
        (NOT_FOR_CHARITIES, "police", True),
        (NOT_FOR_CHARITIES, "charity", False),
        (ONLY_FOR_SCHOOLS, "school", True),
        (ONLY_FOR_SCHOOLS, "police", False),
        (FOR_SCHOOLS_YET_NOT, "school", False),
    ],
)
def test_a_type_is_asked_unless_it_is_left_out(question, organisation_type, is_asked):
    expected = AnswerState.NOT_ANSWERED if is_asked else AnswerState.NOT_ASKED

    assert question.is_asked_of(organisation_type) is is_asked
    assert state_of(question, organisation_type, None) is expected


def test_an_answer_left_over_from_before_the_type_changed_does_not_make_the_question_asked():
    assert state_of(NOT_FOR_CHARITIES, "charity", Answer("S1.2", rating="met")) is AnswerState.NOT_ASKED


def test_every_state_has_its_own_words():
    assert set(STATE_TITLES) == set(AnswerState)
    assert len(set(STATE_TITLES.values())) == 7


@pytest.mark.parametrize(
    "answer",
    [
        Answer("S1.1", rating="met"),
        Answer("S1.1", marker=Marker.DONT_KNOW_YET),
        Answer("S1.1", reason="r"),
        Answer("S1.1", evidence="e"),
        Answer("S1.1", impact="i"),
    ],
)
def test_an_answer_with_anything_in_it_is_not_empty(answer):
    assert Answer("S1.1", version=3, carried_from="2025").is_empty
    assert not answer.is_empty


@pytest.mark.parametrize(
    ("action", "is_empty", "is_complete"),
    [
        (Action("S1.1"), True, False),
        (Action("S1.1", what="  ", owner="\n"), True, False),
        (Action("S1.1", what="Train all staff"), False, False),
        (Action("S1.1", what="Train all staff", owner="Head of HR"), False, False),
        (Action("S1.1", owner="Head of HR", due=date(2026, 12, 1)), False, False),
        (Action("S1.1", what="Train all staff", owner=" ", due=date(2026, 12, 1)), False, False),
        (Action("S1.1", due=date(2026, 12, 1)), False, False),
        (Action("S1.1", what="Train all staff", owner="Head of HR", due=date(2026, 12, 1)), False, True),
    ],
)
def test_an_action_is_complete_only_with_what_who_and_when(action, is_empty, is_complete):
    assert (action.is_empty, action.is_complete) == (is_empty, is_complete)
