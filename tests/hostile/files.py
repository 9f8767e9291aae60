"""Files that are too large, are not what they say, or would be something else once opened."""

from __future__ import annotations

import io
import socket
import zipfile
from contextlib import suppress

from section11.services.evidence import list_evidence
from tests.hostile.pages import open_page, uploading
from tests.hostile.site import COOKIE, DRAFT, POLICE, Site
from tests.hostile.tally import Row
from tests.hostile.wire import Answer
from tests.small_files import a_pdf

EXE = b"MZ\x90\x00" + b"\x00" * 200 + b"This program cannot be run in DOS mode."
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
NAMES = ("../../../etc/passwd.pdf", "..\\..\\boot.pdf", "a\x00b.pdf", "a\r\nX: 1.pdf", "CON.pdf", "\u202efdp.exe.pdf",
         "a" * 300 + ".pdf", "<script>.pdf", "=cmd().pdf", "/etc/passwd.pdf")  # fmt: skip
MEGABYTE = 1024 * 1024
KEPT = "is kept."


def uploads(site: Site, *, is_whole: bool) -> Row:
    """Straight to Streamlit's address for uploads: without a session, for another's page, too large, of no form."""
    row = Row("Uploads without a session, into another's page, oversized")
    owner, foreign = site.session(site.owner()), site.session(site.strangers["contributor of another partnership"])
    with open_page(site, owner) as page:
        page.run("excel-return", {"assessment": DRAFT})
        path = f"/_stcore/upload_file/{page.session_id}/x"
        for token in ("", "made-up"):
            row.take("no session", site.wire.ask("PUT", path, **uploading(token, "a.xlsx", b"a")), 403)
            row.take("no session", site.wire.ask("DELETE", path, **uploading(token, "a.xlsx", b"a")), 403)
        no_proof = uploading(owner, "a.xlsx", b"a")
        no_proof["cookies"] = {COOKIE: owner}
        row.take("no proof of our page", site.wire.ask("PUT", path, **no_proof), 403)
        for made_up in (
            "x/y",
            "..%2f..%2fx/y",
            "%00/%00",
            f"{page.session_id}/..%2f..%2fetc%2fpasswd",
            f"{page.session_id}/",
        ):
            answer = site.wire.ask("PUT", f"/_stcore/upload_file/{made_up}", **uploading(foreign, "a.xlsx", b"a"))
            row.take(made_up, answer, 204, 303, 308, 400, 403, 404, 405)
        for name in NAMES:
            answer = site.wire.ask("PUT", path, **uploading(owner, name, b"a"))
            row.take(f"named {name[:20]!r}", answer, 204, 400, 403)
        for body in (b"", b"--edge", b"a" * 1000):
            odd = uploading(owner, "a.xlsx", b"a") | {"body": body}
            row.take("no form", site.wire.ask("PUT", path, **odd), 400, 403)
        for megabytes in (21, 200) if is_whole else (21,):
            answer = site.wire.ask("PUT", path, **uploading(owner, "a.xlsx", b"a" * megabytes * MEGABYTE))
            row.take(f"{megabytes} MB", answer, 400, 413)
        row.take("200 MB, said beforehand", _announced(site, path, owner, 200 * MEGABYTE), 400, 403, 413)
    return row


def _announced(site: Site, path: str, token: str, size: int) -> Answer:
    """Say that much is coming, send a little, and listen."""
    head = f"PUT {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {COOKIE}={token}\r\nContent-Length: {size}\r\n\r\n"
    with suppress(socket.timeout):
        return site.wire.raw(head.encode() + b"a" * 1000, shut=True)
    return Answer(0)


def mistyped_files(site: Site, *, is_whole: bool) -> Row:
    """Through the page where evidence is kept: nothing is kept but what is what it says, under a name that is one."""
    row = Row("Mistyped, hostile and empty files as evidence")
    pdf = a_pdf()
    bad = {
        "program.pdf": EXE, "page.pdf": HTML, "drawing.png": SVG, "empty.pdf": b"", "archive.docx": _zip_bomb(),
        "archive.xlsx": _zip_slip(), "words.docx": pdf, "picture.png": pdf, "half.pdf": b"%PDF-", "page.html": HTML,
        "drawing.svg": SVG, "program.exe": EXE, "macro.docm": pdf, "two.pdf.exe": EXE, "none": pdf,
    }  # fmt: skip
    kept = len(list_evidence(site.office, site.owner(), POLICE).lines)
    for name, content in list(bad.items())[:: 1 if is_whole else 3]:
        said = _keep(site, name, content)
        row.check(f"{name} is said to be kept", KEPT not in said)
    now = list_evidence(site.office, site.owner(), POLICE).lines
    row.check("none of them is kept", len(now) == kept)
    row.check("a file that is what it says is kept", KEPT in _keep(site, "good.pdf", pdf))
    for name in NAMES[:: 1 if is_whole else 3]:
        _keep(site, name, pdf)
    for line in list_evidence(site.office, site.owner(), POLICE).lines:
        name = line.item.latest.file_name
        row.check(f"{name!r} is a name", not set(name) & set("/\\\x00\r\n\u202e") and len(name) <= 255)
    return row


def _keep(site: Site, name: str, content: bytes) -> str:
    """Choose a file on the evidence page and press the button; return everything the page then says."""
    with open_page(site, site.session(site.owner())) as page:
        page.run("evidence", {"organisation": POLICE})
        page.choose("Add evidence", "Upload a file")
        sent = page.send("File", name, content, site.session(site.owner()))
        if sent.status != 204:
            return f"refused with {sent.status}"
        page.choose("Title", f"About {len(content)}")
        # Where the ending is not one the page offers, Streamlit refuses the file by an error of its own.
        return page.text if page.is_broken else page.press("Keep this file").text


def _zip_bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 200 * MEGABYTE)
    return file.getvalue()


def _zip_slip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("../../../../etc/cron.d/x", "* * * * * root id")
    return file.getvalue()
