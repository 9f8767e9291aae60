"""The partnership workbook: what stands in it, and that it can be opened, filtered and printed."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest

from section11.domain.moderation import EvidenceQuality, Moderation
from section11.domain.standards import Standard, StandardsSet
from section11.domain.workflow import AssessmentStatus
from section11.reports.results import LEVEL_SHADES, LEVEL_TITLES
from tests.unit.figure_builders import (
    POLICE,
    RAG,
    SCHOOL,
    a_cycle,
    a_return,
    four_organisations,
    published_matrix,
    question,
    rated,
)
from tests.workbooks.partnership_readings import TABLES, read_back, table, usual_book, written


def test_sheets_come_in_reading_order_and_contents_links_to_each():
    book = usual_book()
    links = {cell.value: cell.hyperlink.location for cell in book["Contents"]["A"] if cell.hyperlink}

    assert book.sheetnames == ["Contents", *TABLES]
    assert links == {title: f"'{title}'!A1" for title in TABLES}


def test_contents_says_what_it_is_when_it_was_taken_and_from_what():
    words = [value for row in usual_book()["Contents"].iter_rows(values_only=True) for value in row]

    assert "Section 11 audit 2026: partnership workbook" in words
    assert "Riverdale Safeguarding Children Partnership" in words
    assert "14 October 2026 at 15:02" in words
    assert "3 returned of 4 expected returns" in words
    assert "Small set, version 1.0: 3 returned of 4 expected; scale “Four ratings”" in words


def test_demonstration_data_is_marked_on_every_sheet():
    book = read_back(replace(four_organisations(), is_demo=True))

    for sheet in book:
        top = " ".join(str(sheet.cell(row, 1).value) for row in (1, 2, 3))
        assert "DEMONSTRATION" in top, sheet.title
    assert "DEMONSTRATION" in book.properties.description


def test_real_data_is_not_marked_as_demonstration():
    assert "DEMONSTRATION" not in str([cell.value for row in usual_book()["Contents"] for cell in row])


def test_title_language_and_author_are_in_the_document_properties():
    properties = usual_book().properties

    assert properties.title == "Section 11 audit 2026: partnership workbook"
    assert properties.language == "en-GB"
    assert properties.creator == "Riverdale Safeguarding Children Partnership"
    assert properties.created == datetime.fromisoformat("2026-10-14T14:02")


@pytest.mark.parametrize("title", TABLES)
def test_every_table_can_be_filtered_scrolled_and_printed(title):
    sheet = usual_book()[title]

    assert sheet.auto_filter.ref.startswith("A4:")
    assert re.fullmatch(r"[BC]5", sheet.freeze_panes)
    assert "$4:$4" in sheet.print_title_rows
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_the_total_row_stays_out_of_the_filter():
    book = usual_book()

    assert book["By standard"].auto_filter.ref.endswith("6"), "two standards in rows 5 and 6"
    assert table(book, "By standard")[-1]["Title"] == "All standards"


def test_organisations_lists_everyone_with_status_timing_and_answered_share():
    rows = table(usual_book(), "Organisations")

    assert [(row["Organisation"], row["Status"], row["Timing"]) for row in rows] == [
        ("Riverdale Police", "Submitted", "Returned on time"),
        ("Oak School", "Moderated", "Returned late"),
        ("Hope Charity", "Released", "Returned on time"),
        ("Elm Housing", "In progress", "Overdue"),
    ]
    assert [(row["Asked"], row["Answered"], row["Answered %"]) for row in rows] == [
        (5, 5, 1.0),
        (5, 4, 0.8),
        (3, 3, 1.0),
        (None, None, None),
    ]
    assert [row["Signed"] for row in rows] == [
        datetime.fromisoformat("2026-09-28"),
        datetime.fromisoformat("2026-10-02"),
        datetime.fromisoformat("2026-09-28"),
        None,
    ]


def test_the_heat_map_says_the_result_in_words_with_its_share_and_n():
    rows = table(usual_book(), "Heat map")

    assert [(row["S1 Leadership"], row["S2 Safe recruitment"]) for row in rows] == [
        ("Strong\n3 of 3", "Mixed\n1 of 2"),
        ("Weak\n0 of 2", "Weak\n1 of 2"),
        ("Not applicable", "Not asked"),
        ("Not returned", "Not returned"),
    ]


def test_the_heat_map_uses_the_colours_of_the_palette():
    sheet = usual_book()["Heat map"]

    assert sheet["C5"].fill.fgColor.rgb == "FF0A4527", "strong is the dark green of the best rating"
    assert sheet["C6"].fill.fgColor.rgb == "FFC2302B", "weak is the dark red of the lowest"


@pytest.mark.parametrize(("title", "area"), [("Heat map", "C5:D8"), ("Heat map by arrangement", "D5:E8")])
def test_the_colours_of_the_heat_maps_follow_their_words(title, area):
    formats = usual_book()[title].conditional_formatting

    [found] = list(formats)
    assert str(found.sqref) == area
    colours = {rule.text: rule.dxf.fill.bgColor.rgb for rule in found.rules}
    assert colours == {LEVEL_TITLES[level]: "FF" + shade.fill[1:] for level, shade in LEVEL_SHADES.items()}


def test_answers_show_each_state_in_words_and_the_rating_only_when_rated():
    rows = {(row["Organisation"], row["Question id"]): row for row in table(usual_book(), "Answers")}

    assert rows["Riverdale Police", "S1.1"]["State"] == "Rated"
    assert rows["Riverdale Police", "S1.1"]["Rating"] == "Fully met"
    assert (rows["Oak School", "S1.2"]["State"], rows["Oak School", "S1.2"]["Rating"]) == ("Not applicable", None)
    assert rows["Oak School", "S1.2"]["Reason"] == "We do not employ staff."
    assert rows["Oak School", "S1.3"]["State"] == "Not answered"
    assert rows["Hope Charity", "S2.1"]["State"] == "Not asked"


def test_a_rating_carried_forward_is_not_shown_as_a_rating():
    police = a_return("Riverdale Police", POLICE, [rated("S1.1", "fully", carried_from="2024")])
    row = table(read_back(a_cycle(police)), "Answers")[0]

    assert (row["State"], row["Rating"]) == ("Carried forward, not yet confirmed", None)
    assert row["Evidence"] == "Evidence for S1.1."


def test_a_return_that_has_not_come_back_has_no_answers_anywhere_in_the_file():
    with zipfile.ZipFile(BytesIO(written(four_organisations()))) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())

    assert b"Evidence for S1.1." in everything
    assert b"Draft that nobody may see" not in everything


def test_an_action_comes_with_its_owner_and_a_real_date():
    rows = [row for row in table(usual_book(), "Answers") if row["Action"]]

    assert [(row["Question id"], row["Action"], row["Action owner"], row["Action due"]) for row in rows] == [
        ("S2.1", "Train every panel member", "Head of HR", datetime.fromisoformat("2027-01-31"))
    ]
    assert usual_book()["Answers"]["O8"].number_format == "d mmmm yyyy"


def test_charts_are_native_coloured_by_the_palette_and_described():
    with zipfile.ZipFile(BytesIO(written(four_organisations()))) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
        drawings = [
            archive.read(name).decode() for name in archive.namelist() if re.match(r"xl/drawings/drawing\d", name)
        ]

    assert len(charts) == len(drawings) == 5
    assert all("<barChart>" in chart and "0A4527" in chart for chart in charts)
    assert all('descr="' in drawing and "same numbers" in drawing for drawing in drawings)
    assert any("in all 5 Fully met, 1 Mostly met, 1 Partly met, 1 Not met of 9" in drawing for drawing in drawings)


def test_the_axis_of_a_chart_that_counts_has_whole_numbers_only():
    with zipfile.ZipFile(BytesIO(written(four_organisations()))) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]

    counting = [chart for chart in charts if "percentStacked" not in chart]
    assert len(counting) == 3
    assert all('<majorUnit val="1"' in chart for chart in counting)


def test_two_sets_have_numbered_sheets_and_share_no_column_of_ratings():
    rag_set = StandardsSet("rag-set", "RAG set", "1", RAG, (Standard("A", "A", (question("A.1", scale=RAG),)),))
    book = read_back(
        a_cycle(
            a_return("Riverdale Police", POLICE, [rated("S1.1", "fully")]),
            a_return("Oak School", SCHOOL, [rated("A.1", "green")], standards_set=rag_set),
        )
    )

    assert {"By standard 1", "By standard 2", "Heat map 1", "Heat map 2"} <= set(book.sheetnames)
    assert "Green" not in table(book, "By standard 1")[0]
    assert table(book, "By standard 2")[0]["Green"] == 1
    assert [row["Organisation"] for row in table(book, "Heat map 2")] == ["Oak School"]


def test_an_empty_cycle_gives_a_workbook_that_says_so():
    book = read_back(a_cycle())

    assert book.sheetnames == ["Contents", "Return rates", "Organisations", "Answers", "Actions", "Data dictionary"]
    assert table(book, "Return rates")[0]["Expected"] == 0
    assert str(book["Answers"]["A2"].value).startswith("No return has come back yet.")


def test_a_cycle_with_one_organisation_that_has_not_started_has_no_charts_of_answers():
    waiting = a_return("Oak School", SCHOOL, status=AssessmentStatus.NOT_STARTED, signed_at=None)
    book = read_back(a_cycle(waiting))

    assert table(book, "By standard")[-1]["n"] == 0
    assert table(book, "By standard")[-1]["Fully met %"] is None
    assert table(book, "Answers") == []


def test_the_published_matrix_is_in_the_workbook_as_published():
    total = table(read_back(published_matrix()), "By standard")[-1]

    assert (total["Green"], total["Amber"], total["Not applicable"], total["n"]) == (66, 3, 3, 69)
    assert total["Green %"] == pytest.approx(0.9565217391)


def test_moderated_returns_have_a_sheet_that_compares_them_with_the_self_ratings():
    lower = Moderation("S1.1", rating="partly", evidence_quality=EvidenceQuality.ASSERTED, version=1)
    police = a_return("Riverdale Police", POLICE, [rated("S1.1", "fully")], outcomes=[lower])
    book = read_back(a_cycle(police))

    first, *_others, total = table(book, "Self and moderated")
    assert (first["Question id"], first["n"], first["Moderated lower"], first["The same"]) == ("S1.1", 1, 1, 0)
    assert (total["Question"], total["Moderated lower"], total["Evidence: asserted"]) == ("All questions", 1, 1)
    assert "Self and moderated" not in usual_book().sheetnames
