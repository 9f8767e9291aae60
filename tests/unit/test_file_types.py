"""What a file is comes from what is inside it; each kind of file that cannot be kept gets its own sentence."""

import pytest

from section11.domain import file_types
from section11.domain.file_types import BY_ENDING, check_file, name_to_keep
from section11.errors import NotOurFileError
from tests.small_files import (
    CONTENT_TYPES,
    KEPT,
    OLE,
    PROGRAM,
    WEB_PAGE,
    a_pdf,
    a_picture,
    an_archive,
    an_office_file,
    an_open_document,
)

ENCRYPTED_OFFICE = OLE + "EncryptedPackage".encode("utf-16-le")
MACRO_TYPES = CONTENT_TYPES.format("application/vnd.ms-word.document.macroEnabled.main+xml")


def refusal_of(name: str, content: bytes) -> str:
    with pytest.raises(NotOurFileError) as refusal:
        check_file(name, content)
    return refusal.value.user_message


def broken_zip(content: bytes) -> bytes:
    return content[: len(content) // 2]


def locked_zip() -> bytes:
    """Return an archive whose parts are marked as needing a password."""
    content = bytearray(an_office_file())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := content.find(mark, start)) >= 0:
            content[start + offset] |= 1
            start += 4
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("policy.pdf", b"", file_types.EMPTY),
        ("policy.pdf", a_pdf("secret"), file_types.LOCKED_PDF),
        ("policy.pdf", a_pdf(pages=40)[:1200], file_types.INCOMPLETE),
        ("chart.png", a_picture("PNG")[:-8], file_types.INCOMPLETE),
        ("wall.jpg", a_picture("JPEG")[:-2], file_types.INCOMPLETE),
        ("new.webp", a_picture("WEBP")[:-4], file_types.INCOMPLETE),
        ("policy.docx", ENCRYPTED_OFFICE, file_types.LOCKED_OFFICE),
        ("policy.docx", locked_zip(), file_types.LOCKED_OFFICE),
        ("policy.docx", broken_zip(an_office_file()), file_types.INCOMPLETE),
        ("policy.docx", an_office_file(**{"word/vbaProject.bin": b"x"}), file_types.MACROS),
        ("policy.docx", an_archive({"[Content_Types].xml": MACRO_TYPES}), file_types.MACROS),
        ("t.xlsx", an_office_file("spreadsheetml.sheet", **{"xl/macrosheets/a.xml": "x"}), file_types.MACROS),
        ("policy.docx", an_office_file(**{"word/media/big.bin": b"\0" * 6_000_000}), file_types.UNPACKS_TOO_LARGE),
        ("policy.docx", an_office_file(**{f"{n}.xml": "" for n in range(2001)}), file_types.UNPACKS_TOO_LARGE),
        ("policy.docx", OLE, file_types.OLD_OFFICE),
        ("policy.doc", OLE, file_types.OLD_OFFICE),
        ("letter.MSG", OLE, file_types.OLD_OFFICE),
        ("policy.docm", an_office_file(), file_types.MACROS),
        ("policy.odt", an_open_document(manifest="<encryption-data/>"), file_types.LOCKED_OFFICE),
        ("policy.odt", an_open_document(**{"Basic/script.xml": "x"}), file_types.MACROS),
        ("notes.txt", "Minutes".encode("utf-16"), file_types.NOT_UTF_8),
        ("table.csv", "rôle,trained\n".encode("cp1252"), file_types.NOT_UTF_8),
    ],
)
def test_a_file_that_cannot_be_kept_is_told_why_and_what_to_do(name, content, sentence):
    assert refusal_of(name, content) == sentence


@pytest.mark.parametrize(
    ("name", "content", "inside"),
    [
        ("policy.pdf", PROGRAM, "what is inside is not a PDF"),
        ("policy.pdf", WEB_PAGE, "what is inside is not a PDF"),
        ("policy.pdf", a_picture("PNG"), "a PNG picture is inside"),
        ("policy.pdf", an_office_file(), "a Word document is inside"),
        ("chart.png", a_picture("JPEG"), "a JPEG picture is inside"),
        ("chart.jpg", b"RIFF\x10\0\0\0WAVEfmt ", "what is inside is not a JPEG picture"),
        ("training.xlsx", an_office_file(), "a Word document is inside"),
        ("policy.docx", an_archive({"readme.txt": "hello"}), "what is inside is not a Word document"),
        ("policy.docx", b"PK\x05\x06" + b"\0" * 18, "what is inside is not a Word document"),
        ("policy.odt", an_open_document("spreadsheet"), "an OpenDocument spreadsheet is inside"),
        ("notes.txt", PROGRAM, "what is inside is not a plain text file"),
        ("notes.txt", a_pdf(), "a PDF is inside"),
        ("table.csv", b"a,b\0c", "what is inside is not a CSV table"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(name, content, inside):
    said = refusal_of(name, content)

    assert said.startswith(f"“{name}” is not what its name says: {inside}. ")
    assert said.endswith(", and choose that file.")


@pytest.mark.parametrize("name", ["setup.exe", "page.html", "drawing.svg", "run.js", "policy.pdf.exe"])
def test_a_kind_that_is_not_kept_is_refused_by_its_name(name):
    assert refusal_of(name, a_pdf()).startswith(f"Files ending in “.{name.rpartition('.')[2]}” are not kept here.")


@pytest.mark.parametrize("name", ["policy", ".pdf", "", "policy."])
def test_a_name_without_an_ending_is_asked_for_one(name):
    assert "are not kept here. Choose PDF, Word, Excel" in refusal_of(name, a_pdf())


@pytest.mark.parametrize("name", KEPT)
def test_a_file_that_is_what_its_name_says_is_kept(name):
    assert check_file(name, KEPT[name]) is BY_ENDING[f".{name.rpartition('.')[2]}"]


def test_an_ending_in_capitals_is_the_same_ending():
    assert check_file("POLICY.PDF", a_pdf()) is file_types.PDF


def test_only_what_a_browser_can_show_harmlessly_opens_there():
    opening = {ending for one in file_types.FILE_TYPES if one.opens_safely for ending in one.endings}

    assert opening == {".pdf", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".txt"}


def test_a_pdf_that_only_speaks_of_encryption_is_no_protected_pdf():
    content = a_pdf().replace(b"%%EOF", b"% /Encrypted mail and /EncryptMetadata\n%%EOF")

    assert check_file("policy.pdf", content) is file_types.PDF


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("policy.pdf", "policy.pdf"),
        ("C:\\Users\\ann\\policy.pdf", "policy.pdf"),
        ("../../etc/passwd", "passwd"),
        ("Ärzte – plan.pdf", "Ärzte – plan.pdf"),
        ("policy\u202efdp.exe", "policyfdp.exe"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ("x" * 300, "x" * 150),
    ],
)
def test_a_file_name_is_kept_without_folders_and_hidden_characters(written, kept):
    assert name_to_keep(written) == kept
