"""Reading and filling in our Excel files as a person would: by the headings of their columns."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

SHEET = "Answers"


def answers_in(path: Path) -> dict[str, str]:
    """Return what the column “Rating or answer” says, by question id; empty where nothing is chosen."""
    sheet = load_workbook(path)[SHEET]
    return {one: str(sheet[cell].value or "") for one, cell in _answer_cells(sheet.parent).items()}


def fill_in(path: Path, answers: dict[str, str]) -> dict[str, str]:
    """Write answers into the file and save it again; return the cells written, such as ``F7``, by question id."""
    book = load_workbook(path)
    cells = {one: cell for one, cell in _answer_cells(book).items() if one in answers}
    for question_id, cell in cells.items():
        book[SHEET][cell].value = answers[question_id]
    book.save(path)
    return cells


def table_in(path: Path, sheet: str, first_heading: str) -> dict[str, dict[str, object]]:
    """Return the table of a sheet by the value in its first column, each row by its headings."""
    rows = list(load_workbook(path)[sheet].values)
    start = next(number for number, row in enumerate(rows) if row[0] == first_heading)
    return {str(row[0]): dict(zip(map(str, rows[start]), row, strict=True)) for row in rows[start + 1 :]}


def _answer_cells(book: Workbook) -> dict[str, str]:
    sheet = book[SHEET]
    header = next(row for row in sheet.iter_rows() if any(cell.value == "Question" for cell in row))
    headings = ("No.", "Rating or answer")
    number, answer = (next(cell.column_letter for cell in header if cell.value == words) for words in headings)
    below = range(header[0].row + 1, sheet.max_row + 1)
    return {str(sheet[f"{number}{row}"].value): f"{answer}{row}" for row in below if sheet[f"{number}{row}"].value}
