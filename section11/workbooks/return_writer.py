"""Writes the Excel return: the workbook, what it is for, and its hidden sheets."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from section11.domain.answers import Action, Answer
from section11.workbooks.cells import put_text, use_body_font
from section11.workbooks.return_action_plan import write_action_plan
from section11.workbooks.return_answers import write_answers
from section11.workbooks.return_cover import write_cover
from section11.workbooks.return_cover_words import Cover, cover_of_return, cover_of_set
from section11.workbooks.return_form import ReturnForm, SetForm
from section11.workbooks.return_layout import (
    ACTION_PLAN,
    BASE_KEYS,
    BASE_SHEET,
    IDENTITY_SHEET,
    LAYOUT_VERSION,
    LISTS_SHEET,
    START_SHEET,
    drop_down_columns,
    sheets_of,
)


def write_return(form: ReturnForm) -> bytes:
    """Return the Excel return of one organisation as the bytes of an ``.xlsx`` file.

    Questions that organisations of its type are not asked are left out. Answers of any length the
    product accepts are written whole; characters that a workbook cannot hold are left out.
    """
    workbook = _workbook(form, cover_of_return(form))
    workbook.properties.title = f"{form.cycle.audit_name}: {form.organisation.name}"
    _write_identity(_hidden_sheet(workbook, IDENTITY_SHEET), form)
    _write_base(_hidden_sheet(workbook, BASE_SHEET), form)
    return _saved(workbook)


def write_set_form(form: SetForm) -> bytes:
    """Return the blank form of a set as the bytes of an ``.xlsx`` file that looks like a return.

    It does not say whose it is, so it cannot be imported, and its first sheet says so.
    """
    workbook = _workbook(form, cover_of_set(form))
    workbook.properties.title = form.title
    return _saved(workbook)


def _workbook(form: SetForm, cover: Cover) -> Workbook:
    """A new workbook with what both kinds have: the first sheet, the questions and the lists of the drop-downs."""
    workbook = Workbook()
    use_body_font(workbook)
    workbook.remove(workbook.worksheets[0])
    workbook.properties.creator = form.partnership_name
    workbook.properties.language = "en-GB"
    write_cover(workbook.create_sheet(START_SHEET), cover, form)
    for layout in sheets_of(form):
        sheet = workbook.create_sheet(layout.name)
        if layout is ACTION_PLAN:
            write_action_plan(sheet, form)
        else:
            write_answers(sheet, layout, form)
    _write_lists(_hidden_sheet(workbook, LISTS_SHEET), form)
    workbook.active = 0
    return workbook


def _hidden_sheet(workbook: Workbook, name: str) -> Worksheet:
    sheet: Worksheet = workbook.create_sheet(name)
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True
    return sheet


def _saved(workbook: Workbook) -> bytes:
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
        "sheets": ",".join(layout.key for layout in sheets_of(form)),
    }
    for row, fact in enumerate(facts.items(), start=1):
        _write_row(sheet, row, fact)


def _write_lists(sheet: Worksheet, form: SetForm) -> None:
    for words, column in drop_down_columns(form).items():
        for row, label in enumerate(words, start=1):
            put_text(sheet[f"{column}{row}"], label)


def _write_base(sheet: Worksheet, form: ReturnForm) -> None:
    _write_row(sheet, 1, BASE_KEYS)
    for row, question in enumerate(form.questions, start=2):
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
        put_text(sheet.cell(row, number), text)
