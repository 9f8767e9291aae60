"""Opening what somebody sent: each kind of file that is no usable workbook gets its own sentence."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from section11.errors import NotOurFileError
from section11.workbooks import safe_opening
from section11.workbooks.safe_opening import CellError, open_workbook_safely, rows_of
from tests.workbooks.builders import saved

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)


def a_workbook(sheets: int = 1) -> bytes:
    workbook = Workbook()
    workbook.worksheets[0]["A1"] = "here"
    for _ in range(sheets - 1):
        workbook.create_sheet()
    return saved(workbook)


def with_part(content: bytes, name: str, change) -> bytes:
    """Return the workbook with one part of the archive changed, or added when it is not there."""
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {part: old.read(part) for part in old.namelist()}
        parts[name] = change(parts.get(name, b""))
        for part, data in parts.items():
            new.writestr(part, data)
    return result.getvalue()


def a_zip(*names: str) -> bytes:
    result = BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return result.getvalue()


def read_whole(content: bytes) -> None:
    workbook = open_workbook_safely(content)
    for name in workbook.sheetnames:
        list(rows_of(workbook, name))


def refusal_of(content: bytes) -> str:
    with pytest.raises(NotOurFileError) as refusal:
        read_whole(content)
    return refusal.value.user_message


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", safe_opening.EMPTY),
        (b"question,rating\nS1.1,Fully met\n", safe_opening.NOT_A_WORKBOOK),
        (a_zip("word/document.xml"), safe_opening.NOT_A_WORKBOOK),
        (a_zip("content.xml", "mimetype"), safe_opening.OTHER_FORMAT),
        (a_zip("xl/workbook.bin"), safe_opening.OTHER_FORMAT),
        (OLE, safe_opening.OLD_FORMAT),
        (OLE + "EncryptedPackage".encode("utf-16-le"), safe_opening.LOCKED),
        (a_workbook()[:-400], safe_opening.TRUNCATED),
        (a_workbook()[:200], safe_opening.TRUNCATED),
        (b"PK" + b"\0" * (10 * 1024 * 1024), safe_opening.TOO_LARGE),
        (a_workbook(sheets=51), safe_opening.TOO_MANY_SHEETS),
        (with_part(a_workbook(), "xl/media/big.bin", lambda _: b"\0" * 6_000_000), safe_opening.UNPACKS_TOO_LARGE),
        (with_part(a_workbook(), "xl/workbook.xml", lambda data: data[:-30]), safe_opening.UNREADABLE),
        (with_part(a_workbook(), "xl/worksheets/sheet1.xml", lambda data: data[:-30]), safe_opening.UNREADABLE),
    ],
    ids=[
        "empty", "text", "word", "ods", "xlsb", "xls", "password", "cut off", "cut off early", "large", "sheets",
        "bomb", "broken workbook", "broken sheet",
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_gets_its_own_sentence(content, sentence):
    assert refusal_of(content) == sentence


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"]
)
def test_a_billion_laughs_are_refused(part):
    def laughing(data: bytes) -> bytes:
        return LAUGHS.encode() + data.partition(b"?>")[2] if data.startswith(b"<?xml") else LAUGHS.encode() + data

    assert refusal_of(with_part(a_workbook(), part, laughing)) == safe_opening.HAS_ENTITIES


def test_a_billion_laughs_in_another_encoding_are_refused():
    def laughing(data: bytes) -> bytes:
        return (LAUGHS.replace("1.0", '1.0" encoding="utf-16') + "<a>&j;</a>").encode("utf-16")

    assert refusal_of(with_part(a_workbook(), "xl/workbook.xml", laughing)) == safe_opening.HAS_ENTITIES


def test_fifty_sheets_are_read():
    assert len(open_workbook_safely(a_workbook(sheets=50)).sheetnames) == 50


def test_a_row_at_the_very_end_does_not_make_reading_endless():
    workbook = Workbook()
    workbook.worksheets[0]["A1"] = "first"
    workbook.worksheets[0]["A1048576"] = "last"
    read = open_workbook_safely(saved(workbook))

    assert [(number, row[0]) for number, row in rows_of(read, "Sheet")] == [(1, "first")]


def test_a_wrong_size_in_the_file_is_not_believed():
    def lie(data: bytes) -> bytes:
        return data.replace(b'<dimension ref="A1:A3"', b'<dimension ref="A1:A1"')

    workbook = Workbook()
    workbook.worksheets[0]["A1"], workbook.worksheets[0]["A3"] = "one", "three"
    content = with_part(saved(workbook), "xl/worksheets/sheet1.xml", lie)

    assert [row[0] for _, row in rows_of(open_workbook_safely(content), "Sheet")] == ["one", "three"]


def test_a_gap_of_empty_rows_is_crossed_but_not_a_very_long_one():
    workbook = Workbook()
    for row in (1, 900, 3_000):
        workbook.worksheets[0].cell(row, 1, "here")
    read = open_workbook_safely(saved(workbook))

    assert [number for number, _ in rows_of(read, "Sheet")] == [1, 900]


def test_formulas_are_not_read_only_what_they_last_showed():
    workbook = Workbook()
    workbook.worksheets[0].append(["=1+1", "beside", "#REF!"])
    [(_, row)] = rows_of(open_workbook_safely(saved(workbook)), "Sheet")

    assert row[:3] == (None, "beside", CellError("#REF!"))
