"""Every set of the library is free of faults, and each set of 2026 tests every statutory arrangement."""

from __future__ import annotations

import re

import pytest

from section11.config import PROJECT_DIR
from section11.definitions.library import StandardsLibrary
from section11.definitions.organisation_types import read_organisation_types

TYPES = read_organisation_types(PROJECT_DIR / "orgs" / "types.yaml")
LIBRARY = StandardsLibrary(PROJECT_DIR / "standards", TYPES.keys)
ARRANGEMENTS = {f"S11-{number:02}" for number in range(1, 15)}
SIZES = {
    "childminders-2026": (6, 21),
    "early-years-2026": (10, 34),
    "education-2026": (16, 56),
    "eight-standards": (8, 32),
    "section11-2018": (14, 36),
    "section11-2026": (12, 56),
    "voluntary-2026": (8, 24),
}


def test_the_library_holds_these_sets_and_no_others():
    assert set(LIBRARY.set_ids()) == SIZES.keys()


@pytest.mark.parametrize("set_id", SIZES)
def test_a_set_has_no_fault_and_its_number_of_standards_and_questions(set_id):
    result = LIBRARY.read(LIBRARY.folder / set_id)

    assert result.problems == ()
    assert (len(result.standards_set.standards), len(result.standards_set.questions_by_id)) == SIZES[set_id]


@pytest.mark.parametrize("set_id", SIZES)
def test_a_set_tests_every_arrangement(set_id):
    questions = LIBRARY.load(set_id).all_questions()

    assert {key for question in questions for key in question.arrangements} == ARRANGEMENTS


@pytest.mark.parametrize("set_id", SIZES)
def test_a_set_prints_no_paragraph_number_but_the_one_that_was_checked(set_id):
    titles = [reference.title for reference in LIBRARY.load(set_id).references.values()]

    numbered = [title for title in titles if re.search(r"paragraph|para\.?\s", title)]
    assert numbered in ([], ["Working Together to Safeguard Children 2023, chapter 4, paragraph 223"])


def test_the_usual_set_of_every_type_is_in_the_library():
    assert set(TYPES.usual_set_ids.values()) <= SIZES.keys()
    assert TYPES.usual_set_ids["*"] == "section11-2026"


def test_the_form_for_charities_never_says_section_11_in_what_it_asks():
    asked = LIBRARY.load("voluntary-2026")
    words = [asked.title, asked.summary]
    for standard in asked.standards:
        words += [standard.title, standard.summary]
        for question in standard.questions:
            words += [question.text, question.help, question.impact_prompt]
            words += [*question.descriptors.values(), *question.evidence_prompts]

    assert [one for one in words if re.search(r"section\s*11|\bs\.?11\b", one, re.IGNORECASE)] == []
