"""Real small files of every kind, made on the spot: those that are kept as evidence and those that are not."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

from PIL import Image
from pptx import Presentation
from pypdf import PdfWriter

CONTENT_TYPES = '<?xml version="1.0"?><Types><Override PartName="/main.xml" ContentType="{}"/></Types>'
OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
PROGRAM = b"MZ\x90\x00" + b"\0" * 60 + b"This program cannot be run in DOS mode."
WEB_PAGE = b"<!doctype html><script>alert(1)</script>"


def a_pdf(password: str = "", pages: int = 1) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=72, height=72)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def a_picture(kind: str) -> bytes:
    """Return a picture as Pillow calls its kind: PNG, JPEG, GIF or WEBP."""
    made = BytesIO()
    Image.new("RGB", (8, 8), "white").save(made, kind)
    return made.getvalue()


def an_archive(parts: Mapping[str, bytes | str]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def a_template(slides: int = 1) -> bytes:
    """Return a PowerPoint file with layouts, 4 to 3, and some slides of its own."""
    deck = Presentation()
    for number in range(slides):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = f"Our own slide {number + 1}"
    made = BytesIO()
    deck.save(made)
    return made.getvalue()


def with_parts(archive: bytes, **parts: bytes | str) -> bytes:
    """Return a zip archive with these parts added, or put in the place of those it has."""
    with zipfile.ZipFile(BytesIO(archive)) as old:
        contents = {name: old.read(name) for name in old.namelist()}
    return an_archive(contents | parts)


def an_office_file(kind: str = "wordprocessingml.document", **more: bytes | str) -> bytes:
    contents = CONTENT_TYPES.format(f"{OFFICE}.{kind}.main+xml")
    return an_archive({"[Content_Types].xml": contents, "main.xml": "<x/>", **more})


def an_open_document(kind: str = "text", manifest: str = "<manifest/>", **more: bytes | str) -> bytes:
    parts = {"mimetype": f"{OPEN_DOCUMENT}.{kind}", "content.xml": "<x/>", "META-INF/manifest.xml": manifest}
    return an_archive({**parts, **more})


KEPT: dict[str, bytes] = {
    "policy.pdf": a_pdf(),
    "chart.png": a_picture("PNG"),
    "wall.jpg": a_picture("JPEG"),
    "wall.jpeg": a_picture("JPEG"),
    "loop.gif": a_picture("GIF"),
    "new.webp": a_picture("WEBP"),
    "notes.txt": "Minutes of 3 May – agreed".encode(),
    "training.csv": "\ufeffrôle,trained\nNurse,12\n".encode(),
    "policy.docx": an_office_file(),
    "training.xlsx": an_office_file("spreadsheetml.sheet"),
    "briefing.pptx": an_office_file("presentationml.presentation"),
    "policy.odt": an_open_document(),
    "training.ods": an_open_document("spreadsheet"),
    "briefing.odp": an_open_document("presentation"),
}
