"""Text of people that would be Markdown, HTML, a formula, a template, Typst or a path, in every column of free text.

Then every page is opened and everything that leaves is fetched, and none of it may have become any of these.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator

import openpyxl
import pypdf
from google.protobuf.message import Message
from sqlalchemy import func, update

from section11.domain.board_packs import PLAN, RECOMMENDATIONS, THEMES, PlannedAction
from section11.domain.people import User
from section11.services.board_packs import pack_figures, save_plan, save_words, view_draft
from section11.services.queries import ask
from section11.storage.tables import metadata
from section11.ui.navigation import PAGES
from tests.hostile.pages import open_page
from tests.hostile.site import APPROVER, COOKIE, DRAFT, POLICE, RELEASED, SCRUTINY, Site
from tests.hostile.tally import Row
from tests.hostile.wire import Answer
from tests.services.builders import user_by_email

FREE_TEXT = {
    "actions": ("what", "owner", "completion", "change"), "action_updates": ("words",), "api_tokens": ("name",),
    "answers": ("reason", "evidence", "impact"), "assessments": ("hand_back_reason",),
    "cycles": ("name", "audit_name"), "declarations": ("words",), "evidence_items": ("title",),
    "good_practices": ("why",), "hand_backs": ("reason",),
    "imports": ("filename",), "moderations": ("reason",), "organisations": ("name",), "partnerships": ("name",),
    "people": ("name", "post"), "queries": ("words",), "signed_snapshots": ("post", "declaration"),
}  # fmt: skip
BEGINS = ("=", "+", "-", "@", "\t=", "|", "'=")
BODY = (
    "HYPERLINK(\"https://evil.example\",\"x\") <script>alert(1)</script><img src=x onerror=alert(1)> **hb-bold** "
    "[hb-link](https://evil.example) ![hb](https://evil.example/x.png) {{7*1337}} {% raw %} ${7*1337} #{7*1337} "
    '#read("/etc/passwd") #eval("7*1337") $7^2$ `x` ../../../../etc/passwd :material/home: :red[hb-red] </script>'
)  # fmt: skip
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
    ask(site.office, scrutiny, RELEASED, "S1.1", "Which?")
    counted = pack_figures(site.office, scrutiny, "2024")
    written = view_draft(site.office, scrutiny, "2024", counted).parts
    versions = {part: written[part].version if part in written else 0 for part in (THEMES, RECOMMENDATIONS, PLAN)}
    for part in (THEMES, RECOMMENDATIONS):
        save_words(site.office, scrutiny, "2024", part, "=" + BODY, expected_version=versions[part])
    plan = [PlannedAction("=" + BODY, "@" + BODY)]
    save_plan(site.office, scrutiny, "2024", plan, expected_version=versions[PLAN])
    _write_everywhere(site)
    places = 0
    for user in list(_readers(site, scrutiny))[:: 1 if is_whole else 2]:
        token = site.session(user)
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
    token = site.session(scrutiny)
    for path in _files(site):
        answer = site.wire.ask("GET", path, cookies={COOKIE: token})
        row.check(f"{path} is given to scrutiny: {answer.status}", answer.status == 200)
        if answer.status != 200:
            row.faults += answer.status >= 500
            continue
        words = _words_of(path, answer, row)
        places += IS_WHOLE in words
        row.check(f"{path} has run what was written", not any(one in words for one in BECAME))
    row.notes.append(f"drawn in {places} pages and files")
    row.check("the text was drawn in many places", places > 20)
    return row


def _write_everywhere(site: Site) -> None:
    with site.office.store.engine.begin() as connection:
        for table_name, columns in FREE_TEXT.items():
            table = metadata.tables[table_name]
            for place, name in enumerate(columns):
                column = table.c[name]
                begin = BEGINS[(len(table_name) + place) % len(BEGINS)]
                filled = column.is_not(None) if table_name in {"organisations", "people"} else func.length(column) > 0
                connection.execute(update(table).where(filled).values({name: begin + BODY}))


def _readers(site: Site, scrutiny: User) -> Iterator[User]:
    yield site.owner()
    yield user_by_email(site.office, APPROVER)
    yield scrutiny
    yield user_by_email(site.office, "board@riverdale.example")
    yield user_by_email(site.office, "administrator@riverdale.example")


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


def _files(site: Site) -> Iterator[str]:
    for ending in ("xlsx", "pdf"):
        yield f"/downloads/returns/{RELEASED}.{ending}"
    yield f"/downloads/histories/{RELEASED}.xlsx"
    yield "/downloads/cycles/2024.xlsx"
    yield "/downloads/cycles/2024/chase-list.csv"
    for kind in ("csv", "ods", "json"):
        yield f"/downloads/cycles/2024/data/{kind}"
    for ending in ("pdf", "docx"):
        yield f"/downloads/letters/{RELEASED}.{ending}"
    for ending in ("html", "pdf", "pptx", "xlsx"):
        yield f"/downloads/board-packs/2024/draft.{ending}"
    yield "/board-packs/2024/draft"
    yield f"/evidence/{POLICE}.e1/1"


def _words_of(path: str, answer: Answer, row: Row) -> str:
    """Return a file's text, and check what its kind could make of it."""
    body, disposition = answer.body, answer.headers.get("content-disposition", "")
    row.check(
        f"{path}: its name {disposition} is a name", not any(one in disposition for one in ("/", "\\", "<script"))
    )
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
