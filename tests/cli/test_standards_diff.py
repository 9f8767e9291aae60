"""standards diff: two small sets compared by hand, as text and as JSON; and crosswalks among what is checked."""

from __future__ import annotations

import pytest

from section11.config import settings
from tests.content.small_library import CROSSWALK, CROSSWALK_FILE, small_library

WHOLE_DIFFERENCE = """\
8 questions before, 8 now: 3 the same (2 of them unchanged), 1 reworded, 1
split into 2, 2 merged into 1, 1 new, 1 dropped.
Results compare for 2 questions: same question, same scale, same descriptors.

Before   riverdale-2026: Riverdale 2026, version 1
Now      riverdale-2027: Riverdale 2027, version 2
Linked   standards/crosswalks/riverdale-2026--riverdale-2027.yaml
[-Words-] are gone, {+words+} are new.

THE SET
  Arrangements:
    [-S11-09: Training-]
    {+S11-12: Induction+}

S1  Leadership and money
  Title: [-Leadership-] {+Leadership and money+}

  S1.1   the same, with changes
         Is there a senior lead for keeping children safe?
         Results do not compare: the descriptors changed.
         Met: A lead is in [-post-] {+post, with a deputy,+} and trained.
         Essential: no longer
         Not asked of: {+childminder+}

  S1.2   reworded
         Does the board [-read-] {+discuss+} a report once a year?

  The other question is unchanged.

S3  People

  S3.1   split from S2.1, beside S3.2
         was  Are staff and volunteers trained when they join and every two
              years?
         now  Does everyone have an induction?
         Note: 2027 asks about joining apart.
         Met: [-All are.-] {+All do.+}
         Not met: Some [-are-] {+do+} not.
         Arrangements: [-S11-09-] {+S11-12+}

  S3.2   split from S2.1, beside S3.1
         was  Are staff and volunteers trained when they join and every two
              years?
         now  Is training repeated every two years?
         Note: 2027 asks about joining apart.
         Met: [-All are.-] {+It is.+}
         Not met: [-Some are not.-] {+It is not.+}
         Arrangements: [-S11-09-] {+S11-12+}

  S3.3   merged from S2.2 and S2.3
         was  Is there a code?
         was  Have all signed the code?
         now  Have all signed a code that is in force?
         S2.2: Met: [-There is.-] {+All have.+}
         S2.2: Not met: [-There is not.-] {+Some have not.+}
         S2.2: Arrangements: [-S11-09-] {+S11-12+}
         S2.3: Arrangements: [-S11-09-] {+S11-12+}

  S3.4   new
         Do children say that they feel safe?

DROPPED
  S2.4   Is there a newsletter?

ARRANGEMENTS TESTED BY OTHER QUESTIONS
  S11-09  Training
         before  S2.1, S2.2, S2.3, S2.4
         now     not in this set
  S11-12  Induction
         before  not in this set
         now     S3.1, S3.2, S3.3, S3.4

Nothing changed in P.
"""


@pytest.fixture
def riverdale_library(section11, monkeypatch):
    """The command line in a folder whose ``standards`` hold the small library."""
    monkeypatch.setenv("SECTION11_STANDARDS_DIR", "standards")
    settings.cache_clear()
    small_library(section11.folder / "standards")
    return section11


def test_the_difference_of_two_sets_is_shown_standard_by_standard(riverdale_library):
    assert riverdale_library("standards", "diff", "riverdale-2026", "riverdale-2027").stdout == WHOLE_DIFFERENCE


def test_no_line_of_words_is_wider_than_a_terminal(section11):
    shown = section11("standards", "diff", "section11-2018", "section11-2026").stdout.splitlines()

    too_wide = [line for line in shown if len(line) > 79 and not line.startswith("Linked   ")]
    assert [line for line in too_wide if "://" not in line] == []
    assert "3 split into 6, 2 merged into 1" in " ".join(shown[:2])


def test_read_the_other_way_what_was_split_is_merged(riverdale_library):
    shown = riverdale_library("standards", "diff", "riverdale-2027", "riverdale-2026").stdout

    assert " ".join(shown.splitlines()[:2]) == (
        "8 questions before, 8 now: 3 the same (2 of them unchanged), 1 reworded, 1 split into 2, 2 merged into 1, "
        "1 new, 1 dropped."
    )
    assert "  S2.1   merged from S3.1 and S3.2" in shown
    assert "  S2.3   split from S3.3, beside S2.2" in shown
    assert "  S2.4   new" in shown


def test_the_same_numbers_come_as_json(riverdale_library):
    data = riverdale_library.data("standards", "diff", "riverdale-2026", "riverdale-2027")

    assert data["crosswalk"] == "standards/crosswalks/riverdale-2026--riverdale-2027.yaml"
    assert data["from"] == {
        "id": "riverdale-2026", "title": "Riverdale 2026", "version": "1", "scale": "two", "questions": 8,
    }  # fmt: skip
    assert data["counts"] == {
        "same": 3, "reworded": 1, "split": 1, "merged": 1, "new": 1, "dropped": 1, "unchanged": 2, "comparable": 2,
    }  # fmt: skip
    assert data["changes"] == [
        {
            "what": "Arrangements",
            "from": ["S11-02: A senior lead", "S11-09: Training"],
            "to": ["S11-02: A senior lead", "S11-12: Induction"],
        }
    ]
    assert [standard["id"] for standard in data["standards"]] == ["S1", "S3", "P"]
    assert [standard["new"] for standard in data["standards"]] == [False, True, False]
    assert data["standards_removed"] == [{"id": "S2", "title": "Staff"}]
    assert data["dropped"] == [{"id": "S2.4", "text": "Is there a newsletter?"}]
    assert data["arrangements"][1] == {
        "key": "S11-09",
        "title": "Training",
        "in_from": True,
        "in_to": False,
        "tested_by_from": ["S2.1", "S2.2", "S2.3", "S2.4"],
        "tested_by_to": [],
    }


def test_json_says_of_each_question_where_it_came_from_and_what_changed(riverdale_library):
    data = riverdale_library.data("standards", "diff", "riverdale-2026", "riverdale-2027")
    questions = {question["id"]: question for standard in data["standards"] for question in standard["questions"]}

    assert {question_id: question["kind"] for question_id, question in questions.items()} == {
        "S1.1": "same", "S1.2": "reworded", "S1.3": "same", "S3.1": "split", "S3.2": "split", "S3.3": "merged",
        "S3.4": "new", "P.1": "same",
    }  # fmt: skip
    assert [question_id for question_id, question in questions.items() if question["comparable"]] == ["S1.3", "P.1"]
    assert questions["S1.1"]["breaks"] == ["descriptors"]
    assert questions["S1.1"]["from"][0]["changes"] == [
        {
            "what": "Met",
            "from": "A lead is in post and trained.",
            "to": "A lead is in post, with a deputy, and trained.",
        },
        {"what": "Essential", "from": True, "to": False},
        {"what": "Not asked of", "from": [], "to": ["childminder"]},
    ]
    assert questions["S1.2"]["from"][0]["text"] == "Does the board read a report once a year?"
    assert (questions["S3.1"]["beside"], questions["S3.1"]["note"]) == (["S3.2"], "2027 asks about joining apart.")
    assert [one["id"] for one in questions["S3.3"]["from"]] == ["S2.2", "S2.3"]


def test_without_a_crosswalk_questions_are_matched_by_their_ids(riverdale_library):
    (riverdale_library.folder / "standards" / CROSSWALK_FILE).unlink()

    shown = riverdale_library("standards", "diff", "riverdale-2026", "riverdale-2027").stdout
    data = riverdale_library.data("standards", "diff", "riverdale-2026", "riverdale-2027")

    assert "8 questions before, 8 now: 3 the same (2 of them unchanged), 1 reworded, 4 new,\n4 dropped." in shown
    assert "Linked   the ids of the questions; no crosswalk is written" in shown
    assert "\nS3  People (new standard)\n" in shown
    assert "\nSTANDARDS THAT ARE GONE\n  S2     Staff\n" in shown
    assert data["crosswalk"] is None


def test_a_set_does_not_differ_from_itself(riverdale_library):
    shown = riverdale_library("standards", "diff", "riverdale-2026", "riverdale-2026").stdout

    assert shown.splitlines()[0] == "Nothing differs: 8 questions, all the same."
    assert len(shown.splitlines()) == 6


def test_a_folder_may_stand_for_a_set(riverdale_library):
    small_library(riverdale_library.folder / "elsewhere")

    shown = riverdale_library("standards", "diff", "riverdale-2026", "elsewhere/riverdale-2027").stdout

    assert shown == WHOLE_DIFFERENCE


def test_a_standard_that_only_has_another_title_or_number_keeps_its_questions(riverdale_library):
    folder = riverdale_library.folder / "standards" / "riverdale-2027"
    (riverdale_library.folder / "standards" / CROSSWALK_FILE).unlink()
    for name, old, new in (("p.yaml", "id: P\n", "id: Q\n"), ("s1.yaml", "with a deputy, ", "")):
        (folder / name).write_text((folder / name).read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    shown = riverdale_library("standards", "diff", "riverdale-2026", "riverdale-2027").stdout

    assert "\nQ  About you\n\n  P.1    the same, with changes\n" in shown
    assert "         Standard: [-P-] {+Q+}\n" in shown
    assert "(new standard)" not in shown.split("S3  People (new standard)")[1]
    assert "  P      About you" not in shown


def test_another_scale_stops_every_line_of_ratings_and_is_shown_once(riverdale_library):
    standards = riverdale_library.folder / "standards"
    (standards / CROSSWALK_FILE).unlink()
    scales = (standards / "scales.yaml").read_text(encoding="utf-8")
    with (standards / "scales.yaml").open("a", encoding="utf-8") as file:
        file.write(scales.replace("two:", "strict:").replace("It is in place.", "It is in place and shown."))
    path = standards / "riverdale-2027" / "set.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("scale: two", "scale: strict"), encoding="utf-8")

    shown = riverdale_library("standards", "diff", "riverdale-2026", "riverdale-2027").stdout

    assert "Results compare for 1 question: same question" in shown
    assert "  Ratings:\n    [-Met: It is in place.-]\n    {+Met: It is in place and shown.+}\n" in shown
    assert "Results do not compare: the scale is another." in shown


def test_a_set_that_is_not_there_is_refused(riverdale_library):
    refused = riverdale_library("standards", "diff", "riverdale-2026", "riverdale-2062", code=1)

    assert 'There is no standards set "riverdale-2062".' in refused.stderr


def test_a_crosswalk_that_leaves_a_question_out_is_shown_with_its_problem(riverdale_library):
    path = riverdale_library.folder / "standards" / CROSSWALK_FILE
    path.write_text(CROSSWALK.replace("dropped:\n  - S2.4\n", ""), encoding="utf-8")

    result = riverdale_library("standards", "diff", "riverdale-2026", "riverdale-2027", code=2)

    assert result.stdout == WHOLE_DIFFERENCE
    assert result.stderr.splitlines() == [
        f"standards/{CROSSWALK_FILE}:1: Question S2.4 of riverdale-2026 is missing. Add it to links or to dropped."
    ]


def test_a_crosswalk_that_cannot_be_relied_on_is_not_shown(riverdale_library):
    path = riverdale_library.folder / "standards" / CROSSWALK_FILE
    path.write_text(CROSSWALK.replace("kind: split", "kind: same"), encoding="utf-8")

    result = riverdale_library("standards", "diff", "riverdale-2026", "riverdale-2027", code=2)

    assert result.stdout == ""
    assert f'standards/{CROSSWALK_FILE}:7: "same" needs one question in "from" and one in "to".' in result.stderr


def test_check_reads_crosswalks_with_the_library_but_not_with_a_single_set(riverdale_library):
    path = riverdale_library.folder / "standards" / CROSSWALK_FILE
    assert f"standards/{CROSSWALK_FILE}: no faults." in riverdale_library("standards", "check").stdout

    path.write_text(CROSSWALK.replace("- S2.4", "- S2.9"), encoding="utf-8")

    assert 'There is no question "S2.9" in riverdale-2026.' in riverdale_library("standards", "check", code=2).stderr
    assert riverdale_library("standards", "check", "standards/riverdale-2026").stderr == ""
    assert len(riverdale_library.data("standards", "check", code=2)["problems"]) == 2
