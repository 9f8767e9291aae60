"""Faults in the rating scales of a library, each with its line, and files that cannot be read as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from section11.definitions.library import StandardsLibrary
from section11.definitions.scales import read_scales


def test_a_file_in_another_encoding_is_a_fault_not_a_crash(tmp_path):
    path = tmp_path / "scales.yaml"
    path.write_bytes("two: {title: Café}".encode("cp1252"))

    assert faults_of_scales(path) == [f"{path}:1: This file is not in UTF-8. Save it again with the encoding UTF-8."]


def test_a_folder_where_a_file_should_be_is_a_fault_not_a_crash(tmp_path):
    path = tmp_path / "scales.yaml"
    path.mkdir()

    [fault] = faults_of_scales(path)

    assert fault.startswith(f"{path}:1: This file cannot be read (")


SCALE = """\
yes-no:
  title: Yes or no
  ratings:
    - {key: "yes", label: "Yes", meaning: It is in place., tone: full}
    - {key: "no", label: "No", meaning: It is not., tone: none}
"""


def faults_of_scales(path):
    read = read_scales(path)
    assert not any(read.by_id.values())
    return [str(one) for one in read.problems]


@pytest.mark.parametrize(
    ("right", "wrong", "line", "sentence"),
    [
        ("tone: none", "tone: red", 5, '"red" cannot be used for "tone". Choose one of: full, most, part, none.'),
        ('key: "no"', "key: no", 5, '"key" is read as yes or no. Put it in quotes, for example "no".'),
        ('key: "no"', 'key: "No way"', 5, '"No way" cannot be used for "key". Use small letters, digits and '
         "underscores only."),
        (", tone: full", "", 4, '"tone" is missing. Add it here.'),
        ('key: "no"', 'key: "yes"', 5, 'The rating "yes" stands here twice. Give this one another key.'),
        ('    - {key: "no", label: "No", meaning: It is not., tone: none}\n', "", 3, '"ratings" has too few entries. '
         "Give at least 2."),
        ("yes-no:", "# yes-no:", 2, '"title" must be a group of keys, each on its own line.'),
        (SCALE, "", 1, "This file is empty or is not a list of keys. See standards/README.md."),
    ],
)  # fmt: skip
def test_a_fault_in_the_scales_names_its_line(tmp_path, right, wrong, line, sentence):
    path = tmp_path / "scales.yaml"
    path.write_text(SCALE.replace(right, wrong), encoding="utf-8")

    assert faults_of_scales(path)[0] == f"{path}:{line}: {sentence}"


def test_a_fault_in_one_scale_hides_neither_another_nor_the_faults_of_a_set(tmp_path):
    other = SCALE.replace("yes-no", "no-yes")
    (tmp_path / "scales.yaml").write_text(SCALE.replace("tone: none", "tone: red") + other, encoding="utf-8")
    for set_id, scale in (("early-years", "yes-no"), ("late-years", "no-yes")):
        a_set(tmp_path / set_id, f"id: {set_id}\ntitle: Years\nversion: 1\nscale: {scale}\nstandards: [lead.yaml]\n")
    (tmp_path / "late-years" / "lead.yaml").write_text(YES_NO_STANDARD.replace("no:", "know:"), encoding="utf-8")
    library = StandardsLibrary(tmp_path, frozenset())

    found = {
        name: [one.place for one in library.read(tmp_path / name).problems] for name in ("early-years", "late-years")
    }

    scales, early, late = tmp_path / "scales.yaml", tmp_path / "early-years", tmp_path / "late-years"
    assert found == {
        "early-years": [f"{scales}:5", f"{early}/set.yaml:3"],
        "late-years": [f"{scales}:5", f"{late}/set.yaml:3", f"{late}/lead.yaml:6", f"{late}/lead.yaml:8"],
    }


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


def a_set(folder: Path, content: str) -> None:
    folder.mkdir()
    (folder / "set.yaml").write_text(content, encoding="utf-8")
    (folder / "lead.yaml").write_text(YES_NO_STANDARD, encoding="utf-8")


def test_a_yes_no_scale_can_be_used_with_descriptors_that_are_keyed_without_quotes(tmp_path):
    """YAML reads a bare yes as true; a person sees only the word they wrote."""
    (tmp_path / "scales.yaml").write_text(SCALE, encoding="utf-8")
    a_set(
        tmp_path / "early-years",
        'id: early-years\ntitle: Early years\nversion: "1"\nscale: yes-no\nstandards: [lead.yaml]\n',
    )

    result = StandardsLibrary(tmp_path, frozenset()).read(tmp_path / "early-years")

    assert [str(one) for one in result.problems] == []
