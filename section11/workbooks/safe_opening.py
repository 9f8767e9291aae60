"""Opens a workbook that somebody sent: limits first, no entities, macros or links, and never endless rows."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl import Workbook, load_workbook

from section11.domain.archives import has_locked_parts, unpacks_too_large
from section11.errors import NotOurFileError
from section11.workbooks.cells import CellValue, text_read_back

LARGEST_FILE = 10 * 1024 * 1024
MOST_SHEETS = 50
LAST_ROW, LAST_COLUMN = 20_000, 60
EMPTY_ROWS_BEFORE_STOP = 1_000

_OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")

EMPTY = "This file is empty. Save the workbook again and choose that file."
NOT_A_WORKBOOK = 'This is not an Excel workbook. Save it from Excel as "Excel workbook (.xlsx)" and choose that file.'
OLD_FORMAT = 'This is an old Excel file (.xls). Save it as "Excel workbook (.xlsx)" and choose that file.'
LOCKED = "This workbook is protected with a password. Remove the password in Excel, save it and choose it again."
OTHER_FORMAT = 'This spreadsheet is not in Excel\'s format. Save it as "Excel workbook (.xlsx)" and choose that file.'
TOO_LARGE = "This file is too large: at most 10 MB. Delete pictures and unused sheets, save it and choose it again."
UNPACKS_TOO_LARGE = (
    "This workbook unpacks to more than can be read here. Copy the cells you need into a new workbook and choose that."
)
TOO_MANY_SHEETS = "This workbook has more than 50 sheets. Delete the ones that are not needed, save it and try again."
TRUNCATED = "This file is incomplete, perhaps cut off on its way. Save or download it again and choose it once more."
UNREADABLE = "This workbook is damaged and cannot be read. Open it in Excel, save it again and choose that file."
HAS_ENTITIES = "This workbook holds definitions that no spreadsheet needs, so it was not opened. Save it in Excel."


@dataclass(frozen=True, slots=True)
class CellError:
    """What a formula that went wrong left in a cell, for instance ``#NAME?``."""

    text: str


ReadValue = CellValue | CellError


def open_workbook_safely(content: bytes) -> Workbook:
    """Return the workbook, read-only, with the results of formulas and without links or macros.

    Read its cells with ``rows_of``; close it afterwards.

    Raises:
        NotOurFileError: the file is empty, too large, protected with a password, cut off, damaged
            or no Excel workbook. The sentence says which, and what to do.
    """
    _check_outside(content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_archive(archive, len(content))
            _refuse_entities(archive)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about drawings and extensions that are not read anyway
            return load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except NotOurFileError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise NotOurFileError(TRUNCATED) from error
    except Exception as error:  # openpyxl raises almost anything on a file that is not what it seems
        raise NotOurFileError(UNREADABLE) from error


def rows_of(
    workbook: Workbook, sheet_name: str, *, last_row: int = LAST_ROW
) -> Iterator[tuple[int, tuple[ReadValue, ...]]]:
    """Yield the row number (from 1) and the values of each row that is not empty.

    Reads what stands in the file rather than what it says its size is, and stops at ``last_row``
    or after 1,000 empty rows. Every row has 60 values.

    Raises:
        NotOurFileError: the sheet is damaged.
    """
    sheet: Any = workbook[sheet_name]
    empty_rows = 0
    try:
        sheet.reset_dimensions()
        rows = sheet.iter_rows(min_row=1, max_row=last_row, min_col=1, max_col=LAST_COLUMN)
        for number, cells in enumerate(rows, start=1):
            values = tuple(_value(cell) for cell in cells)
            if any(value not in (None, "") for value in values):
                empty_rows = 0
                yield number, values
            elif (empty_rows := empty_rows + 1) >= EMPTY_ROWS_BEFORE_STOP:
                return
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise NotOurFileError(TRUNCATED) from error
    except Exception as error:  # as above
        raise NotOurFileError(UNREADABLE) from error


def _value(cell: Any) -> ReadValue:
    value: CellValue = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in cell.number_format:
        return f"{round(value * 100, 8):g}%"  # as it is shown: Excel keeps 87% as 0.87
    if not isinstance(value, str):
        return value
    return CellError(value) if cell.data_type == "e" else text_read_back(value)


def _check_outside(content: bytes) -> None:
    if not content:
        raise NotOurFileError(EMPTY)
    if len(content) > LARGEST_FILE:
        raise NotOurFileError(TOO_LARGE)
    if content.startswith(_OLE_START):
        raise NotOurFileError(LOCKED if _ENCRYPTED_PACKAGE in content else OLD_FORMAT)
    if not content.startswith(b"PK"):
        raise NotOurFileError(NOT_A_WORKBOOK)


def _check_archive(archive: zipfile.ZipFile, zipped_size: int) -> None:
    parts = archive.infolist()
    if unpacks_too_large(parts, zipped_size):
        raise NotOurFileError(UNPACKS_TOO_LARGE)
    if has_locked_parts(parts):
        raise NotOurFileError(LOCKED)
    names = {part.filename for part in parts}
    if not names & {"xl/workbook.xml", "xl/workbook2.xml"}:
        is_spreadsheet = bool(names & {"content.xml", "xl/workbook.bin", "Index/Document.iwa"})
        raise NotOurFileError(OTHER_FORMAT if is_spreadsheet else NOT_A_WORKBOOK)
    if sum(name.startswith("xl/worksheets/") and name.endswith(".xml") for name in names) > MOST_SHEETS:
        raise NotOurFileError(TOO_MANY_SHEETS)


def _refuse_entities(archive: zipfile.ZipFile) -> None:
    """Refuse any part with a document type, whichever XML library openpyxl finds installed.

    A document type can only stand before the first element, so reading stops there.
    """
    for name in archive.namelist():
        with archive.open(name) as part:
            try:
                next(iter(iterparse(part, events=("start",), forbid_dtd=True)), None)
            except DefusedXmlException as error:
                raise NotOurFileError(HAS_ENTITIES) from error
            except (ParseError, ValueError, LookupError):
                continue  # a picture, say; XML that is needed and broken is found when it is read
