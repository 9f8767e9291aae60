"""Opens a Word document that somebody sent: limits first, and no macros, no links to other files, no entities."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from docx import Document
from docx.document import Document as WordDocument

from section11.domain.archives import has_locked_parts, unpacks_too_large
from section11.errors import NotOurFileError

LARGEST_DOCUMENT = 2 * 1024 * 1024
LARGEST_UNZIPPED = 20 * 1024 * 1024
_DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FETCHING_FIELD = re.compile(r"\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|MACROBUTTON)\b", re.I)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

EMPTY = "This file is empty. Save the document again and choose that file."
NOT_WORD = "This is not a Word document. Save it from Word as “Word document (.docx)” and choose that file."
OLD_FORMAT = "This is an old Word file, or one with a password. Save it without one as “Word document (.docx)”."
TOO_LARGE = "This document is too large: at most 2 MB. Make its pictures smaller, save it and choose it again."
UNPACKS_TOO_LARGE = (
    "This document unpacks to more than a letter ever needs, so it was not opened. Copy its text into a new document."
)
HAS_MACROS = "This document has macros, so it was not taken. Save it as “Word document (.docx)”, which leaves them out."
HAS_OBJECTS = (
    "This document has another file or a control embedded in it, so it was not taken. Delete that and try again."
)
HAS_LINKS = (
    "This document links to something outside itself ({target}), so it was not taken. Remove the link in Word, or copy "
    "the text into a new document, and try again."
)
HAS_FIELDS = "This document has a field that fetches something ({field}), so it was not taken. Delete it and try again."
HAS_ENTITIES = "This document holds definitions that no letter needs, so it was not opened. Save it again in Word."
UNREADABLE = "This document is damaged and cannot be read. Open it in Word, save it again and choose that file."


def open_document_safely(content: bytes) -> WordDocument:
    """Return the document.

    Raises:
        NotOurFileError: it is empty, too large, no Word document, or holds what could act by itself or reach out.
    """
    _check_outside(content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if has_locked_parts(parts):
                raise NotOurFileError(OLD_FORMAT)
            if unpacks_too_large(parts, len(content)) or sum(one.file_size for one in parts) > LARGEST_UNZIPPED:
                raise NotOurFileError(UNPACKS_TOO_LARGE)
            _check_parts(archive)
        return Document(BytesIO(content))
    except NotOurFileError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise NotOurFileError(UNREADABLE) from error
    except Exception as error:  # python-docx raises almost anything on a file that is not what it seems
        raise NotOurFileError(UNREADABLE) from error


def _check_outside(content: bytes) -> None:
    if not content:
        raise NotOurFileError(EMPTY)
    if len(content) > LARGEST_DOCUMENT:
        raise NotOurFileError(TOO_LARGE)
    if content.startswith(_OLE_START):
        raise NotOurFileError(OLD_FORMAT)
    if not content.startswith(b"PK"):
        raise NotOurFileError(NOT_WORD)


def _check_parts(archive: zipfile.ZipFile) -> None:
    names = [part.filename for part in archive.infolist()]
    folded = [name.casefold() for name in names]
    if "[content_types].xml" not in folded or "word/document.xml" not in folded:
        raise NotOurFileError(NOT_WORD)
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in folded):
        raise NotOurFileError(HAS_MACROS)
    if any(name.startswith(("word/embeddings/", "word/activex/", "word/afchunk")) for name in folded):
        raise NotOurFileError(HAS_OBJECTS)
    for name, key in zip(names, folded, strict=True):
        if key.endswith((".xml", ".rels")):
            root = _parsed(archive.read(name))
            for check in _CHECKS:
                check(key, root)


def _parsed(content: bytes) -> Element:
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise NotOurFileError(HAS_ENTITIES) from error
    except (ParseError, ValueError, LookupError) as error:
        raise NotOurFileError(UNREADABLE) from error
    return root


def _check_kind(name: str, root: Element) -> None:
    if name != "[content_types].xml":
        return
    kinds = {str(one.get("ContentType", "")) for one in root}
    if any("macroenabled" in kind.casefold() or "vbaproject" in kind.casefold() for kind in kinds):
        raise NotOurFileError(HAS_MACROS)
    if _DOCUMENT_TYPE not in kinds:
        raise NotOurFileError(NOT_WORD)


def _check_links(name: str, root: Element) -> None:
    if not name.endswith(".rels"):
        return
    for one in root:
        if str(one.get("TargetMode", "")).casefold() == "external":
            raise NotOurFileError(HAS_LINKS.format(target=str(one.get("Target", ""))[:80]))
        kind = str(one.get("Type", "")).casefold()
        if kind.endswith(("/vbaproject", "/keymapcustomizations")):
            raise NotOurFileError(HAS_MACROS)
        if kind.endswith(("/afchunk", "/oleobject", "/control", "/package")):
            raise NotOurFileError(HAS_OBJECTS)


def _check_fields(name: str, root: Element) -> None:
    # A field's code may be cut into several pieces, so a paragraph's are read together.
    for paragraph in root.iter(f"{_WORD}p"):
        code = "".join(one.text or "" for one in paragraph.iter(f"{_WORD}instrText"))
        codes = [code, *(str(one.get(f"{_WORD}instr", "")) for one in paragraph.iter(f"{_WORD}fldSimple"))]
        for each in codes:
            found = _FETCHING_FIELD.search(each)
            if found:
                raise NotOurFileError(HAS_FIELDS.format(field=found[1].upper()))


_CHECKS: tuple[Callable[[str, Element], None], ...] = (_check_kind, _check_links, _check_fields)
