"""Every page of every role is free of faults that axe knows at WCAG 2.2 AA, fits a phone, and works without a mouse."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest
from playwright.sync_api import expect

from section11.services.demo.people import PASSWORD
from tests.browser.axe import HEIGHT, SCREENS, WIDE, faults_of
from tests.browser.conftest import OpenBrowser
from tests.browser.server import Product
from tests.browser.visitor import Visitor

FORM = ("form", "/assessment?assessment=2026.riverdale-police", "1. Leadership and accountability")
FACTS = ("form-facts", "/assessment?assessment=2026.riverdale-police&standard=P", "About your organisation")
WHOLE_RETURN = ("whole-return", "/whole-return?assessment=2026.riverdale-police", "The whole return")
RETURNS = ("returns", "/returns?cycle=2026", "Returns")
PEOPLE = ("people", "/people", "People")
HOME = ("home", "/", "Home")

PAGES_BY_MAILBOX = {
    "contributor": (
        HOME,
        FORM,
        FACTS,
        WHOLE_RETURN,
        ("whole-return-released", "/whole-return?assessment=2024.riverdale-police", "The whole return"),
        ("actions", "/actions", "Actions"),
        ("history", "/history?assessment=2026.riverdale-police", "What happened"),
        ("excel-return", "/excel-return?assessment=2026.riverdale-police", "Fill in with Excel"),
        ("evidence", "/evidence", "Evidence"),
        ("evidence-item", "/evidence?item=riverdale-police.e3", "Evidence"),
        ("library", "/library", "Question library"),
    ),
    "approver": (HOME, PEOPLE, ("results", "/results", "Results")),
    "scrutiny": (
        HOME,
        RETURNS,
        ("heat-map", "/heat-map?cycle=2026", "Heat map"),
        ("heat-map-by-arrangement", "/heat-map?cycle=2026&by=arrangement", "Heat map"),
        ("action-register", "/action-register", "Action register"),
        ("action-register-of-a-cycle", "/action-register?cycle=2026", "Action register"),
        ("standard", "/standard?cycle=2026", "One standard in detail"),
        ("standard-facts", "/standard?cycle=2026&standard=section11-2026/P", "One standard in detail"),
        (
            "question",
            "/standard?cycle=2024&standard=section11-2026/S1&question=S1.1&ratings=moderated",
            "One standard in detail",
        ),
        ("trend", "/trend?cycle=2026&set=section11-2026", "Trend"),
        ("calibration", "/calibration?cycle=2024", "Calibration"),
        ("profile", "/profile?assessment=2024.riverdale-police", "Riverdale Police"),
        ("checks", "/checks?cycle=2026", "Checks"),
        (
            "organisation",
            "/organisation?assessment=2026.riverdale-youth-justice-service",
            "Riverdale Youth Justice Service",
        ),
        ("queries", "/questions-and-notes?cycle=2026", "Questions and notes"),
        ("moderation", "/moderation?cycle=2026", "Moderation"),
        ("letters", "/feedback-letters?cycle=2024", "Feedback letters"),
        ("letter-wording", "/letter-wording", "Wording of the letters"),
        ("board-pack", "/board-pack?cycle=2026", "Board pack"),
    ),
    "board": (
        HOME,
        ("released", "/released", "Released results"),
        ("board-figures", "/board-figures?cycle=2024", "Figures for the board"),
        ("board-standards", "/board-figures?cycle=2024&view=standards", "Figures for the board"),
        ("board-trend", "/board-figures?cycle=2024&view=trend", "Figures for the board"),
        ("board-actions", "/board-figures?cycle=2024&view=actions", "Figures for the board"),
        ("board-pack", "/board-pack?cycle=2024", "Board pack"),
        ("library-search", "/library?set=voluntary-2026&type=faith&words=whistleblowing", "Question library"),
    ),
    "administrator": (
        HOME,
        RETURNS,
        ("organisations", "/organisations", "Organisations"),
        PEOPLE,
        ("bring-in-returns", "/bring-in-returns", "Bring in Excel returns"),
        ("cycles", "/cycles", "Cycles"),
        ("data-api", "/data-api", "Data API"),
        ("e-mails", "/e-mails", "E-mails"),
        ("imports", "/imports", "Imports"),
        ("retention", "/keeping-and-deleting", "Keeping and deleting"),
    ),
}
"""Name of the picture, address and heading of each page, by whose mailbox at the demo sees it."""


PAGES = [(mailbox, *page) for mailbox, pages in PAGES_BY_MAILBOX.items() for page in pages]


@pytest.fixture(scope="module")
def visitors(demo: Product, open_shared_browser: OpenBrowser) -> Callable[[str], Visitor]:
    """Return who is signed in at a mailbox; once is enough for all their pages."""

    @cache
    def signed_in(mailbox: str) -> Visitor:
        visitor = open_shared_browser(viewport={"width": WIDE, "height": HEIGHT})
        visitor.come_in(f"{mailbox}@riverdale.example", PASSWORD)
        return visitor

    return signed_in


@pytest.mark.parametrize(("mailbox", "name", "address", "heading"), PAGES, ids=[f"{one[0]}-{one[1]}" for one in PAGES])
def test_every_page_is_accessible_light_and_dark_and_on_a_phone(
    visitors: Callable[[str], Visitor], mailbox: str, name: str, address: str, heading: str
) -> None:
    visitor = visitors(mailbox)
    visitor.complaints.clear()
    visitor.go(address, heading)

    faults = faults_of(visitor, f"{mailbox}-{name}")

    assert not faults, "\n".join(faults)
    assert visitor.complaints == []


def test_the_door_is_accessible_too(
    demo: Product, open_browser: OpenBrowser, visitors: Callable[[str], Visitor]
) -> None:
    administrator, stranger = visitors("administrator"), open_browser()
    administrator.go("/people", "People")
    administrator.page.get_by_label("E-mail address").fill("new@riverdale.example")
    administrator.page.get_by_label("Name", exact=True).fill("New Colleague")
    administrator.choose("Role", "Board viewer")
    administrator.button("Make an invitation").click()
    expect(administrator.text("Send this link to the person")).to_be_visible()
    link = administrator.page.get_by_test_id("stCode").inner_text()

    faults = []
    stranger.page.goto(f"{demo.url}/")
    faults += faults_of(stranger, "stranger-sign-in")
    stranger.page.get_by_role("button", name="Sign in").click()
    expect(stranger.page.get_by_role("alert")).to_be_visible()
    faults += faults_of(stranger, "stranger-sign-in-with-faults")
    stranger.page.goto(link)
    faults += faults_of(stranger, "stranger-invitation")
    stranger.page.goto(f"{demo.url}/invitation/closed")
    faults += faults_of(stranger, "stranger-invitation-closed")

    assert not faults, "\n".join(faults)
    assert stranger.complaints == []


def test_a_rating_is_reached_and_changed_with_the_keyboard_and_saved(visitors: Callable[[str], Visitor]) -> None:
    visitor = visitors("contributor")
    visitor.go(*FORM[1:])
    focused = visitor.page.locator(":focus")
    for _ in range(60):
        visitor.page.keyboard.press("Tab")
        if focused.get_attribute("type") == "radio":
            break
    before = focused.get_attribute("value")

    with visitor.one_run():
        visitor.page.keyboard.press("ArrowDown")
    after = focused.get_attribute("value")

    assert before != after
    expect(visitor.card("S1.1").get_by_text(re.compile(r"Saved \d\d:\d\d"))).to_be_visible()
    visitor.page.reload()
    visitor.arrived(FORM[2])
    checked = visitor.page.get_by_role("radiogroup", name="Rating for S1.1").get_by_role("radio", checked=True)
    expect(checked).to_have_value(str(after))
    visitor.page.screenshot(path=SCREENS / "contributor-form-saved-1280-light.png")


def test_judging_a_return_is_accessible_and_goes_on_by_the_keyboard(visitors: Callable[[str], Visitor]) -> None:
    visitor = visitors("scrutiny")
    visitor.complaints.clear()
    heading = "Moderate Riverdale Youth Justice Service"
    visitor.go("/moderate?assessment=2026.riverdale-youth-justice-service", heading)
    visitor.button("Moderate this return").click()
    expect(visitor.text("This return is yours to moderate.")).to_be_visible()

    card = visitor.card("S1.1")
    with visitor.one_run():
        card.get_by_text("Not met", exact=True).last.click()
    expect(card.get_by_text(re.compile(r"Saved \d\d:\d\d"))).to_be_visible()
    expect(card.get_by_text("Still needed:")).to_be_visible()
    faults = faults_of(visitor, "scrutiny-moderate")
    visitor.page.keyboard.press("Control+ArrowRight")
    expect(visitor.page.get_by_role("heading", name="2. ", exact=False).first).to_be_visible()

    assert not faults, "\n".join(faults)
    assert visitor.complaints == []
