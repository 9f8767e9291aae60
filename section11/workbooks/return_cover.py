"""Writes the first sheet of a form: what it is, whose it is, how to fill it in, how far it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from section11.domain.answers import MARKER_TITLES, Marker
from section11.domain.standards import RATING
from section11.reports.palette import ACCENT
from section11.workbooks.cells import BODY, BODY_FONT, BOLD, BOXED, SUBTITLE, TITLE, WRAPPED, fill, put_text
from section11.workbooks.return_cover_words import Cover
from section11.workbooks.return_form import SetForm
from section11.workbooks.return_layout import (
    ACTION_NEEDED,
    ACTION_PLAN,
    OPTIONAL_ENDING,
    SheetLayout,
    lines_needed,
    sheets_of,
)

_LABEL_WIDTH, _TEXT_WIDTH = 34, 68
_NOTICE_FILL = fill("#FFF3CD")


def write_cover(sheet: Worksheet, cover: Cover, form: SetForm) -> None:
    """Fill the sheet. Progress is counted by formulas over the named ranges of the sheets with questions."""
    sheet.column_dimensions["A"].width = 3
    sheet.column_dimensions["B"].width = _LABEL_WIDTH
    sheet.column_dimensions["C"].width = _TEXT_WIDTH
    sheet.sheet_view.showGridLines = False
    line = _write_heading(sheet, cover)
    row = _write_facts(sheet, cover.facts, line + 2)
    row = _write_how_to(sheet, cover.steps, row + 1)
    if form.questions:
        _write_progress(sheet, form, row + 1, line)
    _set_up_page(sheet)


def _write_heading(sheet: Worksheet, cover: Cover) -> int:
    put_text(sheet["B2"], cover.title)
    sheet["B2"].font = TITLE
    sheet.row_dimensions[2].height = 30
    put_text(sheet["B3"], cover.purpose)
    sheet["B3"].font = BODY
    row = 4
    for notice in cover.notices:
        for column in ("B", "C"):
            sheet[f"{column}{row}"].fill = _NOTICE_FILL
        put_text(sheet[f"B{row}"], notice)
        sheet[f"B{row}"].font = BOLD
        sheet.row_dimensions[row].height = 22
        sheet[f"B{row}"].alignment = Alignment(vertical="center")
        row += 1
    return row


def _write_facts(sheet: Worksheet, facts: Mapping[str, str], row: int) -> int:
    for label, text in facts.items():
        put_text(sheet[f"B{row}"], label)
        put_text(sheet[f"C{row}"], text)
        sheet[f"B{row}"].font, sheet[f"C{row}"].font = BOLD, BODY
        for column in ("B", "C"):
            sheet[f"{column}{row}"].border, sheet[f"{column}{row}"].alignment = BOXED, WRAPPED
        sheet.row_dimensions[row].height = 14.5 * lines_needed(text, _TEXT_WIDTH) + 4
        row += 1
    return row


def _write_how_to(sheet: Worksheet, steps: Sequence[str], row: int) -> int:
    _write_subtitle(sheet, row, "How to fill it in")
    for number, step in enumerate(steps, start=1):
        row += 1
        sheet.merge_cells(f"B{row}:C{row}")
        put_text(sheet[f"B{row}"], f"{number}. {step}")
        sheet[f"B{row}"].font, sheet[f"B{row}"].alignment = BODY, WRAPPED
        sheet.row_dimensions[row].height = 15.5 * lines_needed(step, _LABEL_WIDTH + _TEXT_WIDTH) + 3
    return row + 1


def _write_progress(sheet: Worksheet, form: SetForm, row: int, line: int) -> None:
    """Write the counts from ``row`` on, and how far it is in one sentence, near the top, in the row ``line``."""
    _write_subtitle(sheet, row, "How far it is")
    first = row + 1
    settled_counts, open_counts = _counts(form)
    counts = settled_counts | open_counts
    for number, (label, formula) in enumerate(counts.items(), start=first):
        _write_count(sheet, number, label, formula)
    if ACTION_PLAN in sheets_of(form):
        needed = f'SUMPRODUCT(--({ACTION_PLAN.name_of("needed")}="{ACTION_NEEDED}"))'
        _write_count(sheet, first + len(counts) + 1, "Actions still needed", needed)
    settled = f"SUM(C{first}:C{first + len(settled_counts) - 1})"
    asked = f"SUM(C{first}:C{first + len(counts) - 1})"
    sheet[f"B{line}"] = f'={settled}&" of "&{asked}&" questions answered"'
    sheet[f"B{line}"].font = Font(name=BODY_FONT, size=12, bold=True, color="FF" + ACCENT.lstrip("#"))
    sheet.row_dimensions[line].height = 26
    sheet[f"B{line}"].alignment = Alignment(vertical="center")


def _write_count(sheet: Worksheet, row: int, label: str, formula: str) -> None:
    put_text(sheet[f"B{row}"], label)
    sheet[f"C{row}"] = "=" + formula
    sheet[f"C{row}"].alignment = Alignment(horizontal="left")
    sheet[f"B{row}"].font = sheet[f"C{row}"].font = BODY
    sheet[f"B{row}"].border = sheet[f"C{row}"].border = BOXED


def _counts(form: SetForm) -> tuple[dict[str, str], dict[str, str]]:
    """Formulas by label: those that count as answered, and the rest. Together they add up to all asked.

    Questions that may be left empty are not counted. SUMPRODUCT rather than COUNTIF, because COUNTIF reads
    ``*`` and ``<`` in a label as instructions.
    """
    sheets = [layout for layout in sheets_of(form) if layout is not ACTION_PLAN]

    def counted(condition: str) -> str:
        return "+".join(f"SUMPRODUCT({_each(layout, condition)})" for layout in sheets)

    is_open = '(LEFT({confirmed},5)="From ")'
    is_rated = f'(LEFT({{kind}},{len(RATING)})="{RATING}")'
    not_applicable, dont_know = (f'({{rating}}="{label}")' for label in MARKER_TITLES.values())
    labels = [_in_formula(rating.label) for rating in form.standards_set.scale.ratings]
    value_is_given = f'({{rating}}<>"")*(1-{not_applicable})*(1-{dont_know})*(1-{is_rated})'

    def confirmed(which: str) -> str:
        return counted(f"{which}*(1-{is_open})")

    settled = {
        rating.label: confirmed(f'({{rating}}="{label}")*{is_rated}')
        for rating, label in zip(form.standards_set.scale.ratings, labels, strict=True)
    }
    if not all(question.is_rated for question in form.questions):
        settled["Numbers and facts given"] = confirmed(value_is_given)
    settled[MARKER_TITLES[Marker.NOT_APPLICABLE]] = confirmed(not_applicable)
    return settled, {
        MARKER_TITLES[Marker.DONT_KNOW_YET]: confirmed(dont_know),
        "Brought forward, not yet confirmed": counted(f'({{rating}}<>"")*{is_open}'),
        "Not answered": counted('({rating}="")'),
    }


def _each(layout: SheetLayout, condition: str) -> str:
    """The condition for every row of a sheet that is counted, with the names of its columns."""
    counted = f'({{kind}}<>"")*(RIGHT({{kind}},{len(OPTIONAL_ENDING)})<>"{OPTIONAL_ENDING}")'
    names = {key: layout.name_of(key) for key in ("rating", "kind", "confirmed")}
    return f"{counted}*{condition}".format(**names)


def _in_formula(label: str) -> str:
    """A rating's words as they stand inside a formula that is filled in later."""
    return label.replace('"', '""').replace("{", "{{").replace("}", "}}")


def _write_subtitle(sheet: Worksheet, row: int, text: str) -> None:
    put_text(sheet[f"B{row}"], text)
    sheet[f"B{row}"].font = SUBTITLE
    sheet.row_dimensions[row].height = 24


def _set_up_page(sheet: Worksheet) -> None:
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
