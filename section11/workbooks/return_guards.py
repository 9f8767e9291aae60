"""What guides the hand on the sheets with questions: protection, and colours that follow the words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from section11.domain.answers import MARKER_TITLES, AnswerState, Marker
from section11.domain.standards import Question
from section11.reports.palette import RATING_SHADES, STATE_SHADES, Shade
from section11.workbooks.return_form import SetForm
from section11.workbooks.return_layout import ACTION_NEEDED, ACTION_PLAN, SheetLayout
from section11.workbooks.return_validations import add_due_dates, add_validations, blocks

_TO_FILL_IN = "FFFFF3CD"


def guard_answers(
    sheet: Worksheet, layout: SheetLayout, form: SetForm, questions_by_row: Mapping[int, Question]
) -> None:
    """Lock all but the cells to fill in, and add drop-downs and colours to the rows of questions."""
    rated = [row for row, question in questions_by_row.items() if question.is_rated]
    _protect(sheet)
    add_validations(sheet, layout, form, questions_by_row)
    if rated:
        _colour_ratings(sheet, layout, form, rated)
    not_applicable = quoted(MARKER_TITLES[Marker.NOT_APPLICABLE])
    rows = list(questions_by_row)
    _tint_empty(sheet, layout, "reason", rows, f"${layout.letter('rating')}{rows[0]}={not_applicable}")


def guard_action_plan(sheet: Worksheet, form: SetForm, rows: list[int]) -> None:
    """Lock all but the cells to fill in, colour the ratings, and tint the empty cells that sign-off will ask for."""
    _protect(sheet)
    add_due_dates(sheet, rows)
    _colour_ratings(sheet, ACTION_PLAN, form, rows)
    for key in ("action", "owner", "due"):
        when = f"${ACTION_PLAN.letter('needed')}{rows[0]}={quoted(ACTION_NEEDED)}"
        _tint_empty(sheet, ACTION_PLAN, key, rows, when)


def quoted(text: str) -> str:
    """Text as it stands inside a formula."""
    return '"' + text.replace('"', '""') + '"'


def _protect(sheet: Worksheet) -> None:
    """Without a password: it guards against slips, not against people. False means allowed."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = False
    protection.sort = protection.autoFilter = False


def _squares(layout: SheetLayout, key: str, rows: Iterable[int]) -> str:
    letter = layout.letter(key)
    return " ".join(f"{letter}{block[0]}:{letter}{block[-1]}" for block in blocks(rows))


def _colour_ratings(sheet: Worksheet, layout: SheetLayout, form: SetForm, rows: list[int]) -> None:
    squares = _squares(layout, "rating", rows)
    for rating in form.standards_set.scale.ratings:
        shade = RATING_SHADES[rating.tone]
        _colour(sheet, squares, rating.label, PatternFill(bgColor=_argb(shade.fill)), shade)
    grey = STATE_SHADES[AnswerState.NOT_APPLICABLE]
    hatch = PatternFill("lightUp", fgColor="FFB4BAC1", bgColor=_argb(grey.fill))
    _colour(sheet, squares, MARKER_TITLES[Marker.NOT_APPLICABLE], hatch, grey)


def _colour(sheet: Worksheet, squares: str, label: str, pattern: PatternFill, shade: Shade) -> None:
    style = DifferentialStyle(font=Font(bold=True, color=_argb(shade.text)), fill=pattern)
    rule = Rule(type="cellIs", operator="equal", formula=[quoted(label)], dxf=style)
    sheet.conditional_formatting.add(squares, rule)


def _tint_empty(sheet: Worksheet, layout: SheetLayout, key: str, rows: list[int], when: str) -> None:
    style = DifferentialStyle(fill=PatternFill(bgColor=_TO_FILL_IN))
    rule = Rule(type="expression", formula=[f'AND({when},{layout.letter(key)}{rows[0]}="")'], dxf=style)
    sheet.conditional_formatting.add(_squares(layout, key, rows), rule)


def _argb(colour: str) -> str:
    return "FF" + colour.lstrip("#")
