"""The same text under many questions."""

from section11.domain.readings.same_text import CHECK
from tests.unit.readings.builders import FULL, a_return, noticed, rated, said

OTHER = "Managers checked the log in June 2026 and found every entry complete."


def test_a_short_pointer_may_stand_under_every_question():
    assert noticed(CHECK, a_return(*(rated(one, evidence="See above") for one in ("S1.1", "S1.2", "S1.3")))) == []


def test_one_text_under_two_questions_may_well_show_both():
    assert noticed(CHECK, a_return(rated("S1.1"), rated("S1.2"), rated("S1.3", evidence=OTHER))) == []


def test_one_text_under_three_questions_is_noticed_once_and_names_them():
    context = a_return(rated("S1.1"), rated("S1.2"), rated("S1.3"), rated("S2.1", evidence=OTHER))

    assert noticed(CHECK, context) == [("S1.1", "S1.2", "S1.3")]
    assert said(CHECK, context) == (
        "The same evidence stands under 3 questions: S1.1, S1.2, S1.3. Say under each what is particular to it."
    )


def test_capitals_spaces_and_punctuation_make_no_difference():
    shouted, spaced = FULL.upper(), FULL.replace(" ", "\n ").replace(".", "!")
    context = a_return(rated("S1.1"), rated("S1.2", evidence=shouted), rated("S1.3", evidence=spaced))

    assert noticed(CHECK, context) == [("S1.1", "S1.2", "S1.3")]


def test_impact_is_compared_apart_from_evidence():
    impact = "Children told us that they feel safer and know whom they can ask."
    context = a_return(*(rated(one, evidence=f"{one} {FULL}", impact=impact) for one in ("S1.1", "S1.2", "S1.3")))

    assert "The same impact on children stands under 3 questions" in said(CHECK, context)
