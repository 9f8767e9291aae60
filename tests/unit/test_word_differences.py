"""Differences in words: small changes are marked where they stand, and a text written anew is not."""

from __future__ import annotations

import pytest

from section11.reports.word_differences import change_in_words, word_difference

LONG = "Every member of staff knows whom to tell, and says so when asked on a quiet afternoon."
OTHER = "Nobody keeps a list of the people who were given this training during the past two years."


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("Is there a senior lead?", "Is there a senior lead?", "Is there a senior lead?"),
        ("Is there a senior lead?", "Is there a board lead?", "Is there a [-senior-] {+board+} lead?"),
        ("Is there a lead?", "Is there a lead today?", "Is there a [-lead?-] {+lead today?+}"),
        ("Do all staff know it?", "Do staff know it?", "Do [-all-] staff know it?"),
        ("Do staff know it?", "Do all the staff know it?", "Do {+all the+} staff know it?"),
        ("Do staff know it?", "Have leaders seen this?", None),
        ("", "Have leaders seen this?", None),
    ],
)
def test_words_that_went_and_came_are_marked_unless_little_stayed(before, after, marked):
    assert word_difference(before, after) == marked


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (False, True, "now yes"),
        (True, False, "no longer"),
        ("people", "posts", "[-people-] {+posts+}"),
        ("", LONG, f"{{+{LONG}+}}"),
        (LONG, "", f"[-{LONG}-]"),
        (LONG, OTHER, None),
        (LONG, LONG.replace("quiet", "busy"), LONG.replace("quiet", "[-quiet-] {+busy+}")),
        (("S11-01", "S11-02"), ("S11-02", "S11-03", "S11-04"), "[-S11-01-] {+S11-03; S11-04+}"),
        (("S11-01",), ("S11-01", "S11-02"), "{+S11-02+}"),
        (("S11-01",), (), "[-S11-01-]"),
        (("S11-01", "S11-02"), ("S11-02", "S11-01"), "in another order"),
        ((LONG,), (OTHER,), None),
        ((LONG, "A poster"), (OTHER, "A poster"), f"[-{LONG}-] {{+{OTHER}+}}"),
    ],
)
def test_a_change_is_said_in_words_unless_it_was_written_anew(before, after, words):
    assert change_in_words(before, after) == words
