"""The rows of a large table as the XML of a sheet, written by ourselves and put into the file that openpyxl saves.

openpyxl makes an object and several calls for each cell, which takes three times as long as the bare values need. A
table has some tens of thousands of cells of a few styles, so here each row is one text. Styles, headings, filters,
charts and everything else about the sheet stay with openpyxl; it writes the sheet up to its heading row, and
``saved_with_rows`` puts the rows behind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from section11.workbooks.cells import FORMULA_STARTS, escaped_text, safe_text

_IN_MEMORY = 1_000_000
_END = b"</sheetData>"

Value = str | int | float | date | None


class SheetRows:
    """Rows of one sheet, kept outside memory when there are many."""

    def __init__(self, columns: int) -> None:
        self._letters = [get_column_letter(number) for number in range(1, columns + 1)]
        self._file: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed when it is read

    def add(self, number: int, height: float, values: Sequence[Value], style_id: Callable[[int, bool], int]) -> None:
        """Write a row of values, one for each column; None leaves a cell empty.

        ``style_id`` gives the number of a cell's style, by its column from 0 and whether a formula could begin so.
        """
        cells = [
            _cell(f"{letter}{number}", value, column, style_id)
            for column, (letter, value) in enumerate(zip(self._letters, values, strict=True))
        ]
        row = f'<row r="{number}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>'
        self._file.write(row.encode("utf-8"))

    def write_to(self, target: IO[bytes]) -> None:
        """Write every row and let go of them."""
        self._file.seek(0)
        while part := self._file.read(_IN_MEMORY):
            target.write(part)
        self._file.close()


def saved_with_rows(book: Workbook, rows_by_title: Mapping[str, SheetRows]) -> bytes:
    """Return the saved workbook with these rows behind what its sheets have; each sheet has at least one row."""
    bare, whole = BytesIO(), BytesIO()
    book.save(bare)
    names = {f"xl/worksheets/sheet{number}.xml": sheet.title for number, sheet in enumerate(book.worksheets, start=1)}
    with ZipFile(bare) as before, ZipFile(whole, "w", ZIP_DEFLATED, compresslevel=6) as after:
        for entry in before.infolist():
            content = before.read(entry)
            rows = rows_by_title.get(names.get(entry.filename, ""))
            if rows is None:
                after.writestr(entry.filename, content)
                continue
            head, end, tail = content.partition(_END)
            with after.open(entry.filename, "w", force_zip64=True) as sheet:
                sheet.write(head)
                rows.write_to(sheet)
                sheet.write(end + tail)
    return whole.getvalue()


def _cell(place: str, value: Value, column: int, style_id: Callable[[int, bool], int]) -> str:
    if value is None or value == "":
        return f'<c r="{place}" s="{style_id(column, False)}"/>'
    if isinstance(value, str):
        text = safe_text(value)
        style = style_id(column, text.startswith(FORMULA_STARTS))
        kept = ' xml:space="preserve"' if text != text.strip() else ""
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t{kept}>{escape(escaped_text(text))}</t></is></c>'
    if isinstance(value, date):
        value = float(to_excel(value))  # type: ignore[no-untyped-call]
    return f'<c r="{place}" s="{style_id(column, False)}"><v>{value!r}</v></c>'
