"""Texts in the partnership workbook come back as people wrote them, whatever they look like; none is a formula."""

from __future__ import annotations

from dataclasses import replace

import pytest

from section11.workbooks.cells import text_read_back
from tests.unit.figure_builders import (
    POLICE,
    SCHOOL,
    a_cycle,
    a_return,
    rated,
)
from tests.workbooks.partnership_readings import read_back, table, usual_book


@pytest.mark.parametrize(
    "text", ["=1+1", "+44 20 7946 0000", "-5 places", "@lead", '=HYPERLINK("http://x","y")', "#N/A"]
)
def test_text_that_looks_like_a_formula_stays_text(text):
    police = a_return("Riverdale Police", POLICE, [rated("S1.1", "fully", evidence=text)])
    cell = read_back(a_cycle(replace(police, organisation=replace(police.organisation, name=text))))["Answers"]

    assert (cell["K5"].value, cell["K5"].data_type) == (text, "s")
    assert (cell["A5"].value, cell["A5"].data_type) == (text, "s")


@pytest.mark.parametrize(
    "text",
    [
        "a & b < c > d",
        "]]>",
        "_x0041_ stays",
        "line\r\nend",
        "  spaces around  ",
        "👩🏽‍🏫 ’Ünï’",
        "tab\there",
        '"quoted"',
    ],
)
def test_a_hostile_text_comes_back_as_it_was(text):
    book = read_back(a_cycle(a_return("Police", POLICE, [rated("S1.1", "fully", evidence=text)])))

    [found] = [row["Evidence"] for row in table(book, "Answers") if row["Question id"] == "S1.1"]
    assert text_read_back(str(found)) == text


def test_control_characters_are_left_out_and_break_nothing():
    book = read_back(a_cycle(a_return("Po\x00lice\x0b", POLICE, [rated("S1.1", "fully", evidence="a\x08b\ufffe")])))

    assert table(book, "Organisations")[0]["Organisation"] == "Police"
    assert table(book, "Answers")[0]["Evidence"] == "ab"


def test_no_sheet_has_a_formula():
    book = usual_book()

    assert [cell.coordinate for sheet in book for row in sheet for cell in row if cell.data_type == "f"] == []


def test_long_evidence_is_written_in_full():
    evidence = "Minutes of the board. " * 1450
    row = table(
        read_back(a_cycle(a_return("Oak School", SCHOOL, [rated("S1.1", "fully", evidence=evidence)]))), "Answers"
    )[0]

    assert len(evidence) == 31_900
    assert row["Evidence"] == evidence
