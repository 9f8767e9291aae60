"""The partnership workbook of some returns, written and read back."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import openpyxl
from openpyxl.workbook.workbook import Workbook

from section11.reports.collated import CollatedCycle
from section11.reports.figures import figures_of
from section11.workbooks.partnership_workbook import write_partnership_workbook
from tests.unit.figure_builders import four_organisations

TABLES = [
    "Return rates",
    "Organisations",
    "Heat map by arrangement",
    "Results by arrangement",
    "Heat map",
    "Results by standard",
    "By standard",
    "By question",
    "By type",
    "Answers",
    "Actions",
    "Data dictionary",
]


def written(collated: CollatedCycle) -> bytes:
    return write_partnership_workbook(collated, figures_of(collated))


def read_back(collated: CollatedCycle) -> Workbook:
    return openpyxl.load_workbook(BytesIO(written(collated)))


@cache
def usual_book() -> Workbook:
    """Return the workbook of the four organisations, read back; nobody changes it."""
    return read_back(four_organisations())


def table(book: Workbook, title: str) -> list[dict[str, object]]:
    """Return the rows below the header as dictionaries by heading."""
    headings, *rows = book[title].iter_rows(min_row=4, values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]
