"""Writes the Answers sheet of the Excel return: one long sheet, one row per question."""

from __future__ import annotations

from datetime import date

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Protection
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from section11.domain.answers import Action, Answer
from section11.domain.question_types import Entry, said_words, type_of
from section11.domain.standards import Question, Standard, StandardsSet
from section11.workbooks.cells import BODY, BOLD, BOXED, HEADER, HEADER_FILL, QUIET, SUBTITLE, WRAPPED, fill, put_text
from section11.workbooks.return_guards import guard_answers
from section11.workbooks.return_layout import (
    COLUMN_NUMBERS,
    COLUMNS,
    FIRST_ROW,
    HEADER_ROW,
    HIDDEN_COLUMN,
    KEY_PREFIX,
    KEY_ROW,
    KEYS_OF_RATED_ONLY,
    LAST_PRINTED_BEFORE_BREAK,
    TITLE_ROW,
    Column,
    SetForm,
    kind_words,
    letter,
    lines_needed,
)

TALLEST_ROW, SHORTEST_ROW, LINE_HEIGHT = 409.0, 75.0, 14.6
"""In points; 409 is the most Excel allows."""
_UNLOCKED = Protection(locked=False)
_STANDARD_FILL = fill("#E3ECF4")
_LOCKED_FILL = fill("#F5F6F7")
_HEADER_ALIGNMENT = Alignment(wrap_text=True, vertical="center")
_QUIET_KEYS = frozenset({"meanings", "prompts"})


def write_answers(sheet: Worksheet, form: SetForm) -> dict[int, Question]:
    """Fill the sheet; return the question of each row that has one, from the top."""
    _write_top(sheet, form)
    questions_by_row: dict[int, Question] = {}
    row = FIRST_ROW
    for standard in form.standards:
        _write_standard(sheet, row, standard)
        for row_of_question, question in enumerate(standard.questions, start=row + 1):
            _write_question(sheet, row_of_question, question, form)
            questions_by_row[row_of_question] = question
        row += 1 + len(standard.questions)
    if questions_by_row:
        guard_answers(sheet, form, questions_by_row)
    _set_up_page(sheet, form, last_row=max(row - 1, HEADER_ROW))
    return questions_by_row


def _write_top(sheet: Worksheet, form: SetForm) -> None:
    demonstration = " (demonstration, fictional data)" if form.is_demo else ""
    title = sheet.cell(TITLE_ROW, COLUMN_NUMBERS["question"])  # the id column repeats in print
    put_text(title, f"{form.title}{demonstration}")
    title.font = SUBTITLE
    sheet.row_dimensions[TITLE_ROW].height = 26
    sheet.row_dimensions[KEY_ROW].hidden = True
    sheet.row_dimensions[HEADER_ROW].height = 34
    for number, column in enumerate(COLUMNS, start=1):
        put_text(sheet.cell(KEY_ROW, number), KEY_PREFIX + column.key)
        header = sheet.cell(HEADER_ROW, number)
        put_text(header, column.header)
        header.font, header.fill, header.border = HEADER, HEADER_FILL, BOXED
        header.alignment = _HEADER_ALIGNMENT
        sheet.column_dimensions[letter(column.key)].width = column.width
    sheet.column_dimensions[letter(HIDDEN_COLUMN)].hidden = True


def _write_standard(sheet: Worksheet, row: int, standard: Standard) -> None:
    """A heading without merged cells and with an empty id, so that it harms neither sorting nor reading."""
    for number in range(1, len(COLUMNS) + 1):
        sheet.cell(row, number).fill = _STANDARD_FILL
    heading = sheet.cell(row, COLUMN_NUMBERS["question"])
    put_text(heading, f"Standard {standard.id}: {standard.title}")
    heading.font = SUBTITLE
    heading.alignment = Alignment(vertical="center")
    sheet.row_dimensions[row].height = 28


def _write_question(sheet: Worksheet, row: int, question: Question, form: SetForm) -> None:
    answer = form.answers.get(question.id, Answer(question.id))
    action = form.actions.get(question.id, Action(question.id))
    texts = _texts(question, answer, action, form.standards_set)
    for column in COLUMNS:
        cell = sheet.cell(row, COLUMN_NUMBERS[column.key])
        cell.alignment, cell.border = WRAPPED, BOXED
        cell.font = QUIET if column.key in _QUIET_KEYS else BODY
        if _may_be_filled_in(column, question, answer):
            cell.protection = _UNLOCKED
            cell.number_format = "@"  # what is typed stays text, even when it begins with "="
        else:
            cell.fill = _LOCKED_FILL
        put_text(cell, texts.get(column.key, ""))
    sheet.cell(row, COLUMN_NUMBERS["id"]).font = BOLD
    sheet.cell(row, COLUMN_NUMBERS["rating"]).font = BOLD
    _write_day(sheet.cell(row, COLUMN_NUMBERS["due"]), action.due)
    if type_of(question).entry is Entry.DAY:
        _write_day(
            sheet.cell(row, COLUMN_NUMBERS["rating"]), date.fromisoformat(answer.value) if answer.value else None
        )
    sheet.row_dimensions[row].height = _height(texts)


def _may_be_filled_in(column: Column, question: Question, answer: Answer) -> bool:
    if column.key in KEYS_OF_RATED_ONLY and not question.is_rated:
        return False
    return column.is_filled_in and (column.key != "confirmed" or answer.carried_from is not None)


def _write_day(cell: Cell | MergedCell, day: date | None) -> None:
    """Dates are dates, so that they sort; words such as "Not applicable" stay as they were put."""
    if day is not None:
        cell.value = day
    cell.number_format = "d mmmm yyyy"
    cell.alignment = Alignment(horizontal="left", vertical="top")


def _meanings(question: Question, standards_set: StandardsSet) -> str:
    if not question.is_rated:
        ending = " This one may be left empty." if question.optional else ""
        return type_of(question).advice(question) + ending
    ratings = standards_set.scale.ratings
    return "\n".join(f"{one.label}: {question.descriptors.get(one.key, one.meaning)}" for one in ratings)


def _texts(question: Question, answer: Answer, action: Action, standards_set: StandardsSet) -> dict[str, str]:
    prompts = [f"• {prompt}" for prompt in question.evidence_prompts]
    if question.impact_prompt:
        prompts.append(f"Impact: {question.impact_prompt}")
    return {
        "id": question.id,
        "question": f"{question.text}\n\n{question.help}".strip(),
        "essential": "Essential" if question.essential else "",
        "meanings": _meanings(question, standards_set),
        "prompts": "\n".join(prompts),
        "rating": said_words(question, answer, standards_set),
        "reason": answer.reason,
        "evidence": answer.evidence,
        "impact": answer.impact,
        "confirmed": f"From {answer.carried_from}, not yet confirmed" if answer.carried_from else "",
        "action": action.what,
        "owner": action.owner,
        "kind": kind_words(question),
    }


def _height(texts: dict[str, str]) -> float:
    lines = max(lines_needed(texts.get(column.key, ""), _characters_in(column)) for column in COLUMNS)
    return min(TALLEST_ROW, max(SHORTEST_ROW, lines * LINE_HEIGHT + 6))


def _characters_in(column: Column) -> float:
    """The smaller letters of the quiet columns take about a tenth less room."""
    return column.width * 1.1 if column.key in _QUIET_KEYS else column.width


def _set_up_page(sheet: Worksheet, form: SetForm, *, last_row: int) -> None:
    """Two A4 pages wide, because one page would shrink the text below what can be read."""
    sheet.freeze_panes = f"{letter('essential')}{FIRST_ROW}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{letter(HIDDEN_COLUMN)}{last_row}"
    sheet.sheet_view.zoomScale = 90
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.scale = 70
    sheet.page_setup.pageOrder = "overThenDown"
    sheet.col_breaks.append(Break(id=COLUMN_NUMBERS[LAST_PRINTED_BEFORE_BREAK]))
    sheet.print_area = f"A1:{letter('due')}{last_row}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.print_title_cols = "A:A"
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.footer = 0.5, 0.7, 0.35
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(form.footer.replace("&", "&&")), right=_HeaderFooterPart("Page &P of &N")
    )
