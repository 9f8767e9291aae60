"""The sheets by arrangement: organisations of every question set side by side, counted and never averaged."""

from __future__ import annotations

import zipfile
from io import BytesIO

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from section11.domain.standards import Standard, StandardsSet
from section11.domain.workflow import AssessmentStatus
from section11.reports.collated import CollatedCycle
from section11.reports.figures import figures_of
from section11.workbooks.partnership_workbook import write_partnership_workbook
from tests.unit.figure_builders import (
    FOUR_RATINGS,
    SCHOOL,
    a_cycle,
    a_return,
    four_organisations,
    question,
    seven_organisations,
)

SHEETS = ("Heat map by arrangement", "Results by arrangement")


def written(collated: CollatedCycle) -> bytes:
    return write_partnership_workbook(collated, figures_of(collated))


@pytest.fixture
def book() -> Workbook:
    return openpyxl.load_workbook(BytesIO(written(seven_organisations())))


def rows_of(book: Workbook, title: str) -> list[list[object]]:
    return [list(row) for row in book[title].iter_rows(min_row=5, values_only=True)]


def test_organisations_of_both_sets_stand_on_one_sheet_with_their_set_and_their_words(book):
    heading = [cell.value for cell in book["Heat map by arrangement"][4]]

    assert heading == [
        "Organisation",
        "Organisation type",
        "Question set",
        "S11-01 Senior leadership",
        "S11-02 Clear accountability",
        "S11-03 Listening",
    ]
    rows = {row[0]: row[2:] for row in rows_of(book, "Heat map by arrangement")}
    assert rows == {
        "Riverdale Police": ["Small set 1.0", "Mixed\n1 of 2", "Strong\n4 of 4", "Not asked"],
        "Oak School": ["Small set 1.0", "Weak\n0 of 2", "Weak\n1 of 3", "Not asked"],
        "Hope Charity": ["Small set 1.0", "Not applicable", "Not applicable", "Not asked"],
        "Elm Housing": ["Small set 1.0", "Not returned", "Not returned", "Not asked"],
        "Scouts": ["Set for clubs 1", "Not asked", "Strong\n2 of 2", "Strong\n1 of 2"],
        "Choir": ["Set for clubs 1", "Not asked", "Weak\n1 of 2", "Strong\n1 of 1"],
        "Band": ["Set for clubs 1", "Not asked", "Not returned", "Not returned"],
    }


def test_words_stand_on_the_colours_of_the_palette(book):
    sheet = book["Heat map by arrangement"]

    assert sheet["E5"].fill.fgColor.rgb == "FF0A4527", "the police are strong in S11-02"
    assert sheet["E10"].fill.fgColor.rgb == "FFC2302B", "the choir is weak in S11-02"


def test_totals_are_counts_of_organisations(book):
    assert [cell.value for cell in book["Results by arrangement"][4]][2:] == [
        "Organisations",
        "n",
        "Strong",
        "Mixed",
        "Weak",
        "Not applicable",
        "Not asked",
        "Not returned",
    ]
    assert rows_of(book, "Results by arrangement") == [
        ["S11-01", "Senior leadership", 7, 2, 0, 1, 1, 1, 3, 1],
        ["S11-02", "Clear accountability", 7, 4, 2, 0, 2, 1, 0, 2],
        ["S11-03", "Listening", 7, 2, 2, 0, 0, 0, 4, 1],
    ]


@pytest.mark.parametrize("title", SHEETS)
def test_no_cell_of_the_sheets_is_a_share(book, title):
    cells = [cell for row in book[title].iter_rows(min_row=4) for cell in row]

    assert not [cell.coordinate for cell in cells if "%" in f"{cell.value} {cell.number_format}"]


def test_the_chart_shows_each_level_that_occurs_and_says_so_in_words():
    with zipfile.ZipFile(BytesIO(written(seven_organisations()))) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist() if "/charts/chart" in name]
        drawings = [archive.read(name).decode() for name in archive.namelist() if "/drawings/drawing" in name]

    [chart] = [text for text in texts if "'Results by arrangement'!" in text]
    assert "<barChart>" in chart
    assert 'grouping val="stacked"' in chart, "counts, not shares of a hundred"
    assert chart.count("<ser>") == 6
    assert any("for each arrangement. The table above has the same numbers." in drawing for drawing in drawings)


def test_a_cycle_with_one_set_has_the_sheets_too():
    book = openpyxl.load_workbook(BytesIO(written(four_organisations())))

    assert [row[0] for row in rows_of(book, "Results by arrangement")] == ["S11-01", "S11-02"]


def test_a_set_without_arrangements_has_no_sheets_about_them():
    plain = StandardsSet("plain", "Plain", "1", FOUR_RATINGS, (Standard("A", "A", (question("A.1"),)),))
    book = openpyxl.load_workbook(BytesIO(written(a_cycle(a_return("Oak School", SCHOOL, standards_set=plain)))))

    assert not set(SHEETS) & set(book.sheetnames)


def test_before_anything_is_returned_there_is_no_chart():
    waiting = a_return("Oak School", SCHOOL, status=AssessmentStatus.NOT_STARTED, signed_at=None)
    book = openpyxl.load_workbook(BytesIO(written(a_cycle(waiting))))

    assert rows_of(book, "Results by arrangement")[0][-1] == 1
    assert book["Results by arrangement"]._charts == []
