"""Text of people that would be Markdown, HTML, a formula, a template, Typst or a path, everywhere (``free_text``).

Then every page is opened, everything that leaves is fetched, every mail read: none of it may have become any of these.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage

import openpyxl
import pypdf
from google.protobuf.message import Message

from section11.domain.people import User
from section11.services.mail_sending import send_waiting
from section11.ui.navigation import PAGES
from tests.hostile.free_text import ADMINISTRATOR, BODY, PARTNERSHIP, write_by_services, write_in_place
from tests.hostile.pages import open_page
from tests.hostile.site import APPROVER, COOKIE, DRAFT, OWNER, POLICE, RELEASED, SCRUTINY, Site
from tests.hostile.tally import Row
from tests.hostile.wire import Answer
from tests.mail_server import mail_server
from tests.services.builders import user_by_email
from tests.services.mail_builders import with_mail

IS_WHOLE = "hb-bold"
MARK_UP = ("**hb-bold**", "[hb-link](", "![hb](", ":red[hb-red]")
HTML = ("<script>alert(1)", "<img src=x onerror")
BECAME = ("9359", "root:x:0", "\nroot:")
DRAWN_AS_TEXT = {
    "text",
    "text_area",
    "text_input",
    "arrow_data_frame",
    "plotly_chart",
    "code",
    "selectbox",
    "file_uploader",
}


def hostile_text(site: Site, *, is_whole: bool) -> Row:
    """Write it everywhere, read it everywhere."""
    row = Row("Markdown, HTML, formulas, templates, Typst and paths in every free text")
    scrutiny = user_by_email(site.office, SCRUTINY)
    readers = {user.id: site.session(user) for user in _readers(site, scrutiny)}
    with mail_server() as letterbox:
        letterbox.refused = {OWNER: "550 =" + BODY}
        mailing = with_mail(site.office, letterbox.port)
        item_id = write_by_services(site, mailing, row)
        send_waiting(mailing)
    mails = letterbox.messages
    _check_mails(row, mails)
    pack_number = write_in_place(site)
    places = sum(IS_WHOLE in one.get_content() for one in mails)
    for user in list(_readers(site, scrutiny))[:: 1 if is_whole else 2]:
        token = readers[user.id]
        for page, query in _addresses():
            with open_page(site, token) as tab:
                tab.run(page, query)
                places += IS_WHOLE in tab.text
                row.faults += tab.is_broken
                row.wrong += [f"{page}: the page broke"] * tab.is_broken
                found = [one for kind, element in tab.elements for one in _became(kind, element)]
                row.check(f"{user.person.email} on {page}: {found[:2]}", not found)
        for path in ("/account", "/account/password", "/sign-out"):
            _check_html(row, path, site.wire.ask("GET", path, cookies={COOKIE: token}).text)
    reading = [(path, scrutiny) for path in _files_of_scrutiny(pack_number)]
    reading += [(path, site.owner()) for path in _files_of_the_owner(item_id)]
    for path, user in reading:
        answer = site.wire.ask("GET", path, cookies={COOKIE: readers[user.id]})
        row.check(f"{path} is given to {user.person.email}: {answer.status}", answer.status == 200)
        if answer.status != 200:
            row.faults += answer.status >= 500
            continue
        words = _words_of(path, answer, row)
        places += IS_WHOLE in words
        row.check(f"{path} has run what was written", not any(one in words for one in BECAME))
    row.notes.append(f"drawn in {places} pages, files and mails")
    row.check("the text was drawn in many places", places > 20)
    return row


def _readers(site: Site, scrutiny: User) -> Iterator[User]:
    yield site.owner()
    yield user_by_email(site.office, APPROVER)
    yield scrutiny
    yield user_by_email(site.office, "board@riverdale.example")
    yield user_by_email(site.office, ADMINISTRATOR)


def _addresses() -> Iterator[tuple[str, dict[str, str]]]:
    for entry in PAGES:
        url = "" if entry.file == "home.py" else entry.url_path
        yield url, {"assessment": RELEASED, "cycle": "2024", "organisation": POLICE, "standard": "S1"}
    yield "assessment", {"assessment": DRAFT}
    yield "whole-return", {"assessment": DRAFT}


def _became(kind: str, element: Message) -> Iterator[str]:
    """Yield what of a drawn element would be shown as something else than text."""
    for field, value in element.ListFields():
        # What a chart or table says to those who do not see it is read out as it stands.
        words = value if isinstance(value, str) and field.name != "alt" else ""
        if kind not in DRAWN_AS_TEXT or field.name == "label":
            yield from (f"{kind}.{field.name}: {one}" for one in MARK_UP if one in words)
        if kind == "html" or getattr(element, "allow_html", False):
            yield from (f"{kind}.{field.name}: {one}" for one in HTML if one in words)


def _check_mails(row: Row, mails: list[EmailMessage]) -> None:
    row.check("hostile wording was mailed", len(mails) > 0)
    for one in mails:
        row.check(f"a mail is plain text: {one.get_content_type()}", one.get_content_type() == "text/plain")
        row.check("a mail has no header of somebody's making", not {"Bcc", "Cc"} & set(one.keys()))
        row.check("a mail has run what was written", not any(word in one.get_content() for word in BECAME))


def _files_of_scrutiny(pack_number: int) -> Iterator[str]:
    for ending in ("xlsx", "pdf"):
        yield f"/downloads/returns/{RELEASED}.{ending}"
    yield f"/downloads/histories/{RELEASED}.xlsx"
    yield "/downloads/cycles/2024.xlsx"
    yield "/downloads/cycles/2024/chase-list.csv"
    for kind in ("csv", "ods", "json"):
        yield f"/downloads/cycles/2024/data/{kind}"
    for ending in ("pdf", "docx"):
        yield f"/downloads/letters/{RELEASED}.{ending}"
    yield f"/downloads/letter-templates/{PARTNERSHIP}.docx"
    for pack in ("draft", pack_number):
        for ending in ("html", "pdf", "pptx", "xlsx"):
            yield f"/downloads/board-packs/2024/{pack}.{ending}"
        yield f"/board-packs/2024/{pack}"
    yield f"/evidence/{POLICE}.e1/1"
    yield "/downloads/own-data.zip"


def _files_of_the_owner(item_id: str) -> Iterator[str]:
    for return_id in (DRAFT, RELEASED):
        yield f"/downloads/returns/{return_id}.xlsx"
        yield f"/downloads/returns/{return_id}.pdf"
        yield f"/downloads/histories/{return_id}.xlsx"
    yield f"/downloads/results/{RELEASED}.csv"
    yield f"/evidence/{item_id}/1"
    yield "/downloads/own-data.zip"


def _words_of(path: str, answer: Answer, row: Row) -> str:
    """Return a file's text, and check what its kind could make of it."""
    body, disposition = answer.body, answer.headers.get("content-disposition", "")
    row.check(f"{path}: its name {disposition} is a name", not any(one in disposition for one in ("/", "\\")))
    if path.endswith(".xlsx"):
        return _sheet(path, body, row)
    if path.endswith(".pdf"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    if path.endswith((".docx", ".pptx")):
        parts = zipfile.ZipFile(io.BytesIO(body))
        links = [name for name in parts.namelist() if name.endswith(".rels") and b"evil.example" in parts.read(name)]
        row.check(f"{path}: no text became a link: {links}", not links)
        return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist() if name.endswith("xml"))
    if body[:2] == b"PK":
        parts = zipfile.ZipFile(io.BytesIO(body))
        texts = [_csv(f"{path}/{name}", parts.read(name), row) for name in parts.namelist() if name.endswith(".csv")]
        return "".join(texts)
    if path.endswith(".csv"):
        return _csv(path, body, row)
    words = body.decode("utf-8", "replace")
    if "html" in answer.headers.get("content-type", ""):
        _check_html(row, path, words)
    return words


def _sheet(path: str, body: bytes, row: Row) -> str:
    words = []
    for sheet in openpyxl.load_workbook(io.BytesIO(body)).worksheets:
        for cells in sheet.iter_rows():
            for cell in cells:
                if isinstance(cell.value, str) and IS_WHOLE in cell.value:
                    words.append(cell.value)
                    row.check(f"{path} {sheet.title}!{cell.coordinate} is a formula", cell.data_type != "f")
    return "\n".join(words)


def _csv(path: str, body: bytes, row: Row) -> str:
    words = body.decode("utf-8-sig")
    for line in csv.reader(io.StringIO(words)):
        for cell in line:
            if IS_WHOLE in cell:
                row.check(f"{path}: a cell begins with {cell[:1]!r}", cell[:1] not in "=+-@\t\r")
    return words


def _check_html(row: Row, path: str, words: str) -> None:
    row.check(f"{path} has somebody's HTML in it", not any(one in words for one in HTML))
