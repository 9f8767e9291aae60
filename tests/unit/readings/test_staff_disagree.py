"""The best rating, where far fewer staff agree."""

import pytest

from section11.domain.readings.staff_disagree import CHECK
from section11.domain.survey import SurveyShare
from tests.unit.readings.builders import a_return, noticed, rated, said


@pytest.mark.parametrize(("agree", "responses"), [(0, 4), (60, 100), (6, 10), (5, 5)])
def test_a_small_group_and_a_share_from_60_percent_on_say_nothing(agree, responses):
    assert noticed(CHECK, a_return(rated("S1.1"), survey={"S1.1": SurveyShare(agree, responses)})) == []


@pytest.mark.parametrize(("agree", "responses"), [(0, 5), (2, 5), (59, 100), (599, 1000)])
def test_fewer_than_60_percent_of_five_or_more_are_noticed(agree, responses):
    assert noticed(CHECK, a_return(rated("S1.1"), survey={"S1.1": SurveyShare(agree, responses)})) == [("S1.1",)]


def test_a_rating_below_the_best_says_already_that_not_all_is_well():
    assert noticed(CHECK, a_return(rated("S1.1", "mostly"), survey={"S1.1": SurveyShare(1, 10)})) == []


def test_a_share_of_an_arrangement_is_set_beside_all_its_questions():
    survey = {"S11-01": SurveyShare(4, 10)}

    assert noticed(CHECK, a_return(rated("S1.1"), rated("S2.1"), survey=survey)) == [("S1.1", "S2.1")]
    assert noticed(CHECK, a_return(rated("S1.1"), rated("S2.1", "partly"), survey=survey)) == []
    assert noticed(CHECK, a_return(survey=survey)) == []


def test_the_share_of_the_question_itself_comes_before_that_of_its_arrangement():
    survey = {"S1.1": SurveyShare(9, 10), "S2.1": SurveyShare(9, 10), "S11-01": SurveyShare(4, 10)}

    assert noticed(CHECK, a_return(rated("S1.1"), rated("S2.1"), survey=survey)) == []


def test_it_says_how_many_agree_of_how_many():
    assert said(CHECK, a_return(rated("S1.1"), survey={"S1.1": SurveyShare(14, 37)})) == (
        "Rated “Fully met”, but only 14 of 37 staff asked agree (38%). Ask why, and look at the rating again."
    )


def test_a_share_of_the_whole_partnership_says_so_and_weighs_less():
    own, other = (SurveyShare(14, 37, is_own=is_own) for is_own in (True, False))
    [of_own] = CHECK.find(a_return(rated("S1.1"), survey={"S1.1": own}))
    [of_all] = CHECK.find(a_return(rated("S1.1"), survey={"S1.1": other}))

    assert "across the whole partnership" in of_all.message
    assert of_all.weight < of_own.weight
