"""Which sheets a workbook has, where each is kept in its archive, and what their cells need to be read."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass, field
from functools import lru_cache

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH

from section11.workbooks.sheet_stream import Formats, SheetStream
from section11.workbooks.xml_parts import TooMuchError, local, read_part, read_shared_texts

MOST_SHEETS_LISTED = 500
_TYPES, _OUTER = "[Content_Types].xml", "_rels/.rels"


@dataclass(slots=True)
class Book:
    """A workbook that is open for reading. A sheet is read when it is asked for."""

    archive: zipfile.ZipFile
    parts_by_sheet: dict[str, str]
    texts: list[str]
    formats: Formats
    _streams: dict[str, SheetStream] = field(default_factory=dict)

    @property
    def sheetnames(self) -> list[str]:
        return list(self.parts_by_sheet)

    def sheet(self, name: str) -> SheetStream:
        """Return a sheet from its beginning."""
        self._streams[name] = SheetStream(self.archive, self.parts_by_sheet[name], self.texts, self.formats)
        return self._streams[name]

    def merged_ranges(self, name: str) -> list[str]:
        """Return the merged ranges of a sheet that has been read, such as ``E5:E7``."""
        return list(self._streams[name].merged) if name in self._streams else []

    def close(self) -> None:
        self.archive.close()


def read_book(archive: zipfile.ZipFile) -> Book:
    """Return the workbook of an archive.

    Raises:
        KeyError, ValueError, ExpatError: it is no workbook, or a damaged one.
        HasDoctypeError, TooMuchError: as their names say.
    """
    read_part(archive, _TYPES, lambda name, attributes: None)  # only to see that it is sound
    workbook = next(target for kind, target in _relations(archive, _OUTER, "").values() if kind == "officeDocument")
    folder, name = posixpath.split(workbook)
    relations = _relations(archive, f"{folder}/_rels/{name}.rels", folder)
    sheets, is_mac = _sheets(archive, workbook)
    targets = dict(relations.values())
    texts = read_shared_texts(archive, targets["sharedStrings"]) if "sharedStrings" in targets else []
    formats = _formats(archive, targets["styles"], is_mac=is_mac) if "styles" in targets else Formats()
    parts = {title: relations[relation][1] for title, relation in sheets if relations[relation][0] == "worksheet"}
    return Book(archive, parts, texts, formats)


def _relations(archive: zipfile.ZipFile, part: str, folder: str) -> dict[str, tuple[str, str]]:
    """Return what a part points to inside the archive: the kind and the place, by the key of each."""
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes["Target"]
            place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[attributes["Id"]] = (attributes["Type"].rpartition("/")[2], place)

    read_part(archive, part, start)
    return found


def _sheets(archive: zipfile.ZipFile, part: str) -> tuple[list[tuple[str, str]], bool]:
    """Return the title and the relation of each sheet, and whether days are counted from 1904."""
    sheets: list[tuple[str, str]] = []
    is_mac = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal is_mac
        if name == "sheet":
            if len(sheets) == MOST_SHEETS_LISTED:
                raise TooMuchError
            relation = next(value for key, value in attributes.items() if local(key) == "id" and ":" in key)
            sheets.append((attributes["name"], relation))
        elif name == "workbookPr":
            is_mac = attributes.get("date1904") in ("1", "true")

    read_part(archive, part, start)
    return sheets, is_mac


def _formats(archive: zipfile.ZipFile, part: str, *, is_mac: bool) -> Formats:
    """Return which styles of cells are dates, spans of time and percentages."""
    own: dict[int, str] = {}
    used: list[int] = []
    is_in_cells = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal is_in_cells
        if name == "numFmt" and "numFmtId" in attributes:
            own[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            is_in_cells = name == "cellXfs"
        elif name == "xf" and is_in_cells:
            used.append(int(attributes.get("numFmtId", 0)))

    read_part(archive, part, start)
    codes = [own.get(number) or BUILTIN_FORMATS.get(number, "General") for number in used]
    dates = frozenset(style for style, code in enumerate(codes) if _is_date(code))
    spans = frozenset(style for style in dates if is_timedelta_format(codes[style]))
    percentages = frozenset(style for style, code in enumerate(codes) if "%" in code)
    if is_mac:
        return Formats(dates, spans, percentages, MAC_EPOCH)
    return Formats(dates, spans, percentages)


@lru_cache(maxsize=256)
def _is_date(code: str) -> bool:
    return bool(is_date_format(code))
