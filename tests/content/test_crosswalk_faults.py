"""Faults in a crosswalk: each is shown as ``path:line: sentence``, with what to do; the library is a small one."""

from __future__ import annotations

import pytest

from section11.definitions.crosswalks import crosswalk_between, read_crosswalks
from section11.domain.crosswalks import LinkKind
from tests.content.small_library import CROSSWALK, CROSSWALK_FILE, small_library

SPLIT_LINE = "  - {from: S2.1, to: [S3.1, S3.2], kind: split, note: 2027 asks about joining apart.}\n"
CHOOSE_KIND = "Choose one of: same, reworded, split, merged."
CORRECT_IT = "Correct the kind or the questions."

FAULTS = {
    "an unknown question before": (
        "- S2.4", "- S2.44",
        [
            (12, 'There is no question "S2.44" in riverdale-2026. Correct the id.'),
            (11, "Question S2.4 of riverdale-2026 is missing. Add it to links or to dropped."),
        ],
    ),
    "an unknown question in a list": (
        "[S3.1, S3.2]", "[S3.1, S3.22]",
        [
            (7, 'There is no question "S3.22" in riverdale-2027. Correct the id.'),
            (9, "Question S3.2 of riverdale-2027 is missing. Add it to links or to new."),
        ],
    ),
    "a forgotten question after": (
        "new:\n  - S3.4\n", "",
        [(1, "Question S3.4 of riverdale-2027 is missing. Add it to links or to new.")],
    ),
    "a forgotten link": (
        "  - {from: S1.2, to: S1.2, kind: reworded}\n", "",
        [
            (10, "Question S1.2 of riverdale-2026 is missing. Add it to links or to dropped."),
            (8, "Question S1.2 of riverdale-2027 is missing. Add it to links or to new."),
        ],
    ),
    "a question in two links": (
        "from: S1.3, to: S1.3", "from: S1.2, to: S1.3",
        [
            (6, "S1.2 of riverdale-2026 stands here twice, first at {path}:5. Keep one of the two."),
            (11, "Question S1.3 of riverdale-2026 is missing. Add it to links or to dropped."),
        ],
    ),
    "a question linked and dropped": (
        "  - S2.4\n", "  - S2.4\n  - S2.3\n",
        [(13, "S2.3 of riverdale-2026 stands here twice, first at {path}:8. Keep one of the two.")],
    ),
    "a question linked and new": (
        "  - S3.4\n", "  - S3.4\n  - S3.3\n",
        [(11, "S3.3 of riverdale-2027 stands here twice, first at {path}:8. Keep one of the two.")],
    ),
    "a kind that is none": (
        "kind: reworded", "kind: renamed",
        [(5, f'"renamed" is not a kind of link. {CHOOSE_KIND}')],
    ),
    "a split into one": (
        "to: S1.2, kind: reworded", "to: S1.2, kind: split",
        [(5, f'"split" needs one question in "from" and two or more in "to". {CORRECT_IT}')],
    ),
    "a merger of one": (
        "to: S1.2, kind: reworded", "to: S1.2, kind: merged",
        [(5, f'"merged" needs two or more questions in "from" and one in "to". {CORRECT_IT}')],
    ),
    "two that are called the same as one": (
        "kind: merged", "kind: same",
        [(8, f'"same" needs one question in "from" and one in "to". {CORRECT_IT}')],
    ),
    "one that is called reworded as two": (
        "kind: split", "kind: reworded",
        [(7, f'"reworded" needs one question in "from" and one in "to". {CORRECT_IT}')],
    ),
    "a rating linked to a number": (
        "  - {from: S1.3, to: S1.3, kind: same}",
        "  - {from: S1.3, to: P.1, kind: same}\n  - {from: P.1, to: S1.3, kind: same}",
        [
            (6, "These questions are of different types (number, rating). List them under dropped and new."),
            (7, "These questions are of different types (number, rating). List them under dropped and new."),
        ],
    ),
    "an unknown set": (
        "from: riverdale-2026", "from: riverdale-2062",
        [
            (1, 'There is no standards set "riverdale-2062". The library has: riverdale-2026, riverdale-2027.'),
            (1, "This file links riverdale-2062 to riverdale-2027 but is called riverdale-2026--riverdale-2027.yaml. "
             "Call it riverdale-2062--riverdale-2027.yaml."),
        ],
    ),
    "the same set twice": (
        "to: riverdale-2027", "to: riverdale-2026",
        [
            (2, '"from" and "to" are the same set. Name two sets.'),
            (1, "This file links riverdale-2026 to riverdale-2026 but is called riverdale-2026--riverdale-2027.yaml. "
             "Call it riverdale-2026--riverdale-2026.yaml."),
        ],
    ),
    "a misspelt key": (
        "note:", "notes:",
        [(7, '"notes" is not a key that is known here. Did you mean "note"?')],
    ),
    "a link without a kind": (", kind: reworded", "", [(5, '"kind" is missing. Add it here.')]),
    "no links": ("links:\n", "lines:\n", [
        (1, '"links" is missing. Add it here.'),
        (3, '"lines" is not a key that is known here. Did you mean "links"?'),
    ]),
    "a link that is a word": (
        SPLIT_LINE, "  - S2.1\n", [(7, 'An entry of "links" must be a group of keys, each on its own line.')],
    ),
    "a text for the links": (
        CROSSWALK[CROSSWALK.index("links:"):], "links: none\n",
        [(3, '"links" must be a list: one line each, beginning with a hyphen.')],
    ),
    "a link from nothing": ("from: [S2.2, S2.3]", "from: []", [(8, '"from" has too few entries. Give at least 1.')]),
    "an id that is read as a number": (
        "from: S1.2", "from: 1.20", [(5, 'An entry of "from" is read as a number. Put it in quotes: "1.20".')],
    ),
    "an id in a list that is read as a number": (
        "[S2.2, S2.3]", "[2.20, S2.3]", [(8, 'An entry of "from" is read as a number. Put it in quotes: "2.20".')],
    ),
    "a comma in a note without quotes": (
        "about joining apart", "about joining, apart",
        [(7, '"apart." is not a key that is known here. See standards/README.md for what may stand here.')],
    ),
    "a file that is empty": (CROSSWALK, "", [
        (1, "This file is empty or is not a list of keys. See standards/README.md."),
    ]),
    "a bracket that is never closed": ("[S3.1, S3.2]", "[S3.1, S3.2", [
        (7, "This line cannot be read as YAML (expected ',' or ']', but got '}'). "
         "Check its quotes, colons and indentation."),
    ]),
}  # fmt: skip
"""What is written instead of what, and the lines and sentences that follow from it."""


def faults_of(library):
    return [str(problem) for read in read_crosswalks(library) for problem in read.problems]


def test_the_crosswalk_that_is_broken_below_has_no_fault_itself(tmp_path):
    [read] = read_crosswalks(small_library(tmp_path))

    assert read.problems == ()
    assert [link.kind for link in read.crosswalk.links] == [
        LinkKind.SAME, LinkKind.REWORDED, LinkKind.SAME, LinkKind.SPLIT, LinkKind.MERGED, LinkKind.SAME,
    ]  # fmt: skip
    assert read.crosswalk.back("S3.1").note == "2027 asks about joining apart."


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_shown_with_its_line_and_what_to_do(tmp_path, fault):
    right, wrong, expected = FAULTS[fault]
    assert CROSSWALK.count(right) == 1
    library = small_library(tmp_path, crosswalk=CROSSWALK.replace(right, wrong))

    path = tmp_path / CROSSWALK_FILE
    assert faults_of(library) == [f"{path}:{line}: {words.replace('{path}', str(path))}" for line, words in expected]


def test_a_file_with_another_name_would_never_be_found_and_is_a_fault(tmp_path):
    library = small_library(tmp_path)
    path = tmp_path / "crosswalks" / "riverdale.yaml"
    (tmp_path / CROSSWALK_FILE).rename(path)

    assert faults_of(library) == [
        f"{path}:1: This file links riverdale-2026 to riverdale-2027 but is called riverdale.yaml. "
        "Call it riverdale-2026--riverdale-2027.yaml."
    ]


def test_two_files_about_the_same_sets_are_a_fault(tmp_path):
    library = small_library(tmp_path)
    (tmp_path / "crosswalks" / "riverdale-2027--riverdale-2026.yaml").write_text("", encoding="utf-8")

    message = "riverdale-2027--riverdale-2026.yaml is about the same two sets, and each is read both ways. Keep one."
    assert f"{tmp_path / CROSSWALK_FILE}:1: {message}" in faults_of(library)


def test_the_questions_of_a_set_that_has_faults_itself_are_not_looked_for(tmp_path):
    library = small_library(tmp_path)
    (tmp_path / "riverdale-2027" / "s3.yaml").unlink()

    assert faults_of(library) == []
    assert [one.crosswalk for one in read_crosswalks(library)] == [None]


def test_a_library_without_crosswalks_has_none(tmp_path):
    assert read_crosswalks(small_library(tmp_path, crosswalk=None)) == []


def test_a_crosswalk_is_found_from_both_sides(tmp_path):
    library = small_library(tmp_path)
    earlier, later = library.load("riverdale-2026"), library.load("riverdale-2027")

    onward, back = crosswalk_between(library, earlier, later), crosswalk_between(library, later, earlier)

    assert onward.path == back.path == tmp_path / CROSSWALK_FILE
    assert back.crosswalk == onward.crosswalk.reversed()
    assert back.crosswalk.onward("S3.2").question_ids == ("S2.1",)


def test_without_a_file_the_crosswalk_of_two_editions_is_derived(tmp_path):
    library = small_library(tmp_path, crosswalk=None)

    read = crosswalk_between(library, library.load("riverdale-2026"), library.load("riverdale-2027"))

    assert (read.path, read.problems) == (None, ())
    assert {link.before: link.kind for link in read.crosswalk.links} == {
        ("S1.1",): LinkKind.SAME, ("S1.2",): LinkKind.REWORDED, ("S1.3",): LinkKind.SAME, ("P.1",): LinkKind.SAME,
    }  # fmt: skip
    assert read.crosswalk.dropped == ("S2.1", "S2.2", "S2.3", "S2.4")
    assert read.crosswalk.new == ("S3.1", "S3.2", "S3.3", "S3.4")


def test_a_file_that_names_a_question_too_many_still_serves_with_its_problem(tmp_path):
    library = small_library(tmp_path, crosswalk=CROSSWALK.replace("- S2.4", "- S2.4\n  - S2.9"))

    read = crosswalk_between(library, library.load("riverdale-2026"), library.load("riverdale-2027"))

    assert [problem.message for problem in read.problems] == [
        'There is no question "S2.9" in riverdale-2026. Correct the id.'
    ]
    assert read.crosswalk.onward("S2.2").question_ids == ("S3.3",)


@pytest.mark.parametrize("broken", ["", CROSSWALK.replace("kind: split", "kind: same")], ids=["empty", "wrong kind"])
def test_a_file_that_cannot_be_relied_on_gives_no_crosswalk(tmp_path, broken):
    library = small_library(tmp_path, crosswalk=broken)
    earlier, later = library.load("riverdale-2026"), library.load("riverdale-2027")

    for read in (crosswalk_between(library, earlier, later), crosswalk_between(library, later, earlier)):
        assert read.crosswalk is None
        assert len(read.problems) == 1
