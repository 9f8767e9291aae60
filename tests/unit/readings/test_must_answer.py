"""Not applicable where an answer is expected."""

import pytest

from section11.domain.organisations import DutyBasis
from section11.domain.readings.must_answer import CHECK
from tests.unit.readings.builders import a_return, left_out, noticed, rated, said

NOT_UNDER_THE_DUTY = [DutyBasis.EQUIVALENT, DutyBasis.COMMISSIONED, DutyBasis.VOLUNTARY]


def test_an_ordinary_question_may_be_left_out_with_a_reason():
    assert noticed(CHECK, a_return(left_out("S1.2"), rated("S1.3"))) == []


def test_an_essential_question_that_is_left_out_is_noticed():
    assert noticed(CHECK, a_return(left_out("S1.1"), rated("S1.2"), rated("S2.1"))) == [("S1.1",)]


def test_an_arrangement_left_wholly_out_is_noticed_once_for_all_its_questions():
    context = a_return(left_out("S1.1"), left_out("S2.1"), rated("S1.2"))

    assert noticed(CHECK, context) == [("S1.1", "S2.1")]
    assert said(CHECK, context).startswith("Every question about “Senior leadership” is marked not applicable")


@pytest.mark.parametrize("duty", NOT_UNDER_THE_DUTY)
def test_without_the_section_11_duty_only_essential_questions_are_asked_about(duty):
    assert noticed(CHECK, a_return(left_out("S1.1"), left_out("S2.1"), duty=duty)) == [("S1.1",), ("S2.1",)]
    everything_else = (left_out("S1.2"), left_out("S1.3"), left_out("S2.2"), rated("S1.1"))
    assert noticed(CHECK, a_return(*everything_else, duty=duty)) == []


def test_what_the_type_is_not_asked_is_no_gap():
    assert noticed(CHECK, a_return(rated("S1.1"), rated("S1.2"), organisation_type="charity")) == []
    # A charity is asked S1.1 alone of the first arrangement.
    assert noticed(CHECK, a_return(left_out("S1.1"), rated("S1.2"), organisation_type="charity")) == [("S1.1",)]
