"""The types of question: what people may write, how it is kept, how it reads, and what is refused in which words."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from section11.domain.answers import Answer, Marker
from section11.domain.question_types import QUESTION_TYPES, said_words, type_of, value_words
from section11.domain.question_types.figures import of_one
from section11.domain.standards import Question
from section11.errors import BadInputError
from tests.workbooks.builders import SMALL_SET, a_question

CHOICES = {"nursery": "Day nursery", "preschool": "Nursery", "club": "Holiday club"}
"""A key that is another's label once labels change: keys never do."""
QUESTIONS = {
    "yes_no": Question("P.1", "Is there one?", {}, (), type="yes_no"),
    "number": Question("P.2", "How many?", {}, (), type="number", unit="people", least=0, most=5000),
    "percentage": Question("P.3", "What share?", {}, (), type="percentage"),
    "date": Question("P.4", "When?", {}, (), type="date"),
    "choice": Question("P.5", "Which?", {}, (), type="choice", choices=CHOICES),
    "short_text": Question("P.6", "Which post?", {}, (), type="short_text"),
    "long_text": Question("P.7", "What else?", {}, (), type="long_text"),
}


def read(kind: str, words: str) -> str:
    return type_of(QUESTIONS[kind]).read(words, QUESTIONS[kind])


def test_there_is_a_question_here_of_every_type_but_the_rating():
    assert QUESTIONS.keys() == QUESTION_TYPES.keys() - {"rating"}


@pytest.mark.parametrize(
    ("kind", "written", "kept", "words"),
    [
        ("yes_no", " YES ", "yes", "Yes"),
        ("number", "1,250", "1250", "1,250 people"),
        ("number", "1 250 people", "1250", "1,250 people"),
        ("number", "37.50", "37.5", "37.5 people"),
        ("number", "-0", "0", "0 people"),
        ("number", "1", "1", "1 person"),
        ("percentage", "87 %", "87", "87%"),
        ("percentage", "87 Per cent", "87", "87%"),
        ("percentage", "87.5 percent", "87.5", "87.5%"),
        ("percentage", "0", "0", "0%"),
        ("date", "1/3/2026", "2026-03-01", "1 March 2026"),
        ("date", "2026-03-01", "2026-03-01", "1 March 2026"),
        ("choice", "holiday  CLUB", "club", "Holiday club"),
        ("choice", "preschool", "preschool", "Nursery"),
        ("short_text", "  Head of\nSafeguarding ", "Head of Safeguarding", "Head of Safeguarding"),
        ("long_text", "One.\n\nTwo. ", "One.\n\nTwo.", "One.\n\nTwo."),
    ],
)
def test_what_people_write_is_kept_in_one_form_and_read_in_words(kind, written, kept, words):
    assert read(kind, written) == kept
    assert value_words(QUESTIONS[kind], kept) == words


def test_a_key_that_is_also_the_label_of_another_choice_means_itself():
    assert read("choice", "nursery") == "nursery"
    assert read("choice", "Day nursery") == "nursery"


@pytest.mark.parametrize(
    ("kind", "written", "sentence"),
    [
        ("yes_no", "maybe", '"maybe" is not one of the choices. Choose one of: Yes, No.'),
        ("number", "forty", '"forty" is not a number. Write digits only, for example 40 or 37.5.'),
        ("number", "1,25", '"1,25" is not a number. Write digits only, for example 40 or 37.5.'),
        ("number", "5001", "5,001 people cannot be right here. Write a number between 0 and 5,000."),
        ("number", "-1", "-1 people cannot be right here. Write a number between 0 and 5,000."),
        ("number", "0.125", '"0.125" has more than two decimal places. Round it.'),
        ("number", "9" * 60, f'"{"9" * 37}..." is too large to be right. Write the number in digits.'),
        ("percentage", "0.87", "0.87% is less than one in a hundred. Write 87 if you mean 87%, or round it."),
        ("percentage", "100.5", "100.5% cannot be right here. Write a number between 0 and 100."),
        ("date", "31/02/2026", '"31/02/2026" is not a date. Write it like 30/09/2026.'),
        ("date", "1/3/1066", "1 March 1066 cannot be right here. Write a date between 1990 and 2099."),
        ("short_text", " \x00 ", "Write a few words for question P.6."),
        ("short_text", "x" * 201, "This has 201 characters and at most 200 fit here. Shorten it."),
        ("short_text", "not  applicable", 'Empty the box and choose "not  applicable" below it, so that it is counted'),
        ("long_text", "Don’t know yet", 'Empty the box and choose "Don’t know yet" below it, so that it is counted'),
        ("long_text", "x" * 32_768, "This has 32,768 characters and at most 32,767 can be kept. Shorten it."),
    ],
)
def test_what_cannot_be_right_is_refused_in_one_sentence(kind, written, sentence):
    with pytest.raises(BadInputError) as refused:
        read(kind, written)

    assert refused.value.user_message.startswith(sentence)


@given(st.sampled_from(sorted(QUESTIONS)), st.text(max_size=60))
def test_what_was_read_once_reads_the_same_again(kind, written):
    kept = None
    with suppress(BadInputError):
        kept = read(kind, written)

    assert kept is None or read(kind, kept) == kept


def test_an_answer_is_said_by_its_marker_its_rating_or_its_value():
    rated = a_question("S1.1")

    assert said_words(rated, Answer("S1.1", marker=Marker.NOT_APPLICABLE), SMALL_SET) == "Not applicable"
    assert said_words(rated, Answer("S1.1", rating="fully_met"), SMALL_SET) == "Fully met"
    assert said_words(QUESTIONS["number"], Answer("P.2", value="40"), SMALL_SET) == "40 people"
    assert said_words(rated, Answer("S1.1"), SMALL_SET) == ""


@pytest.mark.parametrize("unit", ["", "people", "deputies", "hours a week", "premises"])
@pytest.mark.parametrize("value", ["0", "1", "2", "1250", "37.5"])
def test_a_number_is_read_back_from_the_words_it_is_written_in(unit, value):
    question = Question("P.1", "How many?", {}, (), type="number", unit=unit, least=0)

    words = value_words(question, value)

    assert type_of(question).read(words, question) == value


@pytest.mark.parametrize(
    ("unit", "one"),
    [
        ("people", "person"),
        ("children", "child"),
        ("hours a week", "hour a week"),
        ("services", "service"),
        ("policies", "policy"),
        ("classes", "class"),
        ("staff", "staff"),
        ("premises", "premises"),
        ("", ""),
    ],
)
def test_one_of_something_is_said_in_the_singular(unit, one):
    assert of_one(unit) == one
