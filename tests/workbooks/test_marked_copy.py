"""The marked copy of a person's own file: each problem in its cell and in a list, and it imports once put right."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from section11.domain.answers import Answer
from section11.errors import NotOurFileError, Problem
from section11.workbooks.marked_copy import marked_copy
from section11.workbooks.return_checks import checked
from section11.workbooks.return_reader import read_return
from section11.workbooks.return_writer import write_return
from tests.workbooks.builders import SMALL_SET, a_form, opened, saved
from tests.workbooks.test_safe_opening import LAUGHS, with_part


def wrong_return():
    workbook = opened(write_return(a_form((Answer("S1.2", evidence="=kept as it is"),))))
    workbook["Answers"]["E5"] = workbook["Answers"]["E8"] = "Sort of"
    workbook["Action plan"]["G5"] = "soon"
    workbook.create_sheet("Our notes")["A1"] = "Ask Ben"
    return saved(workbook)


def problems_of(content):
    return checked(read_return(content), SMALL_SET, "police").problems


def marked(content):
    return load_workbook(BytesIO(marked_copy(content, problems_of(content))))


def test_a_file_with_entities_in_a_part_that_no_import_reads_is_not_opened():
    content = with_part(wrong_return(), "xl/theme/theme1.xml", lambda _: LAUGHS.encode() + b"<a/>")

    with pytest.raises(NotOurFileError, match="too large to be marked"):
        marked_copy(content, [Problem("Answers!E5", "Choose one.")])


def test_every_cell_with_a_problem_is_tinted_and_says_what_to_do():
    book = marked(wrong_return())

    for sheet, cell in (("Answers", "E5"), ("Answers", "E8"), ("Action plan", "G5")):
        assert book[sheet][cell].fill.fgColor.rgb == "FFF8C9C4"
    assert book["Answers"]["E8"].comment.text == '"Sort of" is not a rating. Choose one from the list.'
    assert book["Answers"]["E6"].fill.fgColor.rgb != "FFF8C9C4"


def test_the_first_sheet_lists_the_problems_with_a_link_to_the_first_cell():
    sheet = marked(wrong_return()).worksheets[0]

    assert sheet.title == "To put right"
    assert [cell.value for cell in sheet[4]] == [
        "Answers!E5, E8", '"Sort of" is not a rating. Choose one from the list.',
    ]  # fmt: skip
    assert sheet["A4"].hyperlink.location == "'Answers'!E5" or sheet["A4"].hyperlink.target == "#'Answers'!E5"


def test_everything_else_stays_as_the_person_had_it():
    book = marked(wrong_return())

    assert book["Our notes"]["A1"].value == "Ask Ben"
    assert (book["Answers"]["F6"].value, book["Answers"]["F6"].data_type) == ("=kept as it is", "s")
    assert book["_return"].sheet_state == "hidden"


def test_once_put_right_the_marked_copy_imports_and_its_old_marks_go():
    book = marked(wrong_return())
    book["Answers"]["E5"] = "Fully met"
    book["Action plan"]["G5"] = None
    again = marked(saved(book))
    assert again.sheetnames.count("To put right") == 1
    assert again["Answers"]["E5"].comment is None
    assert again["Answers"]["E5"].fill.fgColor.rgb != "FFF8C9C4"

    again["Answers"]["E8"] = "Not met"
    result = checked(read_return(saved(again)), SMALL_SET, "police")

    assert result.problems == ()
    assert {one: answer.rating for one, answer in result.answers.items()} == {
        "S1.1": "fully_met", "S1.2": None, "S2.1": "not_met",
    }  # fmt: skip
