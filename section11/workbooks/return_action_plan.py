"""Writes the Action plan of the Excel return: what is promised under each rated question, by whom and by when."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from section11.domain.answers import Action
from section11.domain.standards import Question
from section11.workbooks.cells import BOLD
from section11.workbooks.return_form import SetForm
from section11.workbooks.return_guards import guard_action_plan, quoted
from section11.workbooks.return_layout import ACTION_NEEDED, ACTION_PLAN, ANSWERS
from section11.workbooks.return_sheet import write_day, write_row, write_rows

_UNLOCKED = tuple(column.key for column in ACTION_PLAN.columns if column.is_filled_in)


def write_action_plan(sheet: Worksheet, form: SetForm) -> None:
    """Fill the sheet. Rating and "still to do" are formulas that follow the sheet of answers, in whatever order."""
    questions_by_row = write_rows(sheet, ACTION_PLAN, form, form.standards_with_actions)
    for row, question in questions_by_row.items():
        _write_question(sheet, row, question, form)
    guard_action_plan(sheet, form, list(questions_by_row))


def _write_question(sheet: Worksheet, row: int, question: Question, form: SetForm) -> None:
    action = form.actions.get(question.id, Action(question.id))
    texts = {
        "id": question.id,
        "question": question.text,
        "essential": "Essential" if question.essential else "",
        "action": action.what,
        "owner": action.owner,
        "open": form.open_actions.get(question.id, ""),
    }
    write_row(sheet, ACTION_PLAN, row, texts, unlocked=_UNLOCKED)
    write_day(sheet.cell(row, ACTION_PLAN.number("due")), action.due)
    sheet.cell(row, ACTION_PLAN.number("id")).font = BOLD
    sheet.cell(row, ACTION_PLAN.number("rating")).value = _rating_of(row)
    sheet.cell(row, ACTION_PLAN.number("needed")).value = _still_to_do(row, form)
    sheet.cell(row, ACTION_PLAN.number("needed")).font = BOLD


def _rating_of(row: int) -> str:
    """The rating stands where the question stands on the other sheet, even after somebody sorted it."""
    place = f"MATCH({ACTION_PLAN.letter('id')}{row},{ANSWERS.name_of('id')},0)"
    return f'=IFERROR(INDEX({ANSWERS.name_of("rating")},{place})&"","")'


def _still_to_do(row: int, form: SetForm) -> str:
    scale, rating = form.standards_set.scale, f"{ACTION_PLAN.letter('rating')}{row}"
    low = ",".join(f"{rating}={quoted(one.label)}" for one in scale.ratings if scale.is_lower_half(one.key))
    missing = ",".join(f'{ACTION_PLAN.letter(key)}{row}=""' for key in _UNLOCKED)
    essential = f'{ACTION_PLAN.letter("essential")}{row}<>""'
    return f'=IF(AND({essential},OR({low}),OR({missing})),{quoted(ACTION_NEEDED)},"")'
