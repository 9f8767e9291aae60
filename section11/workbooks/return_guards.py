"""What guides the hand on the Answers sheet: protection, drop-downs, and colours that follow the words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from section11.domain.answers import AnswerState, Marker
from section11.reports.palette import RATING_SHADES, STATE_SHADES, Shade
from section11.workbooks.return_layout import (
    CONFIRMED,
    LISTS_SHEET,
    MARKER_LABELS,
    ReturnForm,
    choices,
    letter,
)

EARLIEST_DUE, LATEST_DUE = "DATE(2000,1,1)", "DATE(2099,12,31)"
_TO_FILL_IN = "FFFFF3CD"


def guard_answers(sheet: Worksheet, form: ReturnForm, rows_by_standard_id: Mapping[str, range]) -> None:
    """Lock all but the cells to fill in, and add drop-downs and colours to the rows of questions."""
    blocks = tuple(rows_by_standard_id.values())
    _protect(sheet)
    _add(sheet, _rating_list(form), "rating", blocks)
    _add(sheet, _confirmed_list(), "confirmed", _rows_brought_forward(form, blocks, sheet))
    _add(sheet, _due_date(), "due", blocks)
    _colour_ratings(sheet, form, blocks)
    _mark_what_is_needed(sheet, form, blocks)


def _protect(sheet: Worksheet) -> None:
    """Without a password: it guards against slips, not against people. False means allowed."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = False
    protection.sort = protection.autoFilter = False


def _rating_list(form: ReturnForm) -> DataValidation:
    return DataValidation(
        type="list",
        formula1=f"'{LISTS_SHEET}'!$A$1:$A${len(choices(form.standards_set))}",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Choose from the list",
        error="Choose one of the ratings in the list. Press Esc, then open the list with Alt + down arrow.",
        showInputMessage=True,
        promptTitle="Rating",
        prompt="Choose from the list. “Not applicable” needs a reason in the next column.",
    )


def _confirmed_list() -> DataValidation:
    return DataValidation(
        type="list",
        formula1=f"'{LISTS_SHEET}'!$B$1:$B$1",
        showErrorMessage=True,
        errorTitle="Choose from the list",
        error=f"Choose “{CONFIRMED}”, or press Esc to leave this cell as it was.",
        showInputMessage=True,
        promptTitle="Brought forward",
        prompt=f"Read the answer. If it still holds, choose “{CONFIRMED}”. If not, change it.",
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


def _add(sheet: Worksheet, validation: DataValidation, key: str, blocks: Iterable[range]) -> None:
    for rows in blocks:
        validation.add(f"{letter(key)}{rows[0]}:{letter(key)}{rows[-1]}")
    if validation.cells.ranges:
        sheet.add_data_validation(validation)


def _rows_brought_forward(form: ReturnForm, blocks: tuple[range, ...], sheet: Worksheet) -> list[range]:
    brought = {answer.question_id for answer in form.answers.values() if answer.carried_from}
    rows = [row for block in blocks for row in block if sheet[f"{letter('id')}{row}"].value in brought]
    return [range(row, row + 1) for row in rows]


def _squares(key: str, blocks: tuple[range, ...]) -> str:
    return " ".join(f"{letter(key)}{rows[0]}:{letter(key)}{rows[-1]}" for rows in blocks)


def _colour_ratings(sheet: Worksheet, form: ReturnForm, blocks: tuple[range, ...]) -> None:
    shades = {rating.label: RATING_SHADES[rating.tone] for rating in form.standards_set.scale.ratings}
    for label, shade in shades.items():
        _colour(sheet, _squares("rating", blocks), label, PatternFill(bgColor=_argb(shade.fill)), shade)
    grey = STATE_SHADES[AnswerState.NOT_APPLICABLE]
    hatch = PatternFill("lightUp", fgColor="FFB4BAC1", bgColor=_argb(grey.fill))
    _colour(sheet, _squares("rating", blocks), MARKER_LABELS[Marker.NOT_APPLICABLE], hatch, grey)


def _colour(sheet: Worksheet, squares: str, label: str, pattern: PatternFill, shade: Shade) -> None:
    style = DifferentialStyle(font=Font(bold=True, color=_argb(shade.text)), fill=pattern)
    rule = Rule(type="cellIs", operator="equal", formula=[_quoted(label)], dxf=style)
    sheet.conditional_formatting.add(squares, rule)


def _mark_what_is_needed(sheet: Worksheet, form: ReturnForm, blocks: tuple[range, ...]) -> None:
    """Tint the empty cells that sign-off will ask for; the cover says the same in words."""
    row = blocks[0][0]
    rating = f"${letter('rating')}{row}"
    not_applicable = f"{rating}={_quoted(MARKER_LABELS[Marker.NOT_APPLICABLE])}"
    scale = form.standards_set.scale
    low = ",".join(f"{rating}={_quoted(one.label)}" for one in scale.ratings if scale.is_lower_half(one.key))
    action_needed = f'${letter("essential")}{row}<>"",OR({low})'
    needed = {"reason": not_applicable} | {key: action_needed for key in ("action", "owner", "due")}
    for key, when in needed.items():
        empty = f'{letter(key)}{row}=""'
        style = DifferentialStyle(fill=PatternFill(bgColor=_TO_FILL_IN))
        rule = Rule(type="expression", formula=[f"AND({when},{empty})"], dxf=style)
        sheet.conditional_formatting.add(_squares(key, blocks), rule)


def _argb(colour: str) -> str:
    return "FF" + colour.lstrip("#")


def _quoted(text: str) -> str:
    """Text as it stands inside a formula."""
    return '"' + text.replace('"', '""') + '"'
