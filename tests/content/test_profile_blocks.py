"""The facts and figures at the end of each set: short, numbers with units, and nothing that identifies a person."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from section11.config import PROJECT_DIR
from section11.domain.question_types import QUESTION_TYPES
from section11.domain.standards import Question, Standard
from tests.shipped import LIBRARY, TYPES

SETS = {set_id: LIBRARY.load(set_id) for set_id in LIBRARY.set_ids()}
BLOCKS: dict[str, Standard] = {set_id: one.standards[-1] for set_id, one in SETS.items()}
QUESTIONS = [(set_id, question) for set_id, block in BLOCKS.items() for question in block.questions]

MOST_QUESTIONS = {
    "childminders-2026": 5,
    "early-years-2026": 6,
    "education-2026": 9,
    "eight-standards": 8,
    "section11-2018": 8,
    "section11-2026": 10,
    "voluntary-2026": 5,
}
"""More would be a burden: these are the most that one organisation may be asked."""

every_set = pytest.mark.parametrize("set_id", sorted(SETS))


def each(questions: list[tuple[str, Question]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("set_id", "question"), questions, ids=lambda one: getattr(one, "id", one))


def of_type(key: str) -> list[tuple[str, Question]]:
    return [(set_id, question) for set_id, question in QUESTIONS if question.type == key]


every_question = each(QUESTIONS)


def texts_of(question: Question) -> str:
    return " ".join([question.text, question.help, question.unit, *question.choices.values()])


def test_every_set_has_a_block():
    assert MOST_QUESTIONS.keys() == SETS.keys()


@every_set
def test_the_block_comes_last_and_nothing_in_it_is_rated(set_id):
    listed = (PROJECT_DIR / "standards" / set_id / "set.yaml").read_text(encoding="utf-8").rstrip().splitlines()

    assert listed[-1] == "  - p-profile.yaml"
    assert BLOCKS[set_id].id == "P"
    assert BLOCKS[set_id].title.startswith("About you")
    assert [question.id for question in BLOCKS[set_id].questions if question.is_rated] == []


@every_set
def test_everything_before_the_block_is_rated(set_id):
    before = chain.from_iterable(standard.questions for standard in SETS[set_id].standards[:-1])

    assert [question.id for question in before if not question.is_rated] == []


@every_set
def test_ids_count_up(set_id):
    ids = [question.id for question in BLOCKS[set_id].questions]

    assert ids == [f"P.{number}" for number in range(1, len(ids) + 1)]


@every_set
def test_a_block_is_short(set_id):
    assert len(BLOCKS[set_id].questions) <= MOST_QUESTIONS[set_id]


@every_set
def test_every_type_that_usually_answers_a_set_is_asked_something_it_must_answer(set_id):
    answering = [key for key in TYPES.keys if TYPES.usual_set_ids.get(key, TYPES.usual_set_ids["*"]) == set_id]

    for organisation_type in answering:
        asked = BLOCKS[set_id].questions_for(organisation_type)
        assert [question.id for question in asked if not question.optional], organisation_type


@every_question
def test_a_question_reads_as_a_question_and_says_what_to_count_or_write(set_id, question):
    assert question.text.endswith("?")
    assert len(question.text) <= 150
    assert 0 < len(question.help) <= 240


@every_question
def test_no_question_asks_for_a_name(set_id, question):
    """Where names are spoken of at all, it is to say that they are not wanted."""
    asking = [part for part in re.split(r"(?<=[.?;])\s+", texts_of(question)) if re.search(r"\bnames?\b", part)]

    assert [part for part in asking if not re.search(r"\b(never|no|without)\b.*\bnames?\b", part)] == []


@every_question
def test_no_question_asks_for_what_identifies_a_person(set_id, question):
    identifying = re.compile(
        r"\b(e-?mail|telephone|phone number|address|born|birth|age of|national insurance|unique pupil|postcode"
        r"|registration number|URN|initials|signature)\b",
        re.IGNORECASE,
    )

    assert not identifying.search(texts_of(question))


@each(of_type("short_text"))
def test_a_few_words_are_asked_for_only_to_name_a_post(set_id, question):
    assert question.text.startswith("Which post")


@each(of_type("number"))
def test_every_number_has_a_unit_and_bounds(set_id, question):
    assert question.unit
    assert question.least is not None
    assert question.most is not None
    assert 0 <= question.least < question.most


@every_question
def test_what_may_be_left_out_says_when(set_id, question):
    may_be_empty = "leave this empty" in question.help

    assert may_be_empty == (question.optional and question.type != "long_text")


@every_question
def test_facts_test_no_arrangement(set_id, question):
    """A figure is not yet an arrangement: the rated questions test those."""
    assert question.arrangements == ()
    assert question.references == ()


def test_every_type_of_question_is_used_in_the_sets_of_2026():
    used = {
        question.type for set_id, one in SETS.items() if set_id.endswith("-2026") for question in one.all_questions()
    }

    assert used == QUESTION_TYPES.keys()


def test_the_three_sets_for_agencies_ask_for_the_same_facts_under_the_same_ids():
    facts = {question.id: question for question in BLOCKS["section11-2026"].questions}

    for set_id in ("section11-2018", "eight-standards"):
        assert {question.id: facts[question.id] for question in BLOCKS[set_id].questions} == {
            question.id: question for question in BLOCKS[set_id].questions
        }


def test_only_schools_that_may_be_academies_are_asked_about_a_trust():
    trust = SETS["education-2026"].questions_by_id["P.4"]

    assert "trust" in trust.text
    assert not trust.is_asked_of("school-maintained")
    assert not trust.is_asked_of("school-independent")
    assert trust.is_asked_of("school-academy")
