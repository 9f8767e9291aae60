"""Words that may identify somebody, wherever in an answer they stand."""

from dataclasses import replace

import pytest

from section11.domain.answers import Answer
from section11.domain.readings.identifying import CHECK
from tests.unit.readings.builders import a_return, action, left_out, noticed, rated, said


def test_posts_and_bodies_are_nobody():
    answers = (rated("S1.1", evidence="The Director of Children's Services chairs the board."), left_out("S1.2"))

    assert noticed(CHECK, a_return(*answers, actions=(action("S1.1"),))) == []


@pytest.mark.parametrize(
    "answer",
    [
        rated("S1.1", evidence="Mr Smith leads."),
        rated("S1.1", impact="Kai (aged 7) told us."),
        left_out("S1.1", reason="Miss Jane Doe says so."),
        Answer("S1.1", value="Mr Smith"),
    ],
)
def test_a_name_in_any_text_of_an_answer_is_noticed_without_repeating_it(answer):
    context = a_return(answer)

    assert noticed(CHECK, context) == [("S1.1",)]
    assert said(CHECK, context) == (
        "The text may identify somebody (a name). Name a post instead, and leave children unnamed."
    )


def test_a_name_in_an_action_is_noticed():
    named = replace(action("S1.1"), owner="Mr Smith")

    assert noticed(CHECK, a_return(rated("S1.1"), actions=(named,))) == [("S1.1",)]


def test_an_answer_brought_forward_and_not_confirmed_is_not_read():
    assert noticed(CHECK, a_return(replace(rated("S1.1", evidence="Mr Smith"), carried_from="2024"))) == []


def test_every_kind_is_named_once():
    text = "Mr Smith and Mr Jones, NHS 943 476 5919"

    assert "(a name, an NHS number)" in said(CHECK, a_return(rated("S1.1", evidence=text)))
