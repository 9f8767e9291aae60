"""Frozen sets: equal sets give equal text, nothing is lost on the way back, and one changed word shows."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from types import MappingProxyType

import pytest

from section11.definitions.frozen import frozen, thawed
from section11.domain.standards import Question, Reference, Standard, StandardsSet, Thresholds
from tests.unit.figure_builders import RAG

FULL_QUESTION = Question(
    id="S1.1",
    text="Do “all” staff know whom to tell? £5",
    descriptors={"green": "All do.", "amber": "Some do.", "red": "None do."},
    arrangements=("S11-02", "S11-01"),
    help="Ask a new starter.",
    essential=True,
    references=("act",),
    evidence_prompts=("Survey result", "Poster"),
    impact_prompt="What changed?",
    asked_of=frozenset({"police", "school", "charity", "housing"}),
    not_asked_of=frozenset({"charity", "college"}),
)
FULL_SET = StandardsSet(
    id="full",
    title="A set that uses every field",
    version="1.10",
    scale=RAG,
    standards=(Standard("S1", "Leadership", (FULL_QUESTION,), "At the top"), Standard("S2", "Nothing yet", ())),
    summary="In short",
    duties=("s11", "voluntary"),
    arrangements={"S11-01": "Accountability", "S11-02": "A lead"},
    references={"act": Reference("act", "Children Act 2004", "https://example.org/act")},
    thresholds=Thresholds(75.0, 40.0),
)


def with_question(**changes):
    """Return the full set with its one question changed."""
    changed = Standard("S1", "Leadership", (replace(FULL_QUESTION, **changes),), "At the top")
    return replace(FULL_SET, standards=(changed, FULL_SET.standards[1]))


def test_a_set_comes_back_as_it_was_and_freezes_to_the_same_hash():
    content, sha256 = frozen(FULL_SET)

    assert thawed(content) == FULL_SET
    assert frozen(thawed(content)) == (content, sha256)


def test_choices_come_back_in_the_order_in_which_they_are_offered():
    choices = {"works_with_children": "With children", "plans": "Planning", "adults": "With adults"}
    content, sha256 = frozen(with_question(choices=choices))

    assert list(thawed(content).questions_by_id["S1.1"].choices) == ["works_with_children", "plans", "adults"]
    assert frozen(with_question(choices=dict(sorted(choices.items()))))[1] != sha256


def test_a_set_frozen_before_there_were_choices_can_still_be_read():
    data = json.loads(frozen(FULL_SET)[0])
    for question in data["standards"][0]["questions"]:
        del question["choices"]

    assert thawed(json.dumps(data)) == FULL_SET


def test_the_hash_is_the_sha256_of_the_text():
    content, sha256 = frozen(FULL_SET)

    assert sha256 == hashlib.sha256(content.encode("utf-8")).hexdigest()


def test_the_text_is_compact_json_with_sorted_keys_and_plain_letters():
    content, _ = frozen(FULL_SET)

    assert content == json.dumps(json.loads(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert "“all” staff" in content
    assert '"asked_of":["charity","housing","police","school"]' in content


def test_the_order_of_choices_lasts():
    """They are shown in the order of the file, not of their keys."""
    frozen_choice = with_question(type="choice", choices={"school": "School", "college": "College"})

    content, sha256 = frozen(frozen_choice)

    assert list(thawed(content).questions_by_id["S1.1"].choices) == ["school", "college"]
    assert frozen(with_question(type="choice", choices={"college": "College", "school": "School"}))[1] != sha256


def test_a_set_that_was_frozen_before_questions_had_types_comes_back():
    data = json.loads(frozen(FULL_SET)[0])
    for key in ("type", "unit", "least", "most", "choices", "optional"):
        del data["standards"][0]["questions"][0][key]

    assert thawed(json.dumps(data)) == FULL_SET


@pytest.mark.parametrize(
    "same",
    [
        with_question(descriptors={"red": "None do.", "green": "All do.", "amber": "Some do."}),
        with_question(descriptors=MappingProxyType(dict(FULL_QUESTION.descriptors))),
        with_question(asked_of=frozenset(["school", "housing", "charity", "police"])),
        replace(FULL_SET, arrangements={"S11-02": "A lead", "S11-01": "Accountability"}),
        replace(FULL_SET, thresholds=Thresholds(75, 40)),
    ],
    ids=[
        "descriptors in another order",
        "a read-only mapping",
        "types in another order",
        "arrangements",
        "75 for 75.0",
    ],
)
def test_equal_sets_give_equal_text(same):
    assert same == FULL_SET
    assert frozen(same) == frozen(FULL_SET)


@pytest.mark.parametrize(
    "changed",
    [
        with_question(text="Do “all” staff know who to tell? £5"),
        with_question(text=FULL_QUESTION.text + " "),
        with_question(descriptors={"green": "All do.", "amber": "Few do.", "red": "None do."}),
        with_question(arrangements=("S11-01", "S11-02")),
        with_question(help=""),
        with_question(essential=False),
        with_question(references=()),
        with_question(evidence_prompts=("Poster", "Survey result")),
        with_question(impact_prompt=""),
        with_question(asked_of=frozenset()),
        with_question(not_asked_of=frozenset({"charity"})),
        with_question(id="S1.2"),
        replace(FULL_SET, version="1.1"),
        replace(FULL_SET, title="Another title"),
        replace(FULL_SET, summary=""),
        replace(FULL_SET, duties=("s11",)),
        replace(FULL_SET, scale=replace(RAG, title="Traffic lights")),
        replace(FULL_SET, scale=replace(RAG, not_applicable_words=())),
        replace(FULL_SET, references={"act": Reference("act", "Children Act 2004")}),
        replace(FULL_SET, thresholds=Thresholds(75.0, 41.0)),
        replace(FULL_SET, standards=FULL_SET.standards[::-1]),
    ],
)
def test_any_change_changes_the_hash(changed):
    assert frozen(changed)[1] != frozen(FULL_SET)[1]
    assert thawed(frozen(changed)[0]) == changed
