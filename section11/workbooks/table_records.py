"""Reads the rows of a table that somebody sent as they are, from CSV of any kind or the first sheet of a workbook."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO, TextIOWrapper

from section11.errors import NotOurFileError
from section11.workbooks.safe_opening import ReadValue, open_workbook_safely, rows_of
from section11.workbooks.shown_text import text_of

LARGEST_CSV = 100 * 1024 * 1024
"""The register of every school in England has about 60 MB. Workbooks have their own, lower limit."""
MOST_ROWS = 200_000
"""Rows that are kept at once; streaming a CSV has no such limit."""

_WORKBOOK_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

Cells = Sequence[ReadValue]
Records = Iterator[tuple[int, Cells]]


def records_of(content: bytes, filename: str) -> tuple[Callable[[], Records], str | None]:
    """Return what gives the rows of a file as they are, and its sheet's name where it is a workbook.

    Raises:
        NotOurFileError: as ``open_table``, but for headings.
    """
    if content.startswith(_WORKBOOK_STARTS):
        return lambda: _sheet_records(content), _first_sheet(content)
    if not content.strip(b" \t\r\n,;\xef\xbb\xbf"):
        raise NotOurFileError(f"{filename} is empty. Choose the file that has the rows in it.")
    if len(content) > LARGEST_CSV:
        raise NotOurFileError(f"{filename} is too large: at most {LARGEST_CSV // 1024**2} MB. Split it and try again.")
    if content.startswith(b"%PDF") or b"\0" in content:
        raise NotOurFileError(
            f'{filename} is neither a CSV file nor an Excel workbook. Save it as "CSV UTF-8" or .xlsx and try again.'
        )
    encoding = _encoding(content)
    delimiter = max(",;\t", key=lambda one: _column_count(content, encoding, one))
    return lambda: _csv_records(content, encoding, delimiter), None


def filled(records: Records) -> Records:
    """Leave out the rows in which there is nothing."""
    return ((number, cells) for number, cells in records if any(text_of(cell) for cell in cells))


def _first_sheet(content: bytes) -> str:
    workbook = open_workbook_safely(content)
    try:
        if not workbook.sheetnames:
            raise NotOurFileError("This workbook has no sheet with cells. Choose the file that has the rows in it.")
        return workbook.sheetnames[0]
    finally:
        workbook.close()


def _sheet_records(content: bytes) -> Records:
    workbook = open_workbook_safely(content)
    try:
        # One row more than is kept, so that too long a sheet is refused rather than cut off.
        yield from rows_of(workbook, workbook.sheetnames[0], last_row=MOST_ROWS + 2)
    finally:
        workbook.close()


def _csv_records(content: bytes, encoding: str, delimiter: str) -> Records:
    number = 0
    # A field that Excel would not have written so must not swallow the rows after it, hence strict.
    reader = csv.reader(
        TextIOWrapper(BytesIO(content), encoding=encoding, errors="replace", newline=""),
        delimiter=delimiter,
        strict=True,
    )
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error as error:
        raise NotOurFileError(
            f"Row {number + 1} of this file cannot be read: a quotation mark is missing or too many. "
            'Put it right, or save the file again from Excel as "CSV UTF-8".'
        ) from error


def _encoding(content: bytes) -> str:
    if content.startswith(_BYTE_ORDER_MARK):
        return "utf-8-sig"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _column_count(content: bytes, encoding: str, delimiter: str) -> int:
    try:
        _, cells = next(filled(_csv_records(content, encoding, delimiter)), (0, ()))
    except NotOurFileError:
        return 0
    return len(cells)
