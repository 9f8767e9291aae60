"""Faults in a standards set: each is shown as ``path:line: sentence``, and none hides behind another.

The sets are in ``tests/data/broken-sets``; line numbers here were counted in those files.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from section11.definitions.library import StandardsLibrary
from section11.definitions.scales import read_scales
from section11.errors import BadInputError, ProblemsFoundError
from tests.conftest import PROJECT_DIR

BROKEN_SETS = Path("tests") / "data" / "broken-sets"
LIBRARY = StandardsLibrary(BROKEN_SETS, frozenset({"police-force", "school"}))

SET, STANDARD = "set.yaml", "leadership.yaml"
SEE_README = "Check its spelling against standards/README.md."
CHECK_IT = "Check its quotes, colons and indentation."

FAULTS = {
    "unknown-key": [(STANDARD, 9, f'"evidense" is not a key that is known here. {SEE_README}')],
    "unknown-key-in-set": [(SET, 7, f'"scales" is not a key that is known here. {SEE_README}')],
    "missing-key": [(STANDARD, 4, '"text" is missing. Add it here.')],
    "missing-key-in-set": [(SET, 1, '"version" is missing. Add it here.')],
    "duplicate-id": [
        (STANDARD, 9, 'The id "S1.1" is used twice, first at {folder}leadership.yaml:4. Give this one another.')
    ],
    "duplicate-id-in-two-files": [
        ("policies.yaml", 4, 'The id "S1.1" is used twice, first at {folder}leadership.yaml:4. Give this one another.')
    ],
    "missing-descriptor": [(STANDARD, 6, 'Question S1.1 has no descriptor for "not_met" (Not met). Add one.')],
    "unknown-rating": [(STANDARD, 9, '"half_met" is not a rating of the scale. Use: met, not_met.')],
    "unquoted-yes": [(STANDARD, 7, '"met" is read as yes or no. Put it in quotes, for example "yes".')],
    "unquoted-no": [(STANDARD, 8, '"not_met" is read as yes or no. Put it in quotes, for example "no".')],
    "unquoted-number": [(SET, 3, '"version" is read as a number. Put it in quotes: "2026".')],
    "unquoted-decimal": [(SET, 3, '"version" is read as a number. Put it in quotes: "1.10".')],
    "unquoted-code": [(STANDARD, 4, '"id" is read as a number. Put it in quotes: "010".')],
    "unquoted-date": [(SET, 3, '"version" is read as a date. Put it in quotes: "2026-03-31".')],
    "impossible-date": [(SET, 3, '"version" is read as a date. Put it in quotes: "2026-02-30".')],
    "quoted-true": [(STANDARD, 9, '"essential" must be true or false, without quotes.')],
    "bad-yaml-colon": [
        (STANDARD, 5, f"This line cannot be read as YAML (mapping values are not allowed here). {CHECK_IT}")
    ],
    "bad-yaml-tab": [
        (
            STANDARD,
            5,
            f"This line cannot be read as YAML (found character '\\t' that cannot start any token). {CHECK_IT}",
        )
    ],
    "bad-yaml-quote": [
        (STANDARD, 2, f"This line cannot be read as YAML (found unexpected end of stream). {CHECK_IT}"),
    ],
    "missing-file": [(STANDARD, 1, "This file does not exist. Add it.")],
    "empty-file": [(STANDARD, 1, "This file is empty or is not a list of keys. See standards/README.md.")],
    "unknown-scale": [(SET, 4, 'There is no scale "three". Choose one of: two.')],
    "unknown-arrangement": [
        (STANDARD, 11, 'The arrangement "S11-1" is not listed in set.yaml. Add it there, or correct it here.')
    ],
    "unknown-reference": [
        (STANDARD, 9, 'The reference "guidance" is not listed in set.yaml. Add it there, or correct it here.')
    ],
    "unknown-organisation-type": [
        (STANDARD, 9, '"fire-brigade" is not an organisation type. The types are listed in orgs/types.yaml.'),
        (STANDARD, 11, '"nursery" is not an organisation type. The types are listed in orgs/types.yaml.'),
    ],
    "arrangement-nobody-tests": [(SET, 9, "No question tests the arrangement S11-02. Add it to one, or take it away.")],
    "duplicate-key": [(STANDARD, 9, '"text" stands here twice. Keep one of the two.')],
    "empty-text": [(STANDARD, 5, '"text" is empty. Write something, or take the key away.')],
    "empty-help": [(STANDARD, 9, '"help" is empty. Write something, or take the key away.')],
    "text-for-a-list": [(STANDARD, 9, '"evidence" must be a list: one line each, beginning with a hyphen.')],
    "no-questions": [(STANDARD, 3, '"questions" needs at least 1.')],
    "id-with-a-space": [(STANDARD, 4, '"S1 1" cannot be used for "id". Use letters, digits, dots and hyphens only.')],
    "threshold-over-100": [
        (SET, 8, '"strong_from_percent" cannot be used as it is (input should be less than or equal to 100).')
    ],
    "folder-named-otherwise": [
        (
            SET,
            1,
            'The set\'s id is "another-name" but its folder is "folder-named-otherwise". Give both the same name.',
        )
    ],
    "fault-that-hides-a-test": [(STANDARD, 10, f'"evidense" is not a key that is known here. {SEE_README}')],
    "two-faults": [
        (STANDARD, 1, '"title" is missing. Add it here.'),
        (STANDARD, 9, '"essential" must be true or false, without quotes.'),
        (STANDARD, 2, f'"titel" is not a key that is known here. {SEE_README}'),
    ],
}


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


def test_a_character_that_no_editor_shows_is_a_fault_not_a_crash():
    folder = BROKEN_SETS / "control-character"

    [fault] = faults_of(folder)

    assert fault.startswith(f"{folder / STANDARD}:5: ")


def test_every_broken_set_is_tested():
    folders = {path.name for path in BROKEN_SETS.iterdir() if path.is_dir()}

    assert folders == {*FAULTS, "control-character"}


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


def test_a_file_in_another_encoding_is_a_fault_not_a_crash(tmp_path):
    path = tmp_path / "scales.yaml"
    path.write_bytes("two: {title: Café}".encode("cp1252"))

    _, problems = read_scales(path)

    assert [str(one) for one in problems] == [
        f"{path}:1: This file is not in UTF-8. Save it again with the encoding UTF-8."
    ]


SCALE = """\
yes-no:
  title: Yes or no
  ratings:
    - {key: "yes", label: "Yes", meaning: It is in place., tone: full}
    - {key: "no", label: "No", meaning: It is not., tone: none}
"""


@pytest.mark.parametrize(
    ("right", "wrong", "line", "sentence"),
    [
        ("tone: none", "tone: red", 5, '"red" cannot be used for "tone". Choose one of: full, most, part, none.'),
        ('key: "no"', "key: no", 5, '"key" is read as yes or no. Put it in quotes, for example "no".'),
        ('key: "no"', 'key: "No way"', 5, '"No way" cannot be used for "key". Use small letters, digits and '
         "underscores only."),
        (", tone: full", "", 4, '"tone" is missing. Add it here.'),
    ],
)  # fmt: skip
def test_a_fault_in_the_scales_names_its_line(tmp_path, right, wrong, line, sentence):
    path = tmp_path / "scales.yaml"
    path.write_text(SCALE.replace(right, wrong), encoding="utf-8")

    scales, problems = read_scales(path)

    assert scales == {}
    assert [str(one) for one in problems] == [f"{path}:{line}: {sentence}"]


def test_two_ratings_with_the_same_key_are_a_fault(tmp_path):
    path = tmp_path / "scales.yaml"
    path.write_text(SCALE.replace('key: "no"', 'key: "yes"'), encoding="utf-8")

    assert [one.place for one in read_scales(path)[1]] == [f"{path}:5"]


YES_NO_STANDARD = """\
id: S1
title: Leadership
questions:
  - id: S1.1
    text: Is there a senior lead?
    descriptors:
      yes: There is.
      no: There is not.
"""


def test_a_yes_no_scale_can_be_used_with_descriptors_that_are_keyed_without_quotes(tmp_path):
    """YAML reads a bare yes as true; a person sees only the word they wrote."""
    (tmp_path / "scales.yaml").write_text(SCALE, encoding="utf-8")
    folder = tmp_path / "early-years"
    folder.mkdir()
    (folder / "lead.yaml").write_text(YES_NO_STANDARD, encoding="utf-8")
    content = 'id: early-years\ntitle: Early years\nversion: "1"\nscale: yes-no\nstandards: [lead.yaml]\n'
    (folder / "set.yaml").write_text(content, encoding="utf-8")

    result = StandardsLibrary(tmp_path, frozenset()).read(folder)

    assert [str(one) for one in result.problems] == []
