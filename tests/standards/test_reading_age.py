"""The reading age of sets: the measure on sentences counted by hand, and the limit of every set that is shipped."""

from __future__ import annotations

import pytest

from section11.definitions.reading_age import (
    Limit,
    hardest,
    measured_texts,
    median_age,
    read_limits,
    reading_age,
    too_hard,
)
from section11.domain.standards import Question, Standard, StandardsSet
from section11.errors import ProblemsFoundError
from tests.shipped import LIBRARY
from tests.unit.figure_builders import RAG

LIMITS = read_limits(LIBRARY.folder)


def by_hand(*, words: int, sentences: int, syllables: int) -> float:
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59 + 5


@pytest.mark.parametrize(
    ("text", "words", "sentences", "syllables"),
    [
        ("The cat sat on the mat.", 6, 1, 6),
        ("Who leads? A trustee does.", 5, 2, 6),
        ("A heading without a full stop", 6, 1, 8),
        ("Open until 8.30am. Then call.", 5, 2, 9),
        ("Safeguarding training", 2, 1, 5),
        ("The manager's front-line staff", 4, 1, 7),
        ("Do you check and/or ask?", 6, 1, 6),
        ("Over 90% knew", 5, 1, 7),
        ("Ask the DSL", 3, 1, 5),
        ('They say "Why?" and ask.', 5, 2, 5),
    ],
)
def test_a_text_is_counted_as_it_is_said(text, words, sentences, syllables):
    assert reading_age(text) == pytest.approx(by_hand(words=words, sentences=sentences, syllables=syllables))


def test_longer_sentences_and_longer_words_need_an_older_reader():
    plain = reading_age("Do you tell new staff whom to ask? Do they do so?")
    longer = reading_age("Do you tell new staff whom to ask and do they do so?")
    harder = reading_age("Are arrangements for induction communicated to employees? Are they operational?")

    assert plain < longer < harder


def test_question_help_and_each_descriptor_are_texts_of_their_own():
    rated = Question("S1.1", "Is there a lead?", {"green": "Yes.", "red": "No."}, (), help="Give the post.")
    number = Question("S1.2", "How many help?", {}, (), type="number", unit="people")
    small = StandardsSet("small", "Small", "1", RAG, (Standard("S1", "Lead", (rated, number)),))

    texts = measured_texts(small)

    assert [(one.question_id, one.part, one.rating, one.text) for one in texts] == [
        ("S1.1", "question", "", "Is there a lead?"),
        ("S1.1", "help", "", "Give the post."),
        ("S1.1", "descriptor", "Green", "Yes."),
        ("S1.1", "descriptor", "Red", "No."),
        ("S1.2", "question", "", "How many help?"),
    ]
    assert [one.age for one in hardest(texts, 2)] == sorted((one.age for one in texts), reverse=True)[:2]
    assert median_age([]) is None


def test_every_shipped_set_has_its_limit():
    for_agencies = dict.fromkeys(
        ("section11-2026", "section11-2018", "eight-standards", "education-2026", "early-years-2026"), 14.0
    )

    assert {set_id: limit.age for set_id, limit in LIMITS.items()} == for_agencies | {
        "voluntary-2026": 11.0,
        "childminders-2026": 11.0,
    }
    assert LIMITS.keys() == set(LIBRARY.set_ids())


@pytest.mark.parametrize("set_id", LIBRARY.set_ids())
def test_half_of_a_shipped_sets_texts_keep_within_its_limit(set_id):
    texts = measured_texts(LIBRARY.load(set_id))

    assert len(texts) > 90
    assert too_hard(set_id, median_age(texts), LIMITS) is None


def test_a_set_over_its_limit_is_a_problem_that_says_where_the_limit_stands():
    limits = {"small": Limit(11.0, "reading-ages.yaml:3")}

    assert too_hard("small", 11.0, limits) is None
    assert too_hard("other", 20.0, limits) is None
    assert too_hard("small", None, limits) is None
    assert str(too_hard("small", 11.1, limits)) == (
        "reading-ages.yaml:3: Half of the texts of small need a reading age of 11.1 or more, and 11 is its limit. Use "
        "shorter sentences and shorter words, beginning with the hardest texts."
    )


def test_without_a_file_of_limits_there_is_none_and_a_fault_in_it_names_its_line(tmp_path):
    assert read_limits(tmp_path) == {}

    (tmp_path / "reading-ages.yaml").write_text("one: 14\ntwo: young\n", encoding="utf-8")

    with pytest.raises(ProblemsFoundError) as found:
        read_limits(tmp_path)
    assert [str(one) for one in found.value.problems] == [
        f'{tmp_path}/reading-ages.yaml:2: "two" must be a number, without quotes.'
    ]


def test_a_limit_for_a_set_that_is_not_there_is_named_rather_than_passed_over(tmp_path):
    (tmp_path / "reading-ages.yaml").write_text("section11-2062: 14\n", encoding="utf-8")

    with pytest.raises(ProblemsFoundError) as found:
        read_limits(tmp_path)
    assert [str(one) for one in found.value.problems] == [
        f"{tmp_path}/reading-ages.yaml:1: There is no such set. Correct the id, or take the line away."
    ]
