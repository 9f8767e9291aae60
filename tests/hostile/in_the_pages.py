"""Attacks through the pages' websocket: without a session, from another site, with another's ids in every place."""

from __future__ import annotations

from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import WebSocketException

from section11.ui.navigation import PAGES
from tests.hostile.pages import Page, open_page
from tests.hostile.site import DRAFT, POLICE, RELEASED, Site
from tests.hostile.tally import CANARY, Row

FIELDS = ("selectbox", "text_input", "text_area", "radio", "button_group")


def sockets(site: Site) -> Row:
    """The websocket without a session, with one that is forged or has ended, and from a page of another site."""
    row = Row("The pages' websocket without a session, forged, from another site")
    real = site.session(site.owner())
    for what, token in (("none", None), ("made up", "x" * 43), ("altered", real[:-1] + "_"), ("ended", site.session(
            site.owner(), hours=13)), ("empty", "")):  # fmt: skip
        row.check(f"no page with session: {what}", not _opens(site, token))
    for origin in ("https://evil.example", "null", f"http://localhost.evil.example:{site.product.port}"):
        row.check(f"no page for {origin}", not _opens(site, real, Origin=origin))
    row.check("no page for another host", not _opens(site, real, Host="evil.example"))
    row.check("the page of the owner", _opens(site, real, Origin=site.product.url))
    with open_page(site, real) as page:
        page.run("assessment", {"assessment": DRAFT})
        row.check("the owner is shown what is theirs", CANARY in page.text)
        with site.office.store.writing() as work:
            work.web_sessions.end_all_of(site.owner().id)
            work.commit()
        row.check("a page that is open when its session ends is heard no more", not _runs(page))
    return row


def _opens(site: Site, token: str | None, **headers: str) -> bool:
    try:
        with open_page(site, token, **headers) as page:
            return _runs(page)
    except (WebSocketException, OSError):
        return False


def _runs(page: Page) -> bool:
    try:
        return len(page.run().elements) > 0
    except (WebSocketException, OSError):
        return False


def foreign_pages(site: Site, *, is_whole: bool) -> Row:
    """Every page with the police's ids in the address, and every field of it set to them."""
    row = Row("Every page with another's ids in the address and in its fields")
    about = {"organisation": POLICE, "cycle": "2026", "standard": "S1", "partnership": "riverdale", "user": "x"}
    people = site.strangers if is_whole else dict(list(site.strangers.items())[3:4])
    for who, user in people.items():
        token = site.session(user)
        for entry in PAGES:
            url = "" if entry.file == "home.py" else entry.url_path
            for assessment in (DRAFT, RELEASED) if is_whole else (DRAFT,):
                with open_page(site, token) as page:
                    page.run(url, {"assessment": assessment, **about})
                    _look(row, f"{who}: {entry.url_path}?assessment={assessment}", page)
                    if _set_everything(page, assessment):
                        page.run()
                        _look(row, f"{who}: {entry.url_path} with every field set", page)
    return row


def _look(row: Row, what: str, page: Page) -> None:
    row.check(f"{what} shows what is secret", CANARY not in page.text)
    row.faults += page.is_broken
    if page.is_broken:
        row.wrong.append(f"{what}: the page broke")


def _set_everything(page: Page, assessment: str) -> bool:
    for key, (kind, _, _) in page.fields.items():
        if kind in FIELDS:
            page.states[key] = WidgetState(id=key, string_value=assessment)
    return bool(page.states)
