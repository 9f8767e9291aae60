"""The board pack as a workbook: every table with its numbers and chart, and text that stays text."""

import zipfile
from io import BytesIO

import pytest
from openpyxl import load_workbook

from section11.domain.board_packs import PackWords, PlannedAction
from section11.reports.board_pack import CellKind
from section11.reports.results import LEVEL_TITLES, Level
from section11.workbooks.board_pack_workbook import board_pack_workbook
from tests.unit.board_pack_builders import FINGERPRINT, HOSTILE, a_pack
from tests.unit.figure_builders import a_cycle, four_organisations, published_matrix, seven_organisations

CYCLES = [a_cycle, four_organisations, seven_organisations, published_matrix]


def book_of(pack):
    return load_workbook(BytesIO(board_pack_workbook(pack, FINGERPRINT)))


def as_read(cell, kind):
    if kind is CellKind.LEVEL:
        return LEVEL_TITLES[Level(cell)]
    return round(cell, 2) if kind is CellKind.PERCENT and cell is not None else cell


@pytest.mark.parametrize("cycle", CYCLES)
def test_every_table_has_a_sheet_with_its_numbers_and_every_chart_its_alt_text(cycle):
    pack = a_pack(cycle(), earlier=cycle())
    content = board_pack_workbook(pack, FINGERPRINT)
    sheets = load_workbook(BytesIO(content)).worksheets

    tables = [page.table for page in pack.pages if page.table is not None and page.table.rows]
    assert len(sheets) == 1 + len(tables)
    for sheet, table in zip(sheets[1:], tables, strict=True):
        rows = list(sheet.iter_rows(min_row=5, max_row=4 + len(table.rows), values_only=True))
        kinds = [column.kind for column in table.columns]
        assert [row[: len(kinds)] for row in rows] == [
            tuple(as_read(cell, kind) for cell, kind in zip(row.cells, kinds, strict=True)) for row in table.rows
        ]
        assert len(sheet._charts) == table.has_chart
    with zipfile.ZipFile(BytesIO(content)) as archive:
        drawings = [archive.read(name) for name in archive.namelist() if name.startswith("xl/drawings/drawing")]
    assert all(b" chart. " in drawing for drawing in drawings)


def test_the_first_sheet_has_the_sentences_and_the_fingerprint():
    pack = a_pack(published_matrix())

    texts = [cell.value for row in book_of(pack).worksheets[0].iter_rows() for cell in row]

    assert "12 of 12 organisations returned by 30 September 2026." in texts
    assert f"Fingerprint of the final content (SHA-256): {FINGERPRINT}" in texts


def test_hostile_text_is_no_formula():
    words = PackWords(themes=("=1+1", f"={HOSTILE}", "+1", "@x"), plan=(PlannedAction("=cmd|' /C calc'!A0"),))

    book = book_of(a_pack(four_organisations(), words=words))

    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert "=1+1" in {cell.value for cell in cells}
