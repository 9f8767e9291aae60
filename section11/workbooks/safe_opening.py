"""Opens a workbook that somebody sent: limits first, no entities, macros or links, and never endless rows."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from section11.domain.archives import has_locked_parts, unpacks_too_large
from section11.errors import NotOurFileError
from section11.workbooks.book_parts import Book, read_book
from section11.workbooks.sheet_stream import CellError, ReadValue, Row
from section11.workbooks.xml_parts import HasDoctypeError, TooMuchError

__all__ = ["CellError", "ReadValue", "open_workbook_safely", "rows_of"]

LARGEST_FILE = 10 * 1024 * 1024
MOST_SHEETS = 50
LAST_ROW = 20_000

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


_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError)


def open_workbook_safely(content: bytes) -> Book:
    """Return the workbook to be read: the results of formulas, and no links or macros.

    Read its cells with ``rows_of``; close it afterwards.

    Raises:
        NotOurFileError: the file is empty, too large, protected with a password, cut off, damaged
            or no Excel workbook. The sentence says which, and what to do.
    """
    _check_outside(content)
    with _refusing():
        archive = zipfile.ZipFile(BytesIO(content))
        try:
            _check_archive(archive, len(content))
            return read_book(archive)
        except BaseException:
            archive.close()
            raise


def rows_of(book: Book, sheet_name: str, *, last_row: int = LAST_ROW) -> Iterator[Row]:
    """Yield the row number (from 1) and the 60 values of each row that is not empty; see ``SheetStream.rows``.

    Raises:
        NotOurFileError: the sheet is damaged, or holds too much.
    """
    with _refusing():
        yield from book.sheet(sheet_name).rows(last_row)


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn whatever goes wrong inside into a sentence."""
    try:
        yield
    except (NotOurFileError, GeneratorExit):
        raise
    except HasDoctypeError as error:
        raise NotOurFileError(HAS_ENTITIES) from error
    except TooMuchError as error:
        raise NotOurFileError(UNPACKS_TOO_LARGE) from error
    except _BROKEN as error:
        raise NotOurFileError(TRUNCATED) from error
    except Exception as error:  # a file that is not what it seems may fail anywhere
        raise NotOurFileError(UNREADABLE) from error


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
