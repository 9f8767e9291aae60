"""The README of the standards: its example loads as it stands, and its tables list every key there is."""

from __future__ import annotations

import re
import shutil

import pytest
from pydantic import BaseModel

from section11.definitions.crosswalk_schema import CrosswalkDefinition, LinkDefinition
from section11.definitions.crosswalks import crosswalk_between, read_crosswalks
from section11.definitions.library import StandardsLibrary
from section11.definitions.schema import (
    ChoiceDefinition,
    QuestionDefinition,
    RatingDefinition,
    ReferenceDefinition,
    ScaleDefinition,
    SetDefinition,
    StandardDefinition,
    ThresholdsDefinition,
)
from section11.domain.crosswalks import LinkKind
from section11.domain.question_types import type_of
from section11.domain.scales import Rating, RatingScale, Tone
from section11.domain.standards import Question, Thresholds
from section11.reports.results import Level, level_of
from section11.reports.set_differences import set_differences
from section11.reports.set_differences_text import set_differences_text
from tests.conftest import PROJECT_DIR
from tests.shipped import LIBRARY, TYPES

README = (PROJECT_DIR / "standards" / "README.md").read_text(encoding="utf-8")
EXAMPLE_FILES = re.findall(r"^\*\*`(standards/[^`]+)`\*\*\n\n```yaml\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)

TABLES: list[tuple[str, type[BaseModel], set[str]]] = [
    ("## Every key of `set.yaml`", SetDefinition, set()),
    ("Under `thresholds`:", ThresholdsDefinition, set()),
    ("Under each key of `references`:", ReferenceDefinition, set()),
    ("## Every key of a standard file", StandardDefinition, set()),
    ("Under each entry of `questions`:", QuestionDefinition, {"descriptors"}),
    ("Under each entry of `choices`:", ChoiceDefinition, set()),
    ("## Every key of `scales.yaml`", ScaleDefinition, set()),
    ("Under each entry of `ratings`:", RatingDefinition, set()),
    ("### Every key of a crosswalk", CrosswalkDefinition, set()),
    ("Under each entry of `links`:", LinkDefinition, set()),
]
"""Where a table stands, what it describes, and keys that are needed because of the scale."""


@pytest.fixture
def library(tmp_path):
    """A library that holds the README's example and nothing else."""
    for path, content in EXAMPLE_FILES:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return StandardsLibrary(tmp_path / "standards", TYPES.keys)


def table_after(heading):
    """Return the key, whether it is needed, what it is and the example of each row of the first table below."""
    below = README.split(f"{heading}\n", 1)[1].lstrip()
    table = re.search(r"(?:^\|.*\n)+", below, re.MULTILINE)
    assert table is not None
    rows = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in table.group().splitlines()[2:]]
    return {key.strip("`"): (needed, what, example) for key, needed, what, example in rows}


def test_the_example_has_three_files():
    assert [path for path, _ in EXAMPLE_FILES] == [
        "standards/scales.yaml",
        "standards/riverdale-small-2027/set.yaml",
        "standards/riverdale-small-2027/s01-leadership.yaml",
    ]


def test_the_example_loads_without_faults_and_says_what_it_shows(library):
    loaded = library.load("riverdale-small-2027")

    assert library.set_ids() == ["riverdale-small-2027"]
    assert [rating.label for rating in loaded.scale.ratings] == ["In place", "Under way", "Not yet"]
    assert [question.id for question in loaded.questions_for("vcse")] == ["S1.1", "S1.2"]
    assert [question.id for question in loaded.questions_for("childminder")] == ["S1.1"]
    assert loaded.questions_by_id["S1.2"].text == (
        "Is everyone who joins told what to do if they are worried about a child, before they first help?"
    )
    assert loaded.questions_by_id["S1.2"].evidence_prompts == ("Welcome list: who was told, by role and date",)
    assert loaded.thresholds.strong_from_percent == 100.0


@pytest.mark.parametrize(("heading", "schema", "needed_too"), TABLES, ids=[heading for heading, _, _ in TABLES])
def test_a_table_lists_every_key_those_that_are_needed_first(heading, schema, needed_too):
    table = table_after(heading)
    fields = {field.alias or name: field for name, field in schema.model_fields.items()}
    needed = {name for name, field in fields.items() if field.is_required()} | needed_too

    assert set(table) == set(fields)
    assert {key for key, (word, _, _) in table.items() if word == "yes"} == needed
    assert {word for word, _, _ in table.values()} <= {"yes", "no"}
    assert {key: what for key, (_, what, _) in table.items()} == {
        name: field.description for name, field in fields.items()
    }
    assert [word for word, _, _ in table.values()] == sorted((word for word, _, _ in table.values()), reverse=True)


def test_the_tones_are_named_with_the_keys_that_the_schema_takes():
    for tone in ("full", "most", "part", "none"):
        assert f"`{tone}`" in table_after("Under each entry of `ratings`:")["tone"][1]


def test_the_fault_it_shows_is_worded_as_the_check_words_it(library):
    path = library.folder / "riverdale-small-2027" / "s01-leadership.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("evidence:", "evidense:", 1), encoding="utf-8")

    faults = [str(problem) for problem in library.read(path.parent).problems]

    sentence = re.search(r's01-leadership\.yaml:31: ("evidense".*)$', README, re.MULTILINE)
    assert sentence is not None
    assert f"{path}:15: {sentence.group(1)}" in faults


@pytest.mark.parametrize(
    "text",
    ["2027", "1.10", "yes", "no", "on", "off", "2027-01-31", "Part: one", "One # two", "[a", "&a b", "%a", '"a" b'],
)
def test_a_text_that_the_readme_says_to_quote_is_refused_or_read_wrongly_without(library, text):
    path = library.folder / "riverdale-small-2027" / "set.yaml"
    whole = path.read_text(encoding="utf-8")

    path.write_text(whole.replace('"1"', text), encoding="utf-8")
    bare = library.read(path.parent).standards_set
    path.write_text(whole.replace('"1"', f"'{text}'"), encoding="utf-8")
    quoted = library.read(path.parent).standards_set

    assert bare is None or bare.version != text
    assert quoted is not None
    assert quoted.version == text


@pytest.fixture
def library_of_2028(library):
    """The library with the copy and the crosswalk that the README speaks of."""
    copy = library.folder / "riverdale-small-2028"
    shutil.copytree(library.folder / "riverdale-small-2027", copy)
    for path in copy.iterdir():
        text = path.read_text(encoding="utf-8").replace("riverdale-small-2027", "riverdale-small-2028")
        head, last = text.split("  - id: S1.2\n") if "S1.2" in text else (text, "")
        questions = [f"  - id: {question_id}\n{last}\n" for question_id in ("S1.3", "S1.4", "S1.5") if last]
        path.write_text(head + "".join(questions), encoding="utf-8")
    example = re.search(r"^`(standards/crosswalks/\S+)`:\n\n```yaml\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert example is not None
    path = library.folder.parent / example.group(1)
    path.parent.mkdir()
    path.write_text(example.group(2), encoding="utf-8")
    return library


def test_the_crosswalk_it_shows_has_no_fault(library_of_2028):
    [read] = read_crosswalks(library_of_2028)

    assert [str(problem) for problem in read.problems] == []
    assert read.crosswalk.onward("S1.2").question_ids == ("S1.3", "S1.4")
    assert read.crosswalk.new == ("S1.5",)


def test_the_comparison_it_shows_is_the_beginning_of_what_is_printed(library_of_2028):
    before, after = (library_of_2028.load(f"riverdale-small-{year}") for year in (2027, 2028))

    printed = set_differences_text(
        set_differences(crosswalk_between(library_of_2028, before, after).crosswalk), linked_by="the crosswalk"
    )

    shown = README.split("It begins like this:\n\n```\n", 1)[1].split("```", 1)[0]
    assert printed.startswith(shown)


def test_the_kinds_of_link_are_named_with_how_many_questions_they_join():
    counts = {"one": 1, "two or more": 2}
    table = table_after("it, are two questions.")

    assert list(table) == [kind.value for kind in LinkKind]
    for kind, (before, after, _) in table.items():
        assert LinkKind(kind).fits(counts[before], counts[after])


def test_the_fourteen_arrangements_are_listed_as_the_main_set_has_them():
    main_set = LIBRARY.load("section11-2026")

    listed = re.findall(r"^\| `(S11-\d\d)` \| (.+?) \|$", README, re.MULTILINE)

    assert dict(listed) == main_set.arrangements
    assert len(listed) == 14


def test_an_arrangement_key_of_ones_own_is_taken(library):
    for name, key in (("set.yaml", "S11-12: Safeguarding"), ("s01-leadership.yaml", "[S11-12]")):
        path = library.folder / "riverdale-small-2027" / name
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(key, key.replace("S11-12", "local-1")), encoding="utf-8")

    assert "local-1" in library.load("riverdale-small-2027").arrangements


RESULTS = [
    # Of a scale of five: which rating the essential question has, how many of five questions are at the best, the word.
    (0, 5, Level.STRONG),
    (2, 4, Level.STRONG),
    (3, 4, Level.MIXED),
    (4, 4, Level.WEAK),
    (0, 2, Level.WEAK),
]


@pytest.mark.parametrize(("essential", "at_best", "word"), RESULTS)
def test_a_result_is_as_the_readme_says(essential, at_best, word):
    keys = ["one", "two", "three", "four", "five"]
    scale = RatingScale("five", "Five", tuple(Rating(key, key, key, Tone.PART) for key in keys))
    lowest = keys[essential]

    assert level_of(100 * at_best / 5, lowest, scale, Thresholds()) is word
    assert scale.is_lower_half("three") is False, "README: the middle of five or of three is in neither half"


@pytest.mark.parametrize(
    "words",
    [
        "the middle rating of a scale of three or five is not in the lower half",
        "Two ratings may have the same tone",
        "Only the best rating counts in this share",
        "An essential question decides more than the others",
        "has the lowest rating of the scale, the standard is weak",
        "Decimals are taken",
        "Keys of your own are allowed",
    ],
)
def test_what_people_asked_about_is_said(words):
    assert words in " ".join(README.split())


def test_a_number_may_have_decimals_as_the_readme_says():
    question = Question("P.1", "How many full-time posts?", {}, (), type="number", unit="posts")

    assert type_of(question).read("12.5 posts", question) == "12.5"
