"""What guides the hand on the Answers sheet: protection, and colours that follow the words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from section11.domain.answers import MARKER_TITLES, AnswerState, Marker
from section11.domain.standards import Question
from section11.reports.palette import RATING_SHADES, STATE_SHADES, Shade
from section11.workbooks.return_layout import SetForm, letter
from section11.workbooks.return_validations import add_validations, blocks

_TO_FILL_IN = "FFFFF3CD"


def guard_answers(sheet: Worksheet, form: SetForm, questions_by_row: Mapping[int, Question]) -> None:
    """Lock all but the cells to fill in, and add drop-downs and colours to the rows of questions."""
    rated = [row for row, question in questions_by_row.items() if question.is_rated]
    _protect(sheet)
    add_validations(sheet, form, questions_by_row)
    if rated:
        _colour_ratings(sheet, form, rated)
        _mark_actions_needed(sheet, form, rated)
    _mark_reasons_needed(sheet, questions_by_row)


def _protect(sheet: Worksheet) -> None:
    """Without a password: it guards against slips, not against people. False means allowed."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = False
    protection.sort = protection.autoFilter = False


def _squares(key: str, rows: Iterable[int]) -> str:
    return " ".join(f"{letter(key)}{block[0]}:{letter(key)}{block[-1]}" for block in blocks(rows))


def _colour_ratings(sheet: Worksheet, form: SetForm, rows: list[int]) -> None:
    shades = {rating.label: RATING_SHADES[rating.tone] for rating in form.standards_set.scale.ratings}
    for label, shade in shades.items():
        _colour(sheet, _squares("rating", rows), label, PatternFill(bgColor=_argb(shade.fill)), shade)
    grey = STATE_SHADES[AnswerState.NOT_APPLICABLE]
    hatch = PatternFill("lightUp", fgColor="FFB4BAC1", bgColor=_argb(grey.fill))
    _colour(sheet, _squares("rating", rows), MARKER_TITLES[Marker.NOT_APPLICABLE], hatch, grey)


def _colour(sheet: Worksheet, squares: str, label: str, pattern: PatternFill, shade: Shade) -> None:
    style = DifferentialStyle(font=Font(bold=True, color=_argb(shade.text)), fill=pattern)
    rule = Rule(type="cellIs", operator="equal", formula=[_quoted(label)], dxf=style)
    sheet.conditional_formatting.add(squares, rule)


def _mark_actions_needed(sheet: Worksheet, form: SetForm, rows: list[int]) -> None:
    """Tint the empty cells that sign-off will ask for; the cover says the same in words."""
    scale, rating = form.standards_set.scale, f"${letter('rating')}{rows[0]}"
    low = ",".join(f"{rating}={_quoted(one.label)}" for one in scale.ratings if scale.is_lower_half(one.key))
    for key in ("action", "owner", "due"):
        _tint_empty(sheet, key, rows, f'${letter("essential")}{rows[0]}<>"",OR({low})')


def _mark_reasons_needed(sheet: Worksheet, rows: Iterable[int]) -> None:
    rows = list(rows)
    not_applicable = f"${letter('rating')}{rows[0]}={_quoted(MARKER_TITLES[Marker.NOT_APPLICABLE])}"
    _tint_empty(sheet, "reason", rows, not_applicable)


def _tint_empty(sheet: Worksheet, key: str, rows: list[int], when: str) -> None:
    style = DifferentialStyle(fill=PatternFill(bgColor=_TO_FILL_IN))
    rule = Rule(type="expression", formula=[f'AND({when},{letter(key)}{rows[0]}="")'], dxf=style)
    sheet.conditional_formatting.add(_squares(key, rows), rule)


def _argb(colour: str) -> str:
    return "FF" + colour.lstrip("#")


def _quoted(text: str) -> str:
    """Text as it stands inside a formula."""
    return '"' + text.replace('"', '""') + '"'
