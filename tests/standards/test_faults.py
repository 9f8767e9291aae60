"""Faults in a standards set: each is shown as ``path:line: sentence``, and none hides behind another.

The sets are in ``tests/standards/broken-sets``; line numbers here were counted in those files.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from section11.definitions.fault_words import WORDS
from section11.definitions.library import StandardsLibrary
from section11.errors import BadInputError, ProblemsFoundError
from tests.conftest import PROJECT_DIR

BROKEN_SETS = Path("tests") / "standards" / "broken-sets"
LIBRARY = StandardsLibrary(BROKEN_SETS, frozenset({"police-force", "school"}))

SET, STANDARD = "set.yaml", "leadership.yaml"
UNKNOWN = "is not a key that is known here."
ADD_OR_CORRECT = "is not listed in set.yaml. Add it there, or correct it here."
COLON = (
    "There is a colon here where none can be. Put the text in quotes, or check the indentation of this line and the "
    "one above."
)
NOBODY_ASKED = (
    "No type of organisation is left that is asked question S1.1. Take a type from this list, or the question away."
)
TYPES = "The types are listed in orgs/types.yaml."


def another_type(key: str, belongs: str, this: str) -> str:
    return f'"{key}" belongs to questions of type {belongs}; this one is {this}. Take it away.'


FAULTS = {
    # What a file may hold
    "unknown-key": [(STANDARD, 9, f'"evidense" {UNKNOWN} Did you mean "evidence"?')],
    "unknown-key-in-set": [(SET, 7, f'"scales" {UNKNOWN} Did you mean "scale"?')],
    "unknown-key-like-no-other": [
        (STANDARD, 9, f'"colour" {UNKNOWN} See standards/README.md for what may stand here.')
    ],
    "missing-key": [(STANDARD, 4, '"text" is missing. Add it here.')],
    "missing-key-in-set": [(SET, 1, '"version" is missing. Add it here.')],
    "empty-text": [(STANDARD, 5, '"text" is empty. Write something, or take the key away.')],
    "empty-help": [(STANDARD, 9, '"help" is empty. Write something, or take the key away.')],
    "list-for-a-text": [(STANDARD, 5, '"text" must be text.')],
    "text-for-a-list": [(STANDARD, 9, '"evidence" must be a list: one line each, beginning with a hyphen.')],
    "text-for-descriptors": [(STANDARD, 6, '"descriptors" must be a group of keys, each on its own line.')],
    "text-for-a-question": [(STANDARD, 9, 'An entry of "questions" must be a group of keys, each on its own line.')],
    "no-questions": [(STANDARD, 3, '"questions" has too few entries. Give at least 1.')],
    "no-standards": [(SET, 5, '"standards" has too few entries. Give at least 1.')],
    "quoted-true": [(STANDARD, 9, '"essential" must be true or false, without quotes.')],
    "number-in-quotes": [(STANDARD, 13, '"least" must be a number, without quotes.')],
    "number-that-is-none": [(STANDARD, 13, '"most" must be a number, without quotes.')],
    "threshold-over-100": [(SET, 8, '"strong_from_percent" must be 100 or less.')],
    "threshold-below-0": [(SET, 8, '"weak_below_percent" must be 0 or more.')],
    "weak-above-strong": [
        (SET, 9, "A standard would be weak below 70% and strong from 60%. Give weak_below_percent at most 60.")
    ],
    "weak-left-out-above-strong": [
        (SET, 7, "A standard would be weak below 50% and strong from 40%. Give weak_below_percent at most 40.")
    ],
    "reference-without-https": [
        (
            SET,
            10,
            '"http://www.legislation.gov.uk/ukpga/2004/31" is not a whole address. Begin it with https://, or take '
            "the key away.",
        )
    ],
    "unknown-duty": [(SET, 7, '"section-11" is not a basis of duty. Use: s11, equivalent, commissioned, voluntary.')],
    # What YAML reads as something else
    "unquoted-yes": [(STANDARD, 7, '"met" is read as yes or no. Put it in quotes, for example "yes".')],
    "unquoted-no": [(STANDARD, 8, '"not_met" is read as yes or no. Put it in quotes, for example "no".')],
    "unquoted-number": [(SET, 3, '"version" is read as a number. Put it in quotes: "2026".')],
    "unquoted-decimal": [(SET, 3, '"version" is read as a number. Put it in quotes: "1.10".')],
    "unquoted-code": [(STANDARD, 4, '"id" is read as a number. Put it in quotes: "010".')],
    "unquoted-date": [(SET, 3, '"version" is read as a date. Put it in quotes: "2026-03-31".')],
    "impossible-date": [(SET, 3, '"version" is read as a date. Put it in quotes: "2026-02-30".')],
    # Ids and keys
    "duplicate-key": [(STANDARD, 9, '"text" stands here twice. Keep one of the two.')],
    "duplicate-id": [
        (STANDARD, 9, 'The id "S1.1" is used twice, first at {folder}leadership.yaml:4. Give this one another.')
    ],
    "duplicate-id-in-two-files": [
        ("policies.yaml", 4, 'The id "S1.1" is used twice, first at {folder}leadership.yaml:4. Give this one another.')
    ],
    "id-with-a-space": [(STANDARD, 4, '"S1 1" cannot be used for "id". Use letters, digits, dots and hyphens only.')],
    "id-too-long": [(STANDARD, 4, '"id" is longer than 40 characters. Shorten it.')],
    "set-id-with-capitals": [(SET, 1, '"Set-Id" cannot be used for "id". Use small letters, digits and hyphens only.')],
    "choice-key-with-a-space": [
        (STANDARD, 13, '"day nursery" cannot be used for "key". Use small letters, digits and underscores only.')
    ],
    "folder-named-otherwise": [
        (
            SET,
            1,
            'The set\'s id is "another-name" but its folder is "folder-named-otherwise". Give both the same name.',
        )
    ],
    # Files that cannot be read
    "bad-yaml-colon": [(STANDARD, 5, COLON)],
    "bad-yaml-tab": [(STANDARD, 5, "There is a tab here. Use spaces instead.")],
    "bad-yaml-quote": [(STANDARD, 2, "A quote begins here and is never closed. Close it.")],
    "bad-yaml-brackets": [
        (
            STANDARD,
            10,
            "This line cannot be read as YAML (expected ',' or ']', but got ':'). "
            "Check its quotes, colons and indentation.",
        )
    ],
    "control-character": [
        (
            STANDARD,
            5,
            "This line holds a character that cannot be seen and that YAML does not allow. Type the line again.",
        )
    ],
    "missing-file": [(STANDARD, 1, "This file does not exist. Add it.")],
    "file-without-a-line": [
        (SET, 5, "The file policies.yaml has no line here, so it is not read. Add its line, or take the file away.")
    ],
    "empty-file": [(STANDARD, 1, "This file is empty or is not a list of keys. See standards/README.md.")],
    # What a question points at
    "missing-descriptor": [(STANDARD, 6, 'Question S1.1 has no descriptor for "not_met" (Not met). Add one.')],
    "unknown-rating": [(STANDARD, 9, '"half_met" is not a rating of the scale. Use: met, not_met.')],
    "unknown-scale": [(SET, 4, 'There is no scale "three". Choose one of: two.')],
    "unknown-arrangement": [(STANDARD, 11, f'The arrangement "S11-1" {ADD_OR_CORRECT}')],
    "unknown-reference": [(STANDARD, 9, f'The reference "guidance" {ADD_OR_CORRECT}')],
    "unknown-organisation-type": [
        (STANDARD, 9, f'"fire-brigade" is not an organisation type. {TYPES}'),
        (STANDARD, 11, f'"nursery" is not an organisation type. {TYPES}'),
    ],
    "question-nobody-is-asked": [(STANDARD, 10, NOBODY_ASKED)],
    "question-no-type-is-left-for": [(STANDARD, 9, NOBODY_ASKED)],
    "arrangement-nobody-tests": [
        (SET, 9, "No question with a rating tests the arrangement S11-02. Add it to one, or take it away.")
    ],
    # What a type of question asks for
    "unknown-type": [
        (
            STANDARD,
            11,
            '"amount" is not a type of question. Choose one of: rating, yes_no, number, percentage, date, choice, '
            "short_text, long_text.",
        )
    ],
    "keys-of-another-type": [
        (STANDARD, 12, another_type("descriptors", "rating", "date")),
        (STANDARD, 14, another_type("impact", "rating", "date")),
        (STANDARD, 15, another_type("essential", "rating", "date")),
        (STANDARD, 16, another_type("evidence", "rating", "date")),
        (STANDARD, 17, another_type("unit", "number", "date")),
        (STANDARD, 18, another_type("least", "number", "date")),
        (STANDARD, 19, another_type("most", "number", "date")),
        (STANDARD, 20, another_type("choices", "choice", "date")),
        (STANDARD, 25, another_type("unit", "number", "rating")),
    ],
    "number-without-unit": [(STANDARD, 9, "Question S1.2 has no unit. Say what is counted, for example unit: people.")],
    "least-above-most": [(STANDARD, 13, "The least of question S1.2 is more than its most. Correct one.")],
    "choice-without-choices": [(STANDARD, 9, "Question S1.2 needs at least two choices. Add them.")],
    "choice-with-one-choice": [(STANDARD, 12, "Question S1.2 needs at least two choices. Add them.")],
    "choices-that-look-alike": [
        (STANDARD, 14, 'Two have the label "school". Give this choice other words.'),
        (STANDARD, 15, '"Academy" is the key of another choice. Change the words, so that nobody mistakes them.'),
        (STANDARD, 16, '"not_applicable" is what every question offers besides. Give this choice another key.'),
        (STANDARD, 17, '"Don\'t know yet" is offered with every question. Take this choice away, or change its label.'),
    ],
    "ids-that-look-alike": [
        (
            STANDARD,
            9,
            f'The id "s1-1" is too much like "S1.1" at {BROKEN_SETS}/ids-that-look-alike/leadership.yaml:4. '
            "Give this one another.",
        )
    ],
    "parts-without-end": [
        (
            STANDARD,
            4,
            "This file holds far more than any question set, perhaps by repeating parts with & and *. Write less.",
        )
    ],
    "lists-without-end": [
        (
            STANDARD,
            1,
            "This file has lists within lists within lists, deeper than any question set. Check its brackets.",
        )
    ],
    "arrangement-only-a-fact-tests": [
        (SET, 8, "No question with a rating tests the arrangement S11-02. Add it to one, or take it away.")
    ],
    "duplicate-choice": [(STANDARD, 15, 'The choice "school" stands here twice. Give this one another key.')],
    # Faults beside faults: none hides another, and none is named that is not there
    "fault-that-hides-a-test": [(STANDARD, 10, f'"evidense" {UNKNOWN} Did you mean "evidence"?')],
    "misspelt-key-that-holds-the-test": [(STANDARD, 9, f'"arangements" {UNKNOWN} Did you mean "arrangements"?')],
    "unlisted-where-the-list-is-broken": [
        (SET, 7, '"arrangements" must be a group of keys, each on its own line.'),
        (SET, 8, '"references" must be a group of keys, each on its own line.'),
    ],
    "list-of-standards-misspelt": [
        (SET, 1, '"standards" is missing. Add it here.'),
        (SET, 5, f'"standard" {UNKNOWN} Did you mean "standards"?'),
    ],
    "set-file-that-cannot-be-read": [
        (SET, 2, COLON),
        (STANDARD, 8, '"not_met" is empty. Write something, or take the key away.'),
        (STANDARD, 9, f'"fire-brigade" is not an organisation type. {TYPES}'),
    ],
    "faults-beside-an-unreadable-file": [
        ("training.yaml", 2, COLON),
        (STANDARD, 9, '"essential" must be true or false, without quotes.'),
    ],
    "two-faults": [
        (STANDARD, 1, '"title" is missing. Add it here.'),
        (STANDARD, 2, f'"titel" {UNKNOWN} Did you mean "title"?'),
        (STANDARD, 9, '"essential" must be true or false, without quotes.'),
    ],
    "many-faults": [
        (SET, 1, '"version" is missing. Add it here.'),
        (SET, 2, '"title" is read as a number. Put it in quotes: "2027".'),
        (SET, 5, '"strong_from_percent" must be 100 or less.'),
        (SET, 8, "No question with a rating tests the arrangement S11-02. Add it to one, or take it away."),
        (STANDARD, 1, '"title" is missing. Add it here.'),
        (STANDARD, 2, f'"titel" {UNKNOWN} Did you mean "title"?'),
        (STANDARD, 6, '"text" stands here twice. Keep one of the two.'),
        (STANDARD, 9, '"not_met" is read as yes or no. Put it in quotes, for example "no".'),
        (STANDARD, 10, '"half_met" is not a rating of the scale. Use: met, not_met.'),
        (STANDARD, 11, f'"evidense" {UNKNOWN} Did you mean "evidence"?'),
        (STANDARD, 12, 'An entry of "arrangements" is read as a number. Put it in quotes: "7".'),
        (STANDARD, 12, f'The arrangement "S11-09" {ADD_OR_CORRECT}'),
        (STANDARD, 13, 'The id "S1.1" is used twice, first at {folder}leadership.yaml:4. Give this one another.'),
        (STANDARD, 13, "Question S1.1 has no unit. Say what is counted, for example unit: people."),
        (STANDARD, 16, f'"nursery" is not an organisation type. {TYPES}'),
        (STANDARD, 17, '"optional" must be true or false, without quotes.'),
        ("policies.yaml", 4, 'The id "S1.1" is used twice, first at {folder}leadership.yaml:4. Give this one another.'),
        ("policies.yaml", 4, 'Question S1.1 has no descriptor for "met" (Met). Add one.'),
        ("policies.yaml", 4, 'Question S1.1 has no descriptor for "not_met" (Not met). Add one.'),
        ("policies.yaml", 7, f'The reference "act" {ADD_OR_CORRECT}'),
    ],
}
"""The file, the line and the sentence of each fault of each broken set, in the order they are shown."""


@pytest.fixture(autouse=True)
def _standing_in_the_project(monkeypatch):
    """Paths are shown relative to where the person stands."""
    monkeypatch.chdir(PROJECT_DIR)


def faults_of(folder):
    result = LIBRARY.read(folder)
    assert result.standards_set is None
    return [str(problem) for problem in result.problems]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_shown_with_its_file_its_line_and_what_to_do(fault):
    folder = BROKEN_SETS / fault
    expected = [
        f"{folder / file}:{line}: {sentence.replace('{folder}', str(folder / '_')[:-1])}"
        for file, line, sentence in FAULTS[fault]
    ]

    assert faults_of(folder) == expected


def test_every_broken_set_is_tested():
    assert {path.name for path in BROKEN_SETS.iterdir() if path.is_dir()} == FAULTS.keys()


@pytest.mark.parametrize("kind", WORDS)
def test_every_sentence_about_a_key_has_a_broken_set_that_shows_it(kind):
    sentence = re.sub(r"\\{.*?\\}", ".+", re.escape(WORDS[kind]))

    shown = [message for faults in FAULTS.values() for _, _, message in faults]
    assert any(re.fullmatch(sentence, message) for message in shown)


def test_loading_a_broken_set_says_how_many_problems_it_has_and_lists_them():
    with pytest.raises(ProblemsFoundError) as found:
        LIBRARY.load("unknown-organisation-type")

    assert found.value.user_message.startswith("The standards set unknown-organisation-type has 2 problems.")
    assert len(found.value.problems) == 2


def test_a_set_that_is_not_in_the_library_is_refused_with_those_that_are(tmp_path):
    library = StandardsLibrary(tmp_path, frozenset())

    with pytest.raises(BadInputError) as refusal:
        library.load("section11-2062")

    assert refusal.value.user_message == 'There is no standards set "section11-2062". The library has: none yet.'
