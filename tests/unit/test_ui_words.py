"""Words and dates as people read them, and text that draws as itself."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from section11.domain.uk_time import long_date
from section11.ui.words import count_of, due_words, percent_words, plain, saved_at

MARKDOWN = r"\`*_{}[]()#+-!|<>~$:&^="


def test_a_date_is_written_out_without_a_leading_nought():
    assert long_date(date(2026, 9, 30)) == "30 September 2026"
    assert long_date(date(2026, 5, 1)) == "1 May 2026"


def test_a_moment_of_today_is_a_time_alone_and_of_another_day_says_which():
    now = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)

    assert saved_at(datetime(2026, 3, 2, 14, 2, tzinfo=UTC), now) == "14:02"
    assert saved_at(datetime(2020, 3, 3, 14, 2, tzinfo=UTC), now) == "14:02 on 3 March 2020"


def test_a_moment_is_told_in_the_time_of_the_united_kingdom():
    # In July clocks stand an hour before UTC, so half past eleven at night is the next day.
    assert (
        saved_at(datetime(2020, 7, 1, 23, 30, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)) == "00:30 on 2 July 2020"
    )


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 returns"), (1, "1 return"), (2, "2 returns"), (12_345, "12,345 returns")]
)
def test_a_count_agrees_with_its_noun(number, words):
    assert count_of(number, "return") == words


def test_a_plural_that_is_not_made_with_s_is_given():
    assert count_of(1, "person", "people") == "1 person"
    assert count_of(3, "person", "people") == "3 people"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (30, "due 30 September 2026, in 30 days"),
        (2, "due 30 September 2026, in 2 days"),
        (1, "due tomorrow"),
        (0, "due today"),
        (-1, "was due 30 September 2026, 1 day ago"),
        (-40, "was due 30 September 2026, 40 days ago"),
    ],
)
def test_a_due_date_says_how_far_away_it_is(days, words):
    due = date(2026, 9, 30)

    assert due_words(due, due - timedelta(days=days)) == words


@pytest.mark.parametrize(
    ("share", "words"), [(95.652, "95.7%"), (100.0, "100.0%"), (0.0, "0.0%"), (4.348, "4.3%"), (None, "–")]
)
def test_a_share_has_one_decimal_and_a_dash_where_there_is_none(share, words):
    assert percent_words(share) == words


def test_every_sign_that_markdown_knows_is_drawn_as_itself():
    assert plain(MARKDOWN) == "".join(f"\\{sign}" for sign in MARKDOWN)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("kim@police.example", "kim:color[@]police.example"),
        ("www.evil.example", "www:color[.]evil.example"),
        ("WWW.evil.example", "WWW:color[.]evil.example"),
        ("https://evil.example", r"https\::color[/]/evil.example"),
        ("mailto:kim@police.example", r"mailto\:kim:color[@]police.example"),
        ("xmpp:a@b.example/c", r"xmpp\:a:color[@]b.example/c"),
        (":color[@]", r"\:color\[:color[@]\]"),
    ],
)
def test_an_address_is_parted_so_that_it_does_not_become_a_link(text, drawn):
    assert plain(text) == drawn


def test_plain_words_are_left_as_they_are():
    assert plain("Riverdale Police, 30 September 2026") == "Riverdale Police, 30 September 2026"


def test_a_new_line_stays_a_new_line():
    assert plain("one\ntwo") == "one  \ntwo"


@pytest.mark.parametrize("text", ["1. First", "2) Second", "1. First\n2. Second"])
def test_a_number_at_the_start_of_a_line_does_not_become_a_list(text):
    """“1. ” at the start of a line is an ordered list in Markdown: the number would be drawn anew, and set in."""
    for line in plain(text).split("\n"):
        assert "." not in line.split(" ")[0] or "\\." in line
        assert ")" not in line.split(" ")[0] or "\\)" in line


def test_an_indented_paragraph_does_not_become_a_block_of_code():
    for line in plain("First\n\n    and then").split("\n"):
        assert not line.startswith("    ") or not line.strip()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_no_sign_of_markdown_is_left_bare(text):
    drawn = re.sub(r":color\[([@./])\]", r"\1", plain(text))

    assert drawn.replace("\\\\", "").count("\\") + 2 * drawn.count("\\\\") >= sum(sign in MARKDOWN for sign in text)
    for before, sign in zip(" " + drawn, drawn, strict=False):
        assert sign not in MARKDOWN.replace("\\", "") or before == "\\"
