"""The Excel return as it is read back: what people do to a sheet does no harm, and strange files are refused."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill

from section11.domain.answers import Action, Answer, Marker
from section11.errors import NotOurFileError
from section11.workbooks.return_checks import checked
from section11.workbooks.return_layout import ACTION_PLAN, ANSWERS
from section11.workbooks.return_reader import NOT_A_RETURN, ReturnRow, read_return
from section11.workbooks.return_writer import write_return
from tests.workbooks.builders import A_HASH, SMALL_SET, a_form, edited, opened, saved


def answer_rows(content: bytes) -> list[ReturnRow]:
    return [row for row in read_return(content).rows if row.layout is ANSWERS]


def ids_in(content: bytes) -> list[str]:
    return [row.question_id for row in answer_rows(content)]


def test_the_longest_text_the_product_takes_comes_back_whole():
    form = a_form((Answer("S1.1", evidence="x" * 32_767),))

    assert read_return(write_return(form)).rows[0].values["evidence"] == "x" * 32_767


def test_a_return_reads_back_as_it_was_written():
    answers = (
        Answer("S1.1", rating="not_met", evidence="Audit\nof 2025", impact="Few", version=4),
        Answer("S1.2", marker=Marker.NOT_APPLICABLE, reason="No such service", version=1),
        Answer("S2.1", marker=Marker.DONT_KNOW_YET, carried_from="2024", version=2),
    )
    actions = (Action("S1.1", "Train", "Head of learning", date(2026, 12, 1)),)
    result = checked(read_return(write_return(a_form(answers, actions))), SMALL_SET, "police")

    assert result.problems == ()
    assert result.answers == {answer.question_id: answer for answer in answers}
    assert result.actions == {"S1.1": actions[0], "S1.2": Action("S1.2"), "S2.1": Action("S2.1")}
    assert result.base == result.incoming


def test_the_file_names_its_cycle_organisation_set_and_moment():
    file = read_return(write_return(a_form()))

    assert (file.cycle_id, file.organisation_id, file.set_id) == ("2026", "riverdale-police", "small")
    assert (file.set_sha256, file.layout_version) == (A_HASH, 2)
    assert file.made_at == datetime(2026, 6, 1, 14, 2, tzinfo=UTC)


def test_every_value_knows_its_cell():
    rows = read_return(write_return(a_form())).rows
    answer, action = (next(one for one in rows if one.layout is layout) for layout in (ANSWERS, ACTION_PLAN))

    assert (answer.places["id"], answer.places["rating"], answer.places["reason"]) == (
        "Answers!A5", "Answers!E5", "Answers!H5",
    )  # fmt: skip
    assert (action.places["id"], action.places["due"]) == ("Action plan!A5", "Action plan!G5")


def test_empty_rows_put_in_between_move_the_cells_and_do_no_harm():
    content = edited(write_return(a_form((Answer("S2.1", evidence="Here"),))), lambda sheet: sheet.insert_rows(5, 300))
    rows = answer_rows(content)

    assert [row.question_id for row in rows] == ["S1.1", "S1.2", "S2.1"]
    assert rows[2].values["evidence"] == "Here"
    assert rows[2].places["evidence"] == "Answers!F308"


def test_rows_in_another_order_still_belong_to_their_questions():
    def swap(sheet):
        for column in "ABCDEFGHIJK":
            above, below = sheet[f"{column}5"], sheet[f"{column}8"]
            above.value, below.value = below.value, above.value

    form = a_form((Answer("S1.1", evidence="One"), Answer("S2.1", evidence="Two")))
    rows = answer_rows(edited(write_return(form), swap))

    assert {row.question_id: row.values["evidence"] for row in rows} == {"S2.1": "Two", "S1.2": None, "S1.1": "One"}


def test_a_deleted_row_says_nothing_about_its_question():
    content = edited(write_return(a_form()), lambda sheet: sheet.delete_rows(6))

    assert ids_in(content) == ["S1.1", "S2.1"]


def test_moved_columns_are_found():
    content = edited(write_return(a_form((Answer("S1.1", evidence="Here"),))), lambda sheet: sheet.insert_cols(1, 2))
    row = answer_rows(content)[0]

    assert (row.values["evidence"], row.places["evidence"]) == ("Here", "Answers!H5")


def test_without_the_hidden_row_columns_are_found_by_their_headers():
    content = edited(write_return(a_form((Answer("S1.1", evidence="Here"),))), lambda sheet: sheet.delete_rows(2))

    assert read_return(content).rows[0].values["evidence"] == "Here"


def test_hidden_rows_extra_sheets_and_another_name_for_the_sheet_do_no_harm():
    workbook = opened(write_return(a_form()))
    workbook["Answers"].row_dimensions[6].hidden = True
    workbook["Answers"].title = "Our answers"
    workbook.create_sheet("My notes", 0)["A1"] = "Ask Ben"
    rows = answer_rows(saved(workbook))

    assert [row.question_id for row in rows] == ["S1.1", "S1.2", "S2.1"]
    assert rows[0].places["rating"] == "Our answers!E5"


def test_a_text_merged_over_several_questions_counts_for_each_of_them():
    form = a_form((Answer("S1.1", evidence="One policy for both"), Answer("S1.2", evidence="It was this")))
    rows = answer_rows(edited(write_return(form), lambda sheet: sheet.merge_cells("F5:F6")))

    assert [row.values["evidence"] for row in rows] == ["One policy for both", "One policy for both", None]


def test_a_text_merged_over_several_columns_leaves_the_others_as_they_were_stored():
    answers = (Answer("S1.1", evidence="Minutes", impact="Faster"), Answer("S1.2", rating="fully_met", reason="x"))

    def merge(sheet):
        sheet.merge_cells("F5:H6")
        sheet.merge_cells("A4:K4")

    result = checked(read_return(edited(write_return(a_form(answers)), merge)), SMALL_SET, "police")

    assert result.problems == ()
    assert result.answers["S1.1"] == answers[0]
    assert result.answers["S1.2"] == Answer("S1.2", rating="fully_met", reason="x", evidence="Minutes")


def test_merged_question_numbers_are_named_as_a_fault_rather_than_guessed():
    form = a_form((Answer("S1.1", rating="fully_met"), Answer("S1.2", rating="not_met")))
    content = edited(write_return(form), lambda sheet: sheet.merge_cells("A5:A6"))

    [problem] = checked(read_return(content), SMALL_SET, "police").problems
    assert str(problem).startswith("Answers!A6: Something is written in a row without a question.")


def test_pasted_formats_comments_filters_and_sorted_rows_do_no_harm():
    form = a_form((Answer("S1.1", evidence="One"), Answer("S2.1", evidence="Two")))

    def paste(sheet):
        sheet["F5"].font, sheet["F5"].fill = Font(size=20, italic=True), PatternFill("solid", fgColor="FFFF00")
        sheet["F5"].number_format, sheet["E5"].number_format = "0.00%", "dd/mm/yyyy"
        sheet["F8"].comment = Comment("Ask Ben", "Ann")
        sheet.auto_filter.add_filter_column(0, ["S1.1"])
        sheet.row_dimensions[8].hidden = True
        sheet.conditional_formatting.add("A1:Z99", CellIsRule("equal", ['"x"'], fill=PatternFill(bgColor="FF0000")))

    rows = answer_rows(edited(write_return(form), paste))

    assert [row.values["evidence"] for row in rows] == ["One", None, "Two"]


def test_a_copy_of_a_sheet_is_passed_over():
    workbook = opened(write_return(a_form((Answer("S1.1", evidence="Here"),))))
    copy = workbook.copy_worksheet(workbook["Answers"])
    workbook.move_sheet(copy, -3)
    copy["F5"] = "As it was in May"

    assert [row.values["evidence"] for row in answer_rows(saved(workbook))] == ["Here", None, None]


def test_text_in_a_row_without_a_question_is_kept_for_the_checks():
    rows = answer_rows(edited(write_return(a_form()), lambda sheet: sheet.__setitem__("F12", "More")))

    assert (rows[-1].question_id, rows[-1].values["evidence"], rows[-1].places["id"]) == ("", "More", "Answers!A12")


def test_without_the_base_sheet_nothing_is_known_of_what_was_stored():
    workbook = opened(write_return(a_form((Answer("S1.1", evidence="Here"),))))
    workbook.remove(workbook["_base"])

    assert read_return(saved(workbook)).base == {}


def test_a_workbook_that_is_no_return_is_refused():
    with pytest.raises(NotOurFileError) as refusal:
        read_return(saved(Workbook()))

    assert refusal.value.user_message == NOT_A_RETURN


@pytest.mark.parametrize("fact", ["layout_version", "cycle_id", "made_at"])
def test_a_return_whose_hidden_sheet_was_tampered_with_is_refused(fact):
    workbook = opened(write_return(a_form()))
    for name, value in workbook["_return"].iter_rows():
        if name.value == fact:
            name.value, value.value = "something", "else"

    with pytest.raises(NotOurFileError, match="not an Excel return made here"):
        read_return(saved(workbook))


@pytest.mark.parametrize("name", ["Answers", "Action plan"])
def test_a_missing_sheet_is_named(name):
    workbook = opened(write_return(a_form()))
    workbook.remove(workbook[name])

    with pytest.raises(NotOurFileError, match=f'The sheet "{name}" is missing'):
        read_return(saved(workbook))


def test_a_missing_column_is_named():
    content = edited(write_return(a_form()), lambda sheet: sheet.delete_cols(6))

    with pytest.raises(NotOurFileError, match='The column "Evidence" is missing'):
        read_return(content)


@pytest.mark.parametrize(("version", "age"), [("3", "a newer version"), ("1", "an older version")])
def test_a_file_of_another_layout_is_refused_before_its_rows_are_read(version, age):
    workbook = opened(write_return(a_form()))
    workbook["_return"]["B1"] = version

    with pytest.raises(NotOurFileError, match=age):
        read_return(saved(workbook))
