"""The Excel return as it is written: what stands where, what is locked, and what guides the hand."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest

from section11.domain.answers import Action, Answer, Marker
from section11.domain.carrying import Earlier, EarlierAnswer
from section11.domain.crosswalks import LinkKind, Match
from section11.workbooks.return_layout import QUESTION_SHEETS
from section11.workbooks.return_writer import write_return
from tests.workbooks.builders import SMALL_SET, a_form, opened

QUESTION_ROWS = (5, 6, 8)


def test_only_the_questions_asked_of_this_type_are_written_in_order():
    sheet = opened(write_return(a_form()))["Answers"]

    assert [sheet[f"A{row}"].value for row in range(4, sheet.max_row + 1)] == [None, "S1.1", "S1.2", None, "S2.1"]


def test_a_standard_without_a_question_for_this_type_has_no_heading():
    sheet = opened(write_return(a_form()))["Answers"]

    assert [sheet["B4"].value, sheet["B7"].value] == [
        "Standard 1: Senior leadership",
        "Standard 2: Listening to children",
    ]


def test_a_question_stands_with_its_help_its_prompts_and_what_each_rating_means():
    sheet = opened(write_return(a_form()))["Answers"]

    assert (
        sheet["B5"].value == "What do you do about S1.1?\n\nName the post.\n\nEvidence to consider:\n• Job description"
    )
    assert (sheet["C5"].value, sheet["C6"].value) == ("Essential", None)
    assert sheet["D5"].value.split("\n")[0] == "Fully met: It is in place and it works. (S1.1)"
    assert len(sheet["D5"].value.split("\n")) == 4


def test_what_each_rating_means_and_what_would_show_it_are_notes_of_the_cells_as_well():
    sheet = opened(write_return(a_form()))["Answers"]

    assert sheet["E5"].comment.text == sheet["D5"].value
    assert sheet["F5"].comment.text == "Evidence to consider:\n• Job description"
    assert sheet["F8"].comment is None


def test_what_was_answered_last_time_stands_in_grey_beside_the_answer_and_cannot_be_changed():
    before = EarlierAnswer(SMALL_SET.questions_by_id["S1.1"], Answer("S1.1", rating="not_met", evidence="Minutes"))
    earlier = Earlier("2024", "2024 cycle", SMALL_SET, Match(("S1.1",), LinkKind.SAME), (before,))
    sheet = opened(write_return(a_form(earlier={"S1.1": earlier})))["Answers"]

    assert sheet["I5"].value == "2024 cycle: Not met\nEvidence: Minutes"
    assert (sheet["I5"].font.color.rgb, sheet["I5"].protection.locked) == ("FF4A525B", True)
    assert sheet["I6"].value is None


def test_what_is_known_already_is_filled_in_and_the_due_date_is_a_date():
    form = a_form(
        (Answer("S1.1", rating="partly_met"), Answer("S1.2", marker=Marker.NOT_APPLICABLE, reason="No such service")),
        (Action("S1.1", "Train the team", "Head of learning", date(2026, 12, 1)),),
    )
    workbook = opened(write_return(form))
    sheet, plan = workbook["Answers"], workbook["Action plan"]

    assert [sheet[f"E{row}"].value for row in QUESTION_ROWS] == ["Partly met", "Not applicable", None]
    assert sheet["H6"].value == "No such service"
    assert [plan[f"{column}5"].value for column in "EFG"] == [
        "Train the team",
        "Head of learning",
        datetime(2026, 12, 1),  # noqa: DTZ001 - Excel has no time zones
    ]
    assert plan["G5"].is_date


def test_only_the_cells_to_fill_in_are_unlocked():
    workbook = opened(write_return(a_form()))
    unlocked = {
        sheet.title: {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
        for sheet in workbook
    }

    assert all(sheet.protection.sheet and not sheet.protection.password for sheet in workbook)
    assert {title: cells for title, cells in unlocked.items() if cells} == {
        "Answers": {f"{column}{row}" for column in "EFGH" for row in QUESTION_ROWS},
        "Action plan": {f"{column}{row}" for column in "EFG" for row in QUESTION_ROWS},
    }


def test_an_answer_brought_forward_says_so_and_can_be_confirmed():
    sheet = opened(write_return(a_form((Answer("S1.2", rating="fully_met", carried_from="2024"),))))["Answers"]

    assert sheet["J6"].value == "From 2024, not yet confirmed"
    assert (sheet["J5"].protection.locked, sheet["J6"].protection.locked) == (True, False)


def test_the_rating_list_is_a_range_on_a_hidden_sheet():
    workbook = opened(write_return(a_form()))
    [ratings] = [one for one in workbook["Answers"].data_validations.dataValidation if "E5" in one.sqref]
    choices = [cell.value for cell in workbook["_lists"]["A"]]

    assert ratings.formula1 == "'_lists'!$A$1:$A$6"
    assert choices == ["Fully met", "Mostly met", "Partly met", "Not met", "Not applicable", "Don't know yet"]
    assert workbook["_lists"].sheet_state == "hidden"
    assert [row for row in range(1, 10) if f"E{row}" in ratings.sqref] == list(QUESTION_ROWS)


def test_messages_of_drop_downs_are_short_enough_for_excel():
    form = a_form((Answer("S1.2", rating="fully_met", carried_from="2024"),))
    workbook = opened(write_return(form))
    validations = [one for sheet in workbook for one in sheet.data_validations.dataValidation]

    assert len(validations) == 3
    for validation in validations:
        assert len(validation.prompt) <= 255
        assert len(validation.error) <= 255
        assert len(validation.promptTitle) <= 32
        assert len(validation.errorTitle) <= 32


def test_each_rating_colours_its_cell_and_leaves_the_word():
    sheet = opened(write_return(a_form((Answer("S1.1", rating="fully_met"),))))["Answers"]
    rules = [rule for squares in sheet.conditional_formatting if "E5" in squares.sqref for rule in squares.rules]

    assert [(rule.formula[0], rule.dxf.fill.bgColor.rgb) for rule in rules] == [
        ('"Fully met"', "FF0A4527"),
        ('"Mostly met"', "FF84C28C"),
        ('"Partly met"', "FFFBD07A"),
        ('"Not met"', "FFC2302B"),
        ('"Not applicable"', "FFD5D9DE"),
    ]
    assert sheet["E5"].value == "Fully met"


def test_every_sheet_prints_on_a4_landscape_and_questions_keep_their_headers_and_numbers_on_every_page():
    workbook = opened(write_return(a_form()))
    seen = [sheet for sheet in workbook if sheet.sheet_state == "visible"]

    assert [sheet.title for sheet in seen] == ["Start here", "Answers", "Action plan"]
    assert {(sheet.page_setup.paperSize, sheet.page_setup.orientation) for sheet in seen} == {(9, "landscape")}
    for sheet in seen[1:]:
        assert (sheet.print_title_rows, sheet.print_title_cols) == ("$3:$3", "$A:$A")
        assert (sheet.freeze_panes, sheet.sheet_view.zoomScale) == ("C4", 100)
    assert [one.id for one in workbook["Answers"].col_breaks.brk] == [5]


def test_each_column_has_a_name_that_formulas_and_people_can_go_to():
    names = opened(write_return(a_form())).defined_names

    assert names["answers_rating"].attr_text == "'Answers'!$E$4:$E$8"
    assert names["actions_due"].attr_text == "'Action plan'!$G$4:$G$8"


def test_the_action_plan_follows_the_ratings_and_says_where_an_action_is_still_needed():
    plan = opened(write_return(a_form()))["Action plan"]

    assert plan["C5"].value == '=IFERROR(INDEX(answers_rating,MATCH(A5,answers_id,0))&"","")'
    assert plan["D5"].value == (
        '=IF(AND(I5<>"",OR(C5="Partly met",C5="Not met"),OR(E5="",F5="",G5="")),"Needs an action","")'
    )
    assert (plan["I5"].value, plan["I6"].value) == ("Essential", None)


def test_what_is_still_open_from_earlier_cycles_stands_beside_the_new_action():
    plan = opened(write_return(a_form(open_actions={"S1.2": "2024 cycle: Train (Head), overdue"})))["Action plan"]

    assert [plan[f"H{row}"].value for row in QUESTION_ROWS] == [None, "2024 cycle: Train (Head), overdue", None]


def test_the_language_is_set_and_there_is_no_picture_without_words():
    workbook = opened(write_return(a_form()))

    assert workbook.properties.language == "en-GB"
    assert all(not sheet._images and not sheet._charts for sheet in workbook)


def test_the_cover_says_whom_to_ask():
    contacts = ("Partnership Manager, lead@riverdale.example", "Scrutiny Lead, two@riverdale.example")
    cover = opened(write_return(a_form(contacts=contacts)))["Start here"]

    assert {row[1].value: row[2].value for row in cover.iter_rows()}["Who to ask"] == "\n".join(contacts)


def test_a_row_is_as_tall_as_its_longest_text_but_never_taller_than_excel_allows():
    short, long = Answer("S1.1", evidence="Yes."), Answer("S1.2", evidence="word " * 6000)
    sheet = opened(write_return(a_form((short, long))))["Answers"]

    assert 48 <= sheet.row_dimensions[5].height < 200
    assert sheet.row_dimensions[6].height == 409


def test_the_cover_says_whose_it_is_and_when_it_is_due():
    cover = opened(write_return(a_form()))["Start here"]
    facts = {row[1].value: row[2].value for row in cover.iter_rows()}

    assert facts["Organisation"] == "Riverdale Police"
    assert facts["Due"] == "30 September 2026"
    assert facts["Question set"] == "A small set, version 2026"
    assert facts["This file was made"] == "1 June 2026 at 15:02"


def test_progress_is_counted_by_formulas_over_the_rows_of_questions():
    cover = opened(write_return(a_form()))["Start here"]
    formulas = {row[1].value: row[2].value for row in cover.iter_rows() if row[2].data_type == "f"}

    assert list(formulas) == [
        "Fully met", "Mostly met", "Partly met", "Not met", "Not applicable", "Don't know yet",
        "Brought forward, not yet confirmed", "Not answered", "Actions still needed",
    ]  # fmt: skip
    assert set(re.findall(r"\w+_\w+", formulas["Fully met"])) == {"answers_rating", "answers_kind", "answers_confirmed"}
    [line] = [cell.value for cell in cover["B"] if str(cell.value).startswith("=")]
    assert line.endswith('" questions answered"')


@pytest.mark.parametrize(("is_demo", "expected"), [(True, 1), (False, 0)])
def test_a_demonstration_is_marked_as_one(is_demo, expected):
    cover = opened(write_return(a_form(is_demo=is_demo)))["Start here"]

    assert sum("Demonstration" in str(cell.value) for cell in cover["B"]) == expected


def test_the_cover_says_when_and_by_whom_it_was_signed_and_nothing_of_the_kind_before():
    words = "Signed 3 March 2026 by Chief Constable; SHA-256 " + "0123456789abcdef" * 4
    signed, draft = (opened(write_return(a_form(signed=one)))["Start here"] for one in (words, ""))

    assert {row[1].value: row[2].value for row in signed.iter_rows()}["Signed off"] == words
    assert "Signed off" not in [cell.value for cell in draft["B"]]


def test_the_hidden_sheets_name_the_return_and_keep_what_was_stored():
    form = a_form((Answer("S1.1", rating="fully_met", evidence="Minutes", version=3),))
    workbook = opened(write_return(form))
    facts = {row[0].value: row[1].value for row in workbook["_return"].iter_rows()}

    assert facts == {
        "layout_version": "2",
        "cycle_id": "2026",
        "organisation_id": "riverdale-police",
        "set_id": "small",
        "set_sha256": "ab" * 32,
        "made_at": "2026-06-01T14:02:00+00:00",
        "sheets": "answers,actions",
    }
    assert [cell.value for cell in workbook["_base"][2]][:6] == ["S1.1", "3", "fully_met", None, None, "Minutes"]
    assert {name for name in workbook.sheetnames if workbook[name].sheet_state == "hidden"} == {
        "_return", "_lists", "_base",
    }  # fmt: skip


def test_no_text_of_a_person_becomes_a_formula():
    form = a_form((Answer("S1.1", evidence='=HYPERLINK("http://example.org")', impact="+1", reason="@SUM(A1)"),))
    sheet = opened(write_return(form))["Answers"]

    assert {sheet[f"{column}5"].data_type for column in "FGH"} == {"s"}
    assert all(sheet[f"{column}5"].quotePrefix for column in "FGH")


def test_characters_that_a_workbook_cannot_hold_are_left_out():
    form = a_form((Answer("S1.1", evidence="before\x00\x0b\ud800\uffffafter"),))

    assert opened(write_return(form))["Answers"]["F5"].value == "beforeafter"


def test_a_set_without_a_question_for_this_type_still_gives_a_workbook():
    nothing = a_form().standards_set.standards[2:]
    form = a_form(
        standards_set=type(a_form().standards_set)("none", "None", "1", a_form().standards_set.scale, nothing)
    )

    assert opened(write_return(form)).sheetnames == ["Start here", "_lists", "_return", "_base"]


def test_columns_to_fill_in_have_letters_people_can_be_told():
    letters = {
        layout.name: {column.key: layout.letter(column.key) for column in layout.columns if column.is_filled_in}
        for layout in QUESTION_SHEETS
    }

    assert letters == {
        "Answers": {"rating": "E", "evidence": "F", "impact": "G", "reason": "H", "confirmed": "J"},
        "Action plan": {"action": "E", "owner": "F", "due": "G"},
        "About you": {"rating": "D", "reason": "E", "confirmed": "G"},
    }
