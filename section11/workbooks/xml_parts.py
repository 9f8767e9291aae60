"""Reads the XML of a workbook as a stream, without a tree: small in memory, and nothing in it can grow by itself."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from xml.parsers import expat

CHUNK = 64 * 1024
MOST_TEXT = 20_000_000
"""Characters in the cells of one workbook, or in its list of shared texts."""
MOST_ELEMENTS = 1_000_000
"""In one part that is read whole, and texts that cells share."""

StartElement = Callable[[str, dict[str, str]], None]
EndElement = Callable[[str], None]


class HasDoctypeError(Exception):
    """The XML defines entities or points to other files. No spreadsheet needs that."""


class TooMuchError(Exception):
    """There is more in the file than anybody sends in good faith."""


def new_parser() -> Any:
    """Return a parser that stops at a document type, before any entity in it counts.

    Names come as they are written, with any prefix; see ``local``.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def chunks_of(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield the bytes of a part as they are unpacked.

    Raises:
        KeyError: there is no such part.
    """
    with archive.open(name) as part:
        while chunk := part.read(CHUNK):
            yield chunk


def read_part(archive: zipfile.ZipFile, name: str, start: StartElement) -> None:
    """Call ``start`` with the local name and the attributes of each element of a part."""
    parser = new_parser()
    elements = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal elements
        elements += 1
        if elements > MOST_ELEMENTS:
            raise TooMuchError
        start(local(name), attributes)

    parser.StartElementHandler = begin
    for chunk in chunks_of(archive, name):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def read_shared_texts(archive: zipfile.ZipFile, name: str) -> list[str]:
    """Return the texts that cells point to, each with its differently formatted runs joined."""
    texts: list[str] = []
    parts: list[str] = []
    total = 0
    wants_text = is_phonetic = False

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal wants_text, is_phonetic
        match local(name):
            case "si":
                parts.clear()
            case "rPh":
                is_phonetic = True  # how to pronounce it, beside the text itself
            case "t":
                wants_text = not is_phonetic

    def text(data: str) -> None:
        nonlocal total
        if wants_text:
            total += len(data)
            if total > MOST_TEXT:
                raise TooMuchError
            parts.append(data)

    def end(name: str) -> None:
        nonlocal wants_text, is_phonetic
        match local(name):
            case "si":
                texts.append("".join(parts))
                if len(texts) > MOST_ELEMENTS:
                    raise TooMuchError
            case "rPh":
                is_phonetic = False
            case "t":
                wants_text = False

    parser = new_parser()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    for chunk in chunks_of(archive, name):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
    return texts


def local(name: str) -> str:
    """Return an element's name without a prefix: programs differ in which they write."""
    return name.rpartition(":")[2]


def _refuse_doctype(*_: object) -> None:
    raise HasDoctypeError
