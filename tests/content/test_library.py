"""Every set of the library is free of faults, and tests every statutory arrangement for everyone who answers it."""

from __future__ import annotations

import re

import pytest

from tests.shipped import LIBRARY, TYPES

SETS = {set_id: LIBRARY.load(set_id) for set_id in LIBRARY.set_ids()}
ARRANGEMENTS = {f"S11-{number:02}" for number in range(1, 15)}
SIZES = {
    "childminders-2026": (6, 21),
    "early-years-2026": (10, 34),
    "education-2026": (16, 56),
    "eight-standards": (8, 32),
    "section11-2018": (14, 36),
    "section11-2026": (12, 58),
    "voluntary-2026": (8, 24),
}
"""The rated standards and questions of each set; the facts at the end come on top."""


def test_the_library_holds_these_sets_and_no_others():
    assert set(LIBRARY.set_ids()) == SIZES.keys()


@pytest.mark.parametrize("set_id", SIZES)
def test_a_set_has_no_fault_and_its_number_of_standards_and_questions(set_id):
    result = LIBRARY.read(LIBRARY.folder / set_id)

    assert result.problems == ()
    assert (len(result.standards_set.rated_standards), len(result.standards_set.rated_questions)) == SIZES[set_id]


@pytest.mark.parametrize("set_id", SIZES)
def test_a_set_tests_every_arrangement(set_id):
    questions = SETS[set_id].all_questions()

    assert {key for question in questions for key in question.arrangements} == ARRANGEMENTS


@pytest.mark.parametrize("set_id", SIZES)
def test_a_set_prints_no_paragraph_number_but_the_one_that_was_checked(set_id):
    titles = [reference.title for reference in SETS[set_id].references.values()]

    numbered = [title for title in titles if re.search(r"paragraph|para\.?\s", title)]
    assert numbered in ([], ["Working Together to Safeguard Children 2023, chapter 4, paragraph 223"])


@pytest.mark.parametrize("organisation_type", sorted(TYPES.keys))
def test_every_arrangement_is_tested_for_every_type_by_the_set_it_usually_answers(organisation_type):
    usual = TYPES.usual_set_ids.get(organisation_type, TYPES.usual_set_ids["*"])
    asked = SETS[usual].questions_for(organisation_type)

    assert {key for question in asked for key in question.arrangements} == ARRANGEMENTS


def test_the_usual_set_of_every_type_is_in_the_library():
    assert set(TYPES.usual_set_ids.values()) <= SIZES.keys()
    assert TYPES.usual_set_ids["*"] == "section11-2026"


def test_the_form_for_charities_never_says_section_11_in_what_it_asks():
    asked = SETS["voluntary-2026"]
    words = [asked.title, asked.summary]
    for standard in asked.standards:
        words += [standard.title, standard.summary]
        for question in standard.questions:
            words += [question.text, question.help, question.impact_prompt]
            words += [*question.descriptors.values(), *question.evidence_prompts]

    assert [one for one in words if re.search(r"section\s*11|\bs\.?11\b", one, re.IGNORECASE)] == []
