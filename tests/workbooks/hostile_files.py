"""Workbooks that somebody made to do harm, or that went wrong on the way; and a process that reads them, measured.

``python -m tests.workbooks.hostile_files FOLDER`` reads each file there and prints a line of JSON: its name, what came
of it, the seconds of processor time it took, and the most memory of the process so far, in MB.
"""

from __future__ import annotations

import io
import itertools
import json
import random
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from section11.errors import NotOurFileError
from section11.workbooks.return_reader import read_return
from section11.workbooks.return_writer import write_return
from tests.workbooks.builders import a_form

HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = b"</sheetData></worksheet>"
TEXTS = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
ANSWERS = "xl/worksheets/sheet2.xml"


def changed(name: str, change: Callable[[bytes], bytes], *, more: dict[str, bytes] | None = None) -> bytes:
    """Return a return with one part changed, and perhaps others added."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(write_return(a_form()))) as old,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
        for part, data in (more or {}).items():
            new.writestr(part, data)
    return result.getvalue()


_DICE = random.Random(11)  # noqa: S311 - the same each time


def many(piece: bytes, count: int) -> bytes:
    """Repeat a piece with a number in it, so that it packs as badly as real cells and no ratio gives it away."""
    block = b"".join(piece % _DICE.randrange(10**6) for _ in range(5_000))
    return block * (count // 5_000)


def with_texts(texts: bytes) -> bytes:
    """A return with a list of shared texts, which our own writer does without."""
    relation = (
        b'<Relationship Id="rId99" Target="/xl/sharedStrings.xml" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>'
    )
    return changed(
        "xl/_rels/workbook.xml.rels",
        lambda data: data.replace(b"</Relationships>", relation),
        more={"xl/sharedStrings.xml": HEAD + TEXTS + texts + b"</sst>"},
    )


def in_sheet(rows: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(b"</sheetData>", rows + b"</sheetData>")


def laughs(data: bytes) -> bytes:
    names = "abcdefghij"
    entities = '<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in itertools.pairwise(names)
    )
    return HEAD + f"<!DOCTYPE x [{entities}]>".encode() + data.partition(b"?>")[2].replace(b"<v>", b"<v>&j;")


def outside(data: bytes) -> bytes:
    return HEAD + b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + data.partition(b"?>")[2]


LINK = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" '
    b'Target="http://example.org/steal" TargetMode="External"/></Relationships>'
)

ROW = b'<row r="%d" ht="15" customFormat="1" s="1"/>'
ROW_WITH_CELL = b'<row r="%d"><c r="A%d" s="1"/></row>'
LAST_ROW = 1_048_576

FILES: dict[str, Callable[[], bytes]] = {
    "ninety megabytes of nothing": lambda: changed("x", bytes, more={"xl/media/a.bin": b"\0" * 90_000_000}),
    "twenty million empty cells": lambda: changed(ANSWERS, in_sheet(b"<row>" + b"<c/>" * 20_000_000 + b"</row>")),
    "four million numbers": lambda: changed(ANSWERS, in_sheet(many(b"<row><c><v>%d</v></c></row>", 2_000_000))),
    "half a million rows of words": lambda: changed(
        ANSWERS, in_sheet(many(b'<row><c t="str"><v>%d is what it says here</v></c></row>', 1_000_000))
    ),
    "two million shared texts": lambda: with_texts(many(b"<si><t>%d</t></si>", 2_000_000)),
    "one endless text": lambda: with_texts(b"<si><t>" + many(b"%d and so on ", 2_200_000) + b"</t></si>"),
    "two million styles": lambda: changed(
        "xl/styles.xml",
        lambda data: data.replace(
            b"<cellXfs", b"<cellXfs>" + many(b'<xf numFmtId="%d"/>', 2_000_000) + b"</cellXfs><x", 1
        ),
    ),
    "a million sheets": lambda: changed(
        "xl/workbook.xml",
        lambda data: data.replace(b"<sheets>", b"<sheets>" + many(b'<sheet name="%d" r:id="rId1"/>', 1_000_000)),
    ),
    "nested without end": lambda: changed(ANSWERS, in_sheet(b"<row><c>" + many(b"<is%d>", 1_000_000))),
    "laughing entities": lambda: changed(ANSWERS, laughs),
    "laughing entities in the list of sheets": lambda: changed("xl/workbook.xml", laughs),
    "an entity from outside": lambda: changed(ANSWERS, outside),
    "1,048,576 phantom rows": lambda: changed(
        ANSWERS, in_sheet(b"".join(ROW % row for row in range(20, LAST_ROW + 1)))
    ),
    "1,048,576 phantom rows with cells": lambda: changed(
        ANSWERS, in_sheet(b"".join(ROW_WITH_CELL % (row, row) for row in range(20, LAST_ROW + 1)))
    ),
    "a hundred thousand merged ranges": lambda: changed(
        ANSWERS,
        lambda data: data.replace(
            b"</sheetData>",
            b"</sheetData><mergeCells>"
            + b"".join(b'<mergeCell ref="A%d:XFD%d"/>' % (row, row + 1) for row in range(5, 200_005, 2))
            + b"</mergeCells>",
        ),
    ),
    "macros": lambda: changed("x", bytes, more={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"Auto_Open" * 100}),
    "links to elsewhere": lambda: changed(
        "x",
        bytes,
        more={
            "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": LINK,
        },
    ),
    "a password": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
    "cut off": lambda: write_return(a_form())[:9_000],
    "a CSV with another ending": lambda: b"No.,Rating\nS1.1,Fully met\n",
    "a CSV in another encoding": lambda: "No.,Rating\nS1.1,Fully met é\n".encode("utf-16"),
    "an encoding nobody knows": lambda: changed(
        ANSWERS, lambda data: b'<?xml version="1.0" encoding="klingon"?>' + data
    ),
    "letters in another encoding than it says": lambda: changed(
        ANSWERS, in_sheet('<row><c t="str"><v>café</v></c></row>'.encode("latin-1"))
    ),
    "a path out of the archive": lambda: changed(
        "xl/_rels/workbook.xml.rels", lambda data: data.replace(b"worksheets/sheet2.xml", b"../../../../etc/passwd")
    ),
}
READ = frozenset(
    {
        "four million numbers",
        "half a million rows of words",
        "1,048,576 phantom rows",
        "1,048,576 phantom rows with cells",
        "macros",
        "links to elsewhere",
        "a hundred thousand merged ranges",
    }
)
"""These do no harm, so they are read; everything else is refused."""


def main(folder: Path) -> None:
    for path in sorted(folder.iterdir(), key=lambda one: int(one.stem)):
        content = path.read_bytes()
        start = time.process_time()
        try:
            outcome = f"read {len(read_return(content).rows)} rows"
        except NotOurFileError as refusal:
            outcome = refusal.user_message
        seconds = round(time.process_time() - start, 2)
        print(json.dumps({"number": int(path.stem), "outcome": outcome, "seconds": seconds, "mb": _memory()}))


def _memory() -> int:
    """The most this process has had in memory, in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    # What getrusage tells begins with the size of the process that started this one.
    most = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(most.split()[1]) // 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]))
