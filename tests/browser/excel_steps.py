"""Filling in an Excel return as a person would: by the numbers of its questions and the headings of its columns."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

SHEET = "Answers"


def ratings_in(path: Path) -> dict[str, str]:
    """Return what the rating column says, by question id; empty where nothing is chosen."""
    sheet = load_workbook(path)[SHEET]
    return {one: str(sheet[cell].value or "") for one, cell in _rating_cells(sheet.parent).items()}


def fill_in(path: Path, ratings: dict[str, str]) -> dict[str, str]:
    """Write ratings into the file and save it again; return the cells written, such as ``F7``, by question id."""
    book = load_workbook(path)
    cells = {one: cell for one, cell in _rating_cells(book).items() if one in ratings}
    for question_id, cell in cells.items():
        book[SHEET][cell].value = ratings[question_id]
    book.save(path)
    return cells


def _rating_cells(book: Workbook) -> dict[str, str]:
    sheet = book[SHEET]
    header = next(row for row in sheet.iter_rows() if any(cell.value == "Question" for cell in row))
    columns = {str(cell.value): cell.column for cell in header}
    return {
        str(row[columns["No."] - 1].value): row[columns["Rating"] - 1].coordinate
        for row in sheet.iter_rows(min_row=header[0].row + 1)
        if row[columns["No."] - 1].value
    }
