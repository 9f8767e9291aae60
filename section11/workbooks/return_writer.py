"""Writes the Excel return: the workbook, what it is for, and its hidden sheets."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from section11.domain.answers import Action, Answer
from section11.workbooks.cells import BODY, put_text, use_body_font
from section11.workbooks.return_answers import write_answers
from section11.workbooks.return_cover import write_cover
from section11.workbooks.return_layout import (
    ANSWERS_SHEET,
    BASE_KEYS,
    BASE_SHEET,
    IDENTITY_SHEET,
    LAYOUT_VERSION,
    LISTS_SHEET,
    START_SHEET,
    ReturnForm,
    drop_down_columns,
)


def write_return(form: ReturnForm) -> bytes:
    """Return the Excel return of one organisation as the bytes of an ``.xlsx`` file.

    Questions that organisations of its type are not asked are left out. Answers of any length the
    product accepts are written whole; characters that a workbook cannot hold are left out.
    """
    workbook = Workbook()
    use_body_font(workbook)
    workbook.remove(workbook.worksheets[0])
    workbook.properties.title = f"{form.cycle.audit_name}: {form.organisation.name}"
    workbook.properties.creator = form.partnership_name
    cover = workbook.create_sheet(START_SHEET)
    questions_by_row = write_answers(workbook.create_sheet(ANSWERS_SHEET), form)
    write_cover(cover, form, last_row=max(questions_by_row, default=0))
    _write_identity(workbook.create_sheet(IDENTITY_SHEET), form)
    _write_lists(workbook.create_sheet(LISTS_SHEET), form)
    _write_base(workbook.create_sheet(BASE_SHEET), form)
    for name in (IDENTITY_SHEET, LISTS_SHEET, BASE_SHEET):
        workbook[name].sheet_state = "hidden"
        workbook[name].protection.sheet = True
    workbook.active = 0
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def _write_identity(sheet: Worksheet, form: ReturnForm) -> None:
    facts = {
        "layout_version": str(LAYOUT_VERSION),
        "cycle_id": form.cycle.id,
        "organisation_id": form.organisation.id,
        "set_id": form.standards_set.id,
        "set_sha256": form.set_sha256,
        "made_at": form.made_at.isoformat(),
    }
    for row, fact in enumerate(facts.items(), start=1):
        _write_row(sheet, row, fact)


def _write_lists(sheet: Worksheet, form: ReturnForm) -> None:
    for words, column in drop_down_columns(form).items():
        for row, label in enumerate(words, start=1):
            put_text(sheet[f"{column}{row}"], label)


def _write_base(sheet: Worksheet, form: ReturnForm) -> None:
    _write_row(sheet, 1, BASE_KEYS)
    questions = form.standards_set.questions_for(form.organisation_type.key)
    for row, question in enumerate(questions, start=2):
        answer = form.answers.get(question.id, Answer(question.id))
        action = form.actions.get(question.id, Action(question.id))
        _write_row(sheet, row, _base_values(answer, action))


def _base_values(answer: Answer, action: Action) -> tuple[str, ...]:
    """One row of the base sheet, in the order of ``BASE_KEYS``."""
    return (
        answer.question_id,
        str(answer.version),
        answer.rating or "",
        answer.marker or "",
        answer.reason,
        answer.evidence,
        answer.impact,
        answer.carried_from or "",
        action.what,
        action.owner,
        action.due.isoformat() if action.due else "",
        answer.value or "",
    )


def _write_row(sheet: Worksheet, row: int, texts: tuple[str, ...]) -> None:
    for number, text in enumerate(texts, start=1):
        cell = sheet.cell(row, number)
        put_text(cell, text)
        cell.font = BODY
