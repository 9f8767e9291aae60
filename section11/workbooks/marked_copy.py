"""A copy of somebody's own Excel return in which every problem is marked: what to do, and in which cells."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from section11.errors import NotOurFileError, Problem
from section11.workbooks.cells import BODY, BOXED, HEADER, HEADER_FILL, SUBTITLE, WRAPPED, fill, put_text, safe_text

PROBLEMS_SHEET = "To put right"
LARGEST_TO_MARK = 30 * 1024 * 1024
"""Bytes unpacked; marking holds the whole workbook in memory."""
MOST_CELLS_MARKED = 2_000
_AUTHOR = "Section 11 audit: to put right"
_MARK = fill("#F8C9C4")
_PLACE = re.compile(r"(?:([A-Z]{1,3}[0-9]+)|(.+?)!([A-Z]{1,3}[0-9]+))(?:, |$)")
TOO_LARGE_TO_MARK = (
    "This workbook is too large to be marked. Copy the list of problems instead, and delete pictures and unused sheets."
)


def marked_copy(content: bytes, problems: Sequence[Problem]) -> bytes:
    """Return the workbook with each cell that has a problem tinted and noted, and a first sheet that lists them.

    It can be put right and imported as it is; marks of the time before are taken away.

    Raises:
        NotOurFileError: it is too large to be marked, or no sound workbook.
    """
    _check(content)
    try:
        workbook = load_workbook(BytesIO(content))
    except Exception as error:  # openpyxl raises almost anything on what it does not know
        raise NotOurFileError(TOO_LARGE_TO_MARK) from error
    _take_marks_away(workbook)
    for sheet_name, cell, message in _marks(problems):
        if sheet_name in workbook.sheetnames:
            _mark(workbook[sheet_name], cell, message)
    _write_list(workbook, problems)
    marked = BytesIO()
    workbook.save(marked)
    return marked.getvalue()


def _check(content: bytes) -> None:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST_TO_MARK:
            raise NotOurFileError(TOO_LARGE_TO_MARK)
        for name in archive.namelist():
            # Parts that are not read at an import are read here, so their entities are refused here.
            if name.endswith((".xml", ".rels", ".vml")) and b"<!DOCTYPE" in archive.read(name).replace(b"\0", b""):
                raise NotOurFileError(TOO_LARGE_TO_MARK)


def _marks(problems: Sequence[Problem]) -> Iterator[tuple[str, str, str]]:
    """Yield the sheet, the cell and the message of each place, as far as anybody would want to see them marked."""
    for problem in problems:
        sheet_name = ""
        for number, (cell, sheet, first_cell) in enumerate(_PLACE.findall(problem.place)):
            if number == MOST_CELLS_MARKED:
                break
            sheet_name = sheet or sheet_name
            yield sheet_name, cell or first_cell, problem.message


def _mark(sheet: Worksheet, place: str, message: str) -> None:
    cell = sheet[place]
    if not hasattr(cell, "comment"):
        return
    before = cell.comment.text + "\n" if cell.comment and cell.comment.author == _AUTHOR else ""
    note = Comment(safe_text(before + message), _AUTHOR)
    note.width, note.height = 320, 120
    cell.comment, cell.fill = note, _MARK


def _take_marks_away(workbook: Workbook) -> None:
    if PROBLEMS_SHEET in workbook.sheetnames:
        del workbook[PROBLEMS_SHEET]
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment and cell.comment.author == _AUTHOR:
                    cell.comment, cell.fill = None, PatternFill()


def _write_list(workbook: Workbook, problems: Sequence[Problem]) -> None:
    sheet = workbook.create_sheet(PROBLEMS_SHEET, 0)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 90
    put_text(sheet["A1"], "What to put right before this file can be imported")
    sheet["A1"].font = SUBTITLE
    for place, words in (("A3", "Where"), ("B3", "What to do")):
        put_text(sheet[place], words)
        sheet[place].font, sheet[place].fill = HEADER, HEADER_FILL
    for row, problem in enumerate(problems, start=4):
        for column, words in (("A", problem.place), ("B", problem.message)):
            cell = sheet[f"{column}{row}"]
            put_text(cell, words)
            cell.font, cell.alignment, cell.border = BODY, WRAPPED, BOXED
        first = _PLACE.match(problem.place)
        if first and first[2]:
            sheet[f"A{row}"].hyperlink = f"#'{first[2]}'!{first[3]}"
    sheet.freeze_panes = "A4"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    workbook.active = 0
    for other in workbook.worksheets[1:]:
        other.sheet_view.tabSelected = False
