"""Two ratings better than last time, with nothing new that shows it."""

import pytest

from section11.domain.crosswalks import LinkKind, TrendBreak
from section11.domain.readings.jump import CHECK
from tests.unit.readings.builders import FULL, a_return, earlier, noticed, rated, said

LOW = rated("S1.2", "partly")
NEW = "Since January 2026 two trained managers check every record each quarter."


def since(before, now, **how):
    return a_return(now, earlier={"S1.2": earlier(before, **how)})


def test_without_a_last_return_there_is_no_jump():
    assert noticed(CHECK, a_return(rated("S1.2"))) == []


@pytest.mark.parametrize(("before", "now"), [("mostly", "fully"), ("partly", "mostly"), ("not", "partly")])
def test_one_step_is_no_jump(before, now):
    assert noticed(CHECK, since(rated("S1.2", before), rated("S1.2", now))) == []


def test_two_steps_down_are_no_jump():
    assert noticed(CHECK, since(rated("S1.2", "fully"), rated("S1.2", "partly"))) == []


@pytest.mark.parametrize("evidence", [FULL, "", FULL.upper(), FULL + " Still true.", "The board agreed all points."])
def test_two_steps_up_with_the_same_words_or_fewer_are_noticed(evidence):
    assert noticed(CHECK, since(LOW, rated("S1.2", evidence=evidence))) == [("S1.2",)]


def test_new_evidence_or_a_new_impact_explains_it():
    assert noticed(CHECK, since(LOW, rated("S1.2", evidence=f"{FULL} {NEW}"))) == []
    assert noticed(CHECK, since(LOW, rated("S1.2", impact=NEW))) == []


def test_a_document_explains_it():
    context = a_return(rated("S1.2"), earlier={"S1.2": earlier(LOW)}, documented=frozenset({"S1.2"}))

    assert noticed(CHECK, context) == []


def test_a_reworded_question_on_the_same_scale_is_compared():
    how = {"kind": LinkKind.REWORDED, "breaks": (TrendBreak.QUESTION,)}

    assert noticed(CHECK, since(LOW, rated("S1.2"), **how)) == [("S1.2",)]


@pytest.mark.parametrize(
    "how",
    [
        {"kind": LinkKind.SAME, "breaks": (TrendBreak.SCALE,)},
        {"kind": LinkKind.SPLIT, "breaks": (TrendBreak.QUESTION,)},
        {"kind": LinkKind.MERGED, "breaks": (TrendBreak.QUESTION,)},
        {"kind": None},
    ],
)
def test_another_scale_or_another_question_is_not_compared(how):
    assert noticed(CHECK, since(LOW, rated("S1.2"), **how)) == []


def test_it_says_both_ratings_and_when():
    assert said(CHECK, since(LOW, rated("S1.2"))) == (
        "“Partly met” in 2024, “Fully met” now, and the evidence says nothing new. Say what changed since."
    )
