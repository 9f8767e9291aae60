"""Reading and filling in our Excel files as a person would: by the headings of their columns."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

ANSWER_HEADINGS = {"Answers": "Rating or answer", "About you": "Your answer"}
"""The column to answer in, by sheet."""


def answers_in(path: Path) -> dict[str, str]:
    """Return what is answered, by question id; empty where nothing is chosen."""
    book = load_workbook(path)
    return {one: str(book[sheet][cell].value or "") for one, (sheet, cell) in _answer_cells(book).items()}


def fill_in(path: Path, answers: dict[str, str]) -> dict[str, str]:
    """Write answers into the file and save it again; return the cells written, such as ``E7``, by question id."""
    book = load_workbook(path)
    places = {one: place for one, place in _answer_cells(book).items() if one in answers}
    for question_id, (sheet, cell) in places.items():
        book[sheet][cell].value = answers[question_id]
    book.save(path)
    return {one: cell for one, (_, cell) in places.items()}


def table_in(path: Path, sheet: str, first_heading: str) -> dict[str, dict[str, object]]:
    """Return the table of a sheet by the value in its first column, each row by its headings."""
    rows = list(load_workbook(path)[sheet].values)
    start = next(number for number, row in enumerate(rows) if row[0] == first_heading)
    return {str(row[0]): dict(zip(map(str, rows[start]), row, strict=True)) for row in rows[start + 1 :]}


def _answer_cells(book: Workbook) -> dict[str, tuple[str, str]]:
    """Return the sheet and cell in which each question is answered, by its id."""
    found = {}
    for name, heading in ANSWER_HEADINGS.items():
        sheet = book[name]
        header = next(row for row in sheet.iter_rows() if any(cell.value == "Question" for cell in row))
        number, answer = (
            next(cell.column_letter for cell in header if cell.value == words) for words in ("No.", heading)
        )
        for row in range(header[0].row + 1, sheet.max_row + 1):
            if sheet[f"{number}{row}"].value:
                found[str(sheet[f"{number}{row}"].value)] = (name, f"{answer}{row}")
    return found
