"""What kind of file this is, by what is inside it and never by its name alone."""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from section11.domain.archives import has_locked_parts, unpacks_too_large
from section11.errors import NotOurFileError

LONGEST_FILE_NAME = 150
_LARGEST_LIST_OF_PARTS = 1024 * 1024
_OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_PDF = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
_PDF_END_WITHIN = 8 * 1024
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")

EMPTY = "This file is empty. Save it again in the program it was made with, and choose that file."
LOCKED_PDF = (
    "This PDF is protected, so others could not read it. Open it, print it to a new PDF without a password, "
    "and choose that file."
)
LOCKED_OFFICE = "This file is protected with a password. Take the password away, save it and choose it again."
MACROS = "This file holds macros, which could be harmful. Save it as PDF, or without macros, and choose that file."
OLD_OFFICE = (
    "This is an old Office file (.doc, .xls, .ppt) or a saved e-mail, which can hide harmful programs. "
    "Save it as PDF or in today's format (.docx, .xlsx, .pptx) and choose that file."
)
UNPACKS_TOO_LARGE = "This file unpacks to more than can be checked here. Save it as PDF and choose that file."
INCOMPLETE = "This file is incomplete, perhaps cut off on its way. Save or download it again and choose it once more."
NOT_UTF_8 = "This text is not in UTF-8. Save it as UTF-8 (in Excel: “CSV UTF-8”), or as PDF, and choose that file."
ACCEPTED = "PDF, Word, Excel, PowerPoint, OpenDocument, a picture (PNG, JPEG, GIF, WebP) or plain text (.txt, .csv)"


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file that is accepted. ``opens_safely`` says whether a browser may show it on our own address."""

    title: str
    media_type: str
    endings: tuple[str, ...]
    opens_safely: bool = False


PDF = FileType("PDF", "application/pdf", (".pdf",), opens_safely=True)
PNG = FileType("PNG picture", "image/png", (".png",), opens_safely=True)
JPEG = FileType("JPEG picture", "image/jpeg", (".jpg", ".jpeg"), opens_safely=True)
GIF = FileType("GIF picture", "image/gif", (".gif",), opens_safely=True)
WEBP = FileType("WebP picture", "image/webp", (".webp",), opens_safely=True)
TEXT = FileType("plain text file", "text/plain", (".txt",), opens_safely=True)
CSV = FileType("CSV table", "text/csv", (".csv",))
_OFFICE = "application/vnd.openxmlformats-officedocument"
WORD = FileType("Word document", f"{_OFFICE}.wordprocessingml.document", (".docx",))
EXCEL = FileType("Excel workbook", f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",))
POWERPOINT = FileType("PowerPoint presentation", f"{_OFFICE}.presentationml.presentation", (".pptx",))
_OPEN = "application/vnd.oasis.opendocument"
ODT = FileType("OpenDocument text", f"{_OPEN}.text", (".odt",))
ODS = FileType("OpenDocument spreadsheet", f"{_OPEN}.spreadsheet", (".ods",))
ODP = FileType("OpenDocument presentation", f"{_OPEN}.presentation", (".odp",))

FILE_TYPES = (PDF, PNG, JPEG, GIF, WEBP, TEXT, CSV, WORD, EXCEL, POWERPOINT, ODT, ODS, ODP)
BY_MEDIA_TYPE = {one.media_type: one for one in FILE_TYPES}
BY_ENDING = {ending: one for one in FILE_TYPES for ending in one.endings}
_IN_PACKAGES = (WORD, EXCEL, POWERPOINT)

REFUSED_ENDINGS: dict[str, str] = {
    **dict.fromkeys((".doc", ".dot", ".xls", ".ppt", ".pps", ".msg"), OLD_OFFICE),
    **dict.fromkeys((".docm", ".dotm", ".xlsm", ".xltm", ".xlsb", ".pptm", ".ppsm"), MACROS),
    **dict.fromkeys((".heic", ".heif"), "This picture is in a phone's own format. Save it as JPEG and choose that."),
    **dict.fromkeys((".zip", ".7z", ".rar"), "This is a packed folder. Unpack it and add its files one by one."),
}
"""What to do about files that people often have and that are not kept."""


def check_file(file_name: str, content: bytes) -> FileType:
    """Return the kind of a file whose name and content agree.

    Raises:
        NotOurFileError: it is empty, locked, cut off, holds macros, unpacks too large, is not what its name
            says, or is of a kind that is not kept. The sentence says which, and what to do.
    """
    if not content:
        raise NotOurFileError(EMPTY)
    ending = _ending_of(file_name)
    if ending in REFUSED_ENDINGS:
        raise NotOurFileError(REFUSED_ENDINGS[ending])
    promised = BY_ENDING.get(ending)
    if promised is None:
        named = f"Files ending in “{ending}”" if ending else "Files without an ending such as “.pdf”"
        raise NotOurFileError(f"{named} are not kept here. Choose {ACCEPTED}.")
    found = file_type_of(content, promised)
    if found is promised:
        return found
    wanted = _with_article(promised.title)
    inside = f"{_with_article(found.title)} is inside" if found else f"what is inside is not {wanted}"
    raise NotOurFileError(
        f"“{file_name}” is not what its name says: {inside}. "
        f"Open it in the program it was made with, save it as {wanted}, and choose that file."
    )


def file_type_of(content: bytes, promised: FileType) -> FileType | None:
    """Return the kind found inside; None when it is none that is kept.

    ``promised`` is what the name says. It decides only between plain text and a CSV table, which are alike inside.

    Raises:
        NotOurFileError: the kind is known and this file cannot be kept: locked, cut off, with macros.
    """
    for start, checked in _STARTS:
        if content.startswith(start):
            return checked(content)
    return _text(content, promised)


def name_to_keep(file_name: str) -> str:
    """Return a file's name without folders or characters that do not show, and at most 150 characters long.

    Characters that turn the direction of writing could make “fdp.exe” read like “exe.pdf”.
    """
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", file_name))[-1]
    seen = "".join(letter for letter in base if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Zl", "Zp"})
    stem, dot, ending = seen.strip().rpartition(".")
    return f"{stem[: LONGEST_FILE_NAME - len(ending) - 1]}{dot}{ending}" if dot else seen[:LONGEST_FILE_NAME]


def _with_article(title: str) -> str:
    return f"an {title}" if title.startswith("Open") else f"a {title}"


def _ending_of(file_name: str) -> str:
    stem, dot, ending = file_name.rpartition(".")
    return f".{ending.lower()}" if dot and stem else ""


def _pdf(content: bytes) -> FileType:
    if b"%%EOF" not in content[-_PDF_END_WITHIN:]:
        raise NotOurFileError(INCOMPLETE)
    if _ENCRYPTED_PDF.search(content):
        raise NotOurFileError(LOCKED_PDF)
    return PDF


def _png(content: bytes) -> FileType:
    if b"IEND\xaeB`\x82" not in content:
        raise NotOurFileError(INCOMPLETE)
    return PNG


def _jpeg(content: bytes) -> FileType:
    if b"\xff\xd9" not in content:
        raise NotOurFileError(INCOMPLETE)
    return JPEG


def _riff(content: bytes) -> FileType | None:
    if content[8:12] != b"WEBP":
        return None
    if len(content) < int.from_bytes(content[4:8], "little") + 8:
        raise NotOurFileError(INCOMPLETE)
    return WEBP


def _ole(content: bytes) -> FileType:
    raise NotOurFileError(LOCKED_OFFICE if _ENCRYPTED_PACKAGE in content else OLD_OFFICE)


def _zip(content: bytes) -> FileType | None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if unpacks_too_large(parts, len(content)):
                raise NotOurFileError(UNPACKS_TOO_LARGE)
            if has_locked_parts(parts):
                raise NotOurFileError(LOCKED_OFFICE)
            return _open_document(archive) or _office(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise NotOurFileError(INCOMPLETE) from error


def _office(archive: zipfile.ZipFile) -> FileType | None:
    """Return which Office file this is, by the list of its parts that every one has."""
    contents = _part(archive, "[Content_Types].xml")
    names = [name.casefold() for name in archive.namelist()]
    if b"macroEnabled" in contents or any("vbaproject" in name or "/macrosheets/" in name for name in names):
        raise NotOurFileError(MACROS)
    return next((one for one in _IN_PACKAGES if f"{one.media_type}.main+xml".encode() in contents), None)


def _open_document(archive: zipfile.ZipFile) -> FileType | None:
    found = BY_MEDIA_TYPE.get(_part(archive, "mimetype").decode("ascii", "replace").strip())
    if found not in {ODT, ODS, ODP}:
        return None
    if b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
        raise NotOurFileError(LOCKED_OFFICE)
    if any(name.startswith(("Basic/", "Scripts/")) for name in archive.namelist()):
        raise NotOurFileError(MACROS)
    return found


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a part from its beginning, at most 1 MB of it; nothing when there is no such part."""
    if name not in archive.namelist():
        return b""
    with archive.open(name) as part:
        return part.read(_LARGEST_LIST_OF_PARTS)


def _text(content: bytes, promised: FileType) -> FileType | None:
    if promised not in {TEXT, CSV}:
        return None
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotOurFileError(NOT_UTF_8)
    if _CONTROL.search(content):
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotOurFileError(NOT_UTF_8) from error
    return promised


_STARTS: tuple[tuple[bytes, Callable[[bytes], FileType | None]], ...] = (
    (b"%PDF-", _pdf),
    (b"\x89PNG\r\n\x1a\n", _png),
    (b"\xff\xd8\xff", _jpeg),
    (b"GIF87a", lambda _content: GIF),
    (b"GIF89a", lambda _content: GIF),
    (b"RIFF", _riff),
    (_OLE_START, _ole),
    (b"PK\x03\x04", _zip),
)
