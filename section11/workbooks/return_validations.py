"""The drop-downs and hints of the sheets with questions: one for each way in which a question is answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from section11.domain.answers import MARKER_TITLES
from section11.domain.question_types import Entry, type_of
from section11.domain.standards import Question
from section11.workbooks.return_form import SetForm
from section11.workbooks.return_layout import (
    ACTION_PLAN,
    CONFIRMED,
    LISTS_SHEET,
    SheetLayout,
    drop_down_columns,
    drop_down_words,
)

EARLIEST_DUE, LATEST_DUE = "DATE(2000,1,1)", "DATE(2099,12,31)"
_LONGEST_PROMPT = 255
"""Characters; Excel repairs a file with more."""


def add_validations(
    sheet: Worksheet, layout: SheetLayout, form: SetForm, questions_by_row: Mapping[int, Question]
) -> None:
    """Add a drop-down or a hint to every cell that needs one."""
    columns = drop_down_columns(form)
    said = layout.letter("rating")
    for words, column in columns.items():
        rows = [row for row, one in questions_by_row.items() if drop_down_words(one, form.standards_set) == words]
        is_rating = bool(rows) and questions_by_row[rows[0]].is_rated
        _add(sheet, _choice(words, column, is_rating=is_rating), said, rows)
    brought = {answer.question_id for answer in form.answers.values() if answer.carried_from}
    rows = [row for row, one in questions_by_row.items() if one.id in brought]
    _add(sheet, _confirmed(columns[CONFIRMED,]), layout.letter("confirmed"), rows)
    for row, question in questions_by_row.items():
        if not drop_down_words(question, form.standards_set):
            _add(sheet, _in_writing(question, f"{said}{row}"), said, [row])


def add_due_dates(sheet: Worksheet, rows: Iterable[int]) -> None:
    """Let nothing but a date into the due dates of the action plan."""
    _add(sheet, _due_date(), ACTION_PLAN.letter("due"), rows)


def blocks(rows: Iterable[int]) -> list[range]:
    """Return rising row numbers as the unbroken stretches they form."""
    found: list[range] = []
    for row in rows:
        if found and found[-1].stop == row:
            found[-1] = range(found[-1].start, row + 1)
        else:
            found.append(range(row, row + 1))
    return found


def _add(sheet: Worksheet, validation: DataValidation, letter: str, rows: Iterable[int]) -> None:
    for block in blocks(rows):
        validation.add(f"{letter}{block[0]}:{letter}{block[-1]}")
    if validation.cells.ranges:
        sheet.add_data_validation(validation)


def _choice(words: tuple[str, ...], column: str, *, is_rating: bool) -> DataValidation:
    return _drop_down(
        f"${column}$1:${column}${len(words)}",
        title="Rating" if is_rating else "Answer",
        prompt="Choose from the list. “Not applicable” needs a reason in its own column.",
        error="Choose one of the words in the list. Press Esc, then open the list with Alt + down arrow.",
    )


def _confirmed(column: str) -> DataValidation:
    return _drop_down(
        f"${column}$1:${column}$1",
        title="Brought forward",
        prompt=f"Read the answer. If it still holds, choose “{CONFIRMED}”. If not, change it.",
        error=f"Choose “{CONFIRMED}”, or press Esc to leave this cell as it was.",
    )


def _drop_down(cells: str, *, title: str, prompt: str, error: str) -> DataValidation:
    """A list on the hidden sheet: one written into the cell itself may hold only 255 characters."""
    return DataValidation(
        type="list",
        formula1=f"'{LISTS_SHEET}'!{cells}",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Choose from the list",
        error=error,
        showInputMessage=True,
        promptTitle=title,
        prompt=prompt,
    )


def _due_date() -> DataValidation:
    return DataValidation(
        type="date",
        operator="between",
        formula1=EARLIEST_DUE,
        formula2=LATEST_DUE,
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="This is not a date",
        error="Type the date like 30/09/2026.",
        showInputMessage=True,
        promptTitle="Action due",
        prompt="Type the date like 30/09/2026.",
    )


def _in_writing(question: Question, cell: str) -> DataValidation:
    """A hint, and for figures and dates a warning that people may pass: the import checks the cell anyway."""
    kind = type_of(question)
    markers = " or ".join(f"“{label}”" for label in MARKER_TITLES.values())
    is_marker = ",".join(f'{cell}="{label}"' for label in MARKER_TITLES.values())
    return DataValidation(
        type="custom",
        formula1=f"OR({_ACCEPTED[kind.entry].format(cell=cell)},{is_marker})",
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning",
        errorTitle="Is this right?",
        error=kind.advice(question)[:_LONGEST_PROMPT],
        showInputMessage=True,
        promptTitle=kind.title,
        prompt=f"{kind.advice(question)} Or write {markers}."[:_LONGEST_PROMPT],
    )


_ACCEPTED: Mapping[Entry, str] = {
    # The cell holds text, so that a figure arrives as it was typed.
    Entry.NUMBER: 'ISNUMBER(VALUE(SUBSTITUTE({cell},"%","")))',
    Entry.DAY: "ISNUMBER({cell})",
    Entry.LINE: "TRUE",
    Entry.TEXT: "TRUE",
}
