"""Names of bars: beside them while short, above them in lines that fit a phone, and always whole."""

from __future__ import annotations

import html
import re

import pytest

from section11.ui.components.bar_names import BAR, LINE, bar_names, in_lines, legend_height

PHONE_CHART, WIDEST_LETTER = 338, 7.8
"""Pixels: what a chart has on a phone, and a capital letter in the font of its names."""
HEADING = "E8. Designated safeguarding lead, deputies and link governor"


@pytest.mark.parametrize(
    "title",
    ["", "<b>E1</b> & <a href='https://example.org'>more", "x" * 300, "Lead\nand learn", HEADING.upper(), HEADING],
)
def test_a_name_is_shown_whole_and_as_typed_in_lines_that_fit_a_phone(title):
    [name] = bar_names([title]).names

    lines = [html.unescape(line) for line in name.split("<br>")]
    assert "".join(lines).replace(" ", "") == re.sub(r"\s", "", title)
    assert "<" not in name.replace("<br>", "")
    assert max(map(len, lines)) * WIDEST_LETTER <= PHONE_CHART


def test_a_chart_of_nothing_has_no_names_and_no_height():
    assert bar_names([]) == ((), (), 0, False)
    assert legend_height([]) == 0


def test_short_names_stand_beside_their_bars_in_less_than_a_third_of_a_phone():
    rows = bar_names(["E1", "S10.12", "NHS ACUTE TRUSTS"])

    assert not rows.are_above
    assert max(map(len, rows.names)) * WIDEST_LETTER < 390 / 3


def test_one_long_name_puts_every_name_above_and_each_has_room_for_its_lines():
    rows = bar_names(["E1. Leadership", HEADING, "E9. Safer recruitment and safe working"])

    assert rows.are_above
    assert [name.count("<br>") for name in rows.names] == [0, 1, 0]
    ends = [0.0, *(middle + BAR / 2 for middle in rows.middles)]
    free = [middle - BAR / 2 - end for middle, end in zip(rows.middles, ends, strict=False)]
    assert all(one >= LINE * (name.count("<br>") + 1) for one, name in zip(free, rows.names, strict=True))
    assert ends[-1] <= rows.height


def test_a_long_id_beside_its_row_is_divided():
    assert in_lines("leadership-and-accountability") == "leadership-and-<br>accountability"


def test_a_legend_of_long_words_is_as_tall_as_its_entries_on_a_phone():
    assert legend_height(["Met", "Not met"]) < legend_height(["Met in every part of the organisation", "Not met"])
