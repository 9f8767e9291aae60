"""A set beside its editions that cycles have used: what may change, what only with a new version, and what never."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from section11.definitions.library import StandardsLibrary
from section11.definitions.used_editions import UsedEdition, beside_used

AS_USED = Path(__file__).parent / "used-edition"
SCALES, SET, STANDARD = "scales.yaml", "small-2026/set.yaml", "small-2026/leadership.yaml"
USED = StandardsLibrary(AS_USED, frozenset()).load("small-2026")
IN_2026 = (UsedEdition("2026", USED),)
NEW_VERSION = (SET, 'version: "1"', 'version: "2"')
CHANGED_IN_USE = (
    "This set was used in the cycle 2026 and has changed since. Raise its version, or copy it under a new id."
)


@pytest.fixture
def faults_after(tmp_path):
    """Return a function that makes changes in the set that was used, and gives the faults it has then."""

    def make(*changes, editions=IN_2026):
        folder = tmp_path / "standards"
        shutil.copytree(AS_USED, folder, dirs_exist_ok=True)
        for file, right, wrong in changes:
            text = (folder / file).read_text(encoding="utf-8")
            assert right in text
            (folder / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")
        read = beside_used(StandardsLibrary(folder, frozenset()).read(folder / "small-2026"), editions)
        return [str(problem).replace(f"{folder}/", "") for problem in read.problems]

    return make


def swapped(file, first, second):
    """The changes that swap two texts of a file."""
    return (file, first, "neither"), (file, second, first), (file, "neither", second)


RENUMBERED = (STANDARD, "id: S1.2", "id: S1.5")
CHANGES_THAT_ARE_NEVER_RIGHT = {
    "another id for the same question": (
        [RENUMBERED],
        [f"{STANDARD}:11: Question S1.5 was S1.2 in the edition used in the cycle 2026. Give it back that id, or "
         "earlier answers no longer belong to it."],
    ),
    "another id, and a capital and a comma": (
        [RENUMBERED, (STANDARD, "Is there a policy?", "Is there a Policy, ?")],
        [f"{STANDARD}:11: Question S1.5 was S1.2 in the edition used in the cycle 2026. Give it back that id, or "
         "earlier answers no longer belong to it."],
    ),
    "two ids that are swapped": (
        swapped(STANDARD, "id: S1.1", "id: S1.2"),
        [f"{STANDARD}:4: Question S1.2 was S1.1 in the edition used in the cycle 2026. Give it back that id, or "
         "earlier answers no longer belong to it.",
         f"{STANDARD}:11: Question S1.1 was S1.2 in the edition used in the cycle 2026. Give it back that id, or "
         "earlier answers no longer belong to it."],
    ),
    "a rating with another key": (
        [(SCALES, "key: partly_met", "key: half_met"), (STANDARD, "partly_met:", "half_met:"),
         (STANDARD, "partly_met:", "half_met:")],
        [f'{SCALES}:3: The ratings of the scale "met" were met, partly_met, not_met in the cycle 2026. Put them back, '
         "or make another scale for a set with a new id."],
    ),
    "ratings in another order": (
        swapped(SCALES, "{key: met, label: Met, meaning: It is in place., tone: full}",
                "{key: not_met, label: Not met, meaning: It is not in place., tone: none}"),
        [f'{SCALES}:3: The ratings of the scale "met" were met, partly_met, not_met in the cycle 2026. Put them back, '
         "or make another scale for a set with a new id."],
    ),
    "another scale": (
        [(SET, "scale: met", "scale: steps")],
        [f'{SET}:4: The cycle 2026 used the scale "met", and ratings of two scales do not compare. Name that scale '
         "again, or copy the set under a new id."],
    ),
    "another type for a question": (
        [(STANDARD, "type: number", "type: percentage"), (STANDARD, "    unit: people\n", "")],
        [f"{STANDARD}:18: Question S1.3 was of type number in the cycle 2026, and is percentage now. Give the new "
         "question an id of its own."],
    ),
    "another key for the same choice": (
        [(STANDARD, "key: college", "key: colleges")],
        [f'{STANDARD}:23: The choice "College" of question S1.4 had the key college in the cycle 2026. Give it back '
         "that key."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES_THAT_ARE_NEVER_RIGHT)
def test_a_change_that_is_never_right_is_a_fault_even_with_a_new_version(faults_after, change):
    changes, faults = CHANGES_THAT_ARE_NEVER_RIGHT[change]

    assert faults_after(NEW_VERSION, *changes) == faults
    assert faults_after(*changes) == [f"{SET}:3: {CHANGED_IN_USE}", *faults]


THIRD_QUESTION = "  - id: S1.3\n    type: number\n    text: How many people work for you?\n    unit: people\n"
CHANGES_WITH_A_NEW_VERSION = {
    "other words for a question": [(STANDARD, "Is there a policy?", "Do you have a policy?")],
    "other words for a rating": [(SCALES, "label: Partly met", "label: Half met")],
    "a question that is left out": [(STANDARD, THIRD_QUESTION, "")],
    "another order of choices": swapped(STANDARD, "{key: school, label: School}", "{key: college, label: College}"),
    "a choice that is left out, and a new one": [(STANDARD, "{key: college, label: College}",
                                                  "{key: nursery, label: Nursery}")],
    "a new question": [(STANDARD, "  - id: S1.3", "  - {id: S1.9, type: yes_no, text: It is read}\n  - id: S1.3")],
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES_WITH_A_NEW_VERSION)
def test_other_changes_ask_for_a_new_version_and_for_nothing_else(faults_after, change):
    changes = CHANGES_WITH_A_NEW_VERSION[change]

    assert faults_after(*changes) == [f"{SET}:3: {CHANGED_IN_USE}"]
    assert faults_after(NEW_VERSION, *changes) == []


def test_a_set_as_it_was_used_has_no_fault_and_a_note_in_its_file_changes_nothing(faults_after):
    assert faults_after() == []
    assert faults_after((SET, "scale:", "# a note\nscale:")) == []


def test_editions_of_other_sets_do_not_count(faults_after):
    other = (UsedEdition("2026", replace(USED, id="other-2026")),)

    assert faults_after(RENUMBERED, editions=other) == []


def test_a_fault_of_another_kind_hides_none_of_these(faults_after):
    misspelt = (STANDARD, "title: Leadership", "titel: Leadership")

    places = [fault.split(": ")[0] for fault in faults_after(misspelt, RENUMBERED)]

    assert places == [f"{STANDARD}:1", f"{STANDARD}:2", f"{SET}:3", f"{STANDARD}:11"]


def test_a_question_whose_id_cannot_be_read_is_compared_with_nothing(faults_after):
    assert faults_after(NEW_VERSION, (STANDARD, "id: S1.2", "id: S1 2")) == [
        f'{STANDARD}:11: "S1 2" cannot be used for "id". Use letters, digits, dots and hyphens only.'
    ]


def test_a_file_that_cannot_be_read_is_no_reason_to_ask_for_a_new_version(faults_after):
    [fault] = faults_after((STANDARD, "title: Leadership", "title: Leadership: one"))

    assert fault.startswith(f"{STANDARD}:2: ")


def test_the_latest_edition_that_asked_the_question_counts(faults_after, tmp_path):
    """S1.2 was renumbered to S1.5 in 2027: now that is its id, and answers of 2027 stand under it."""
    faults_after(NEW_VERSION, RENUMBERED)
    later = UsedEdition("2027", StandardsLibrary(tmp_path / "standards", frozenset()).load("small-2026"))
    both = (later, *IN_2026)

    assert faults_after(NEW_VERSION, RENUMBERED, editions=both) == []
    assert faults_after((SET, 'version: "1"', 'version: "3"'), editions=both) == [
        f"{STANDARD}:11: Question S1.2 was S1.5 in the edition used in the cycle 2027. Give it back that id, or "
        "earlier answers no longer belong to it."
    ]


def test_two_questions_with_the_same_words_are_not_taken_for_one(faults_after, tmp_path):
    same_words = (STANDARD, "Is there a policy?", "Is there a senior lead?")
    faults_after(NEW_VERSION, same_words)
    used = UsedEdition("2026", StandardsLibrary(tmp_path / "standards", frozenset()).load("small-2026"))

    assert faults_after(NEW_VERSION, same_words, editions=(used,)) == []


def test_of_two_questions_with_the_same_words_the_one_that_is_kept_keeps_its_id(faults_after, tmp_path):
    same_words = (STANDARD, "Is there a policy?", "Is there a senior lead?")
    faults_after(NEW_VERSION, same_words)
    used = UsedEdition("2026", StandardsLibrary(tmp_path / "standards", frozenset()).load("small-2026"))
    text = (tmp_path / "standards" / "small-2026" / "leadership.yaml").read_text(encoding="utf-8")
    without_the_first = (STANDARD, text[text.index("  - id: S1.1") : text.index("  - id: S1.2")], "")

    assert faults_after((SET, 'version: "1"', 'version: "3"'), same_words, without_the_first, editions=(used,)) == []
