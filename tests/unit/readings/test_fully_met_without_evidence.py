"""The best rating, and nothing that shows it."""

from dataclasses import replace

import pytest

from section11.domain.readings.fully_met_without_evidence import CHECK
from tests.unit.readings.builders import a_return, noticed, rated, said


@pytest.mark.parametrize("filler", ["", "  ", "N/A", "n.a.", "TBC", "Yes.", "To follow", "-", "None", "In place"])
def test_an_empty_box_or_a_filler_is_noticed(filler):
    assert noticed(CHECK, a_return(rated("S1.2", evidence=filler))) == [("S1.2",)]


@pytest.mark.parametrize("text", ["See above", "As 1.1", "Policy", "Board minutes", "Audit of March 2026: 97%"])
def test_a_few_words_that_name_or_point_to_something_are_evidence(text):
    assert noticed(CHECK, a_return(rated("S1.2", evidence=text))) == []


def test_a_document_is_evidence_without_words():
    assert noticed(CHECK, a_return(rated("S1.2", evidence=""), documented=frozenset({"S1.2"}))) == []


@pytest.mark.parametrize("rating", ["mostly", "partly", "not"])
def test_a_lower_rating_may_stand_without_evidence(rating):
    assert noticed(CHECK, a_return(rated("S1.2", rating, evidence=""))) == []


def test_an_answer_brought_forward_and_not_confirmed_is_not_read():
    assert noticed(CHECK, a_return(replace(rated("S1.2", evidence=""), carried_from="2024"))) == []


def test_an_answer_to_a_question_that_is_no_longer_asked_is_not_read():
    assert noticed(CHECK, a_return(rated("S2.2", evidence=""), organisation_type="charity")) == []


def test_it_says_what_to_do_and_an_essential_question_weighs_more():
    essential, other = CHECK.find(a_return(rated("S1.1", evidence=""), rated("S1.2", evidence="")))

    assert essential.weight > other.weight
    assert other.message == "Rated “Fully met”, but no evidence is given. Say what shows it, or rate it lower."
    assert said(CHECK, a_return(rated("S1.1", evidence=""))) == essential.message
