"""Typing and going straight on, by touch and by mouse: what was typed is saved, and the next page is there."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from section11.services.demo.people import PASSWORD
from tests.browser.conftest import OpenBrowser
from tests.browser.server import Product
from tests.browser.visitor import Visitor

FORM = ("/assessment?assessment=2026.riverdale-police", "1. Leadership and accountability")
BOX = "Evidence: what shows it (S1.2)"


@pytest.fixture(scope="module")
def writer(demo: Product, open_shared_browser: OpenBrowser) -> Visitor:
    """A contributor on a small touch screen."""
    visitor = open_shared_browser(viewport={"width": 1100, "height": 900}, has_touch=True)
    visitor.come_in("contributor@riverdale.example", PASSWORD)
    return visitor


@pytest.mark.parametrize("by", ["tap", "click"])
@pytest.mark.parametrize(
    ("link", "heading"), [("Check the whole return", "The whole return"), ("Evidence", "Evidence"), ("Home", "Home")]
)
def test_what_was_typed_is_saved_when_the_next_thing_is_a_link(
    writer: Visitor, by: str, link: str, heading: str
) -> None:
    words = f"Typed before {link} by {by}."
    writer.go(*FORM)
    writer.page.get_by_label(BOX).fill(words)

    target = writer.page.get_by_role("link", name=link, exact=True).first
    target.tap() if by == "tap" else target.click(delay=0)

    writer.arrived(heading)
    writer.go(*FORM)
    expect(writer.page.get_by_label(BOX)).to_have_value(words)
    assert writer.complaints == []


def test_from_standard_to_standard_the_address_follows_and_back_leads_back(writer: Visitor) -> None:
    onward = writer.page.get_by_role("button", name="Next standard")
    writer.go(*FORM)
    writer.page.get_by_role("link", name="4. Listening to children").click()
    writer.arrived("4. Listening to children")
    assert writer.page.url.endswith("&standard=S4")
    onward.click()
    writer.arrived("5. Whistleblowing and speaking up")

    writer.page.get_by_label("Evidence: what shows it (S5.1)").fill("Typed before the next standard.")
    onward.click()
    writer.arrived("6. Escalation and professional challenge")
    assert writer.page.url.endswith("&standard=S6")

    writer.page.go_back()
    writer.arrived("5. Whistleblowing and speaking up")
    expect(writer.page.get_by_label("Evidence: what shows it (S5.1)")).to_have_value("Typed before the next standard.")
    writer.page.go_back()
    writer.arrived("4. Listening to children")
    assert writer.complaints == []


def test_what_was_sent_with_a_form_is_not_put_back_into_its_empty_box(demo: Product, open_browser: OpenBrowser) -> None:
    administrator = open_browser()
    administrator.come_in("administrator@riverdale.example", PASSWORD)
    administrator.go("/people", "People")
    page, address = administrator.page, administrator.page.get_by_label("E-mail address")

    address.press_sequentially("invited@riverdale.example")
    page.get_by_label("Name", exact=True).press_sequentially("Somebody New")
    administrator.choose("Role", "Board viewer")
    administrator.button("Make an invitation").click()
    expect(administrator.text("Send this link to the person")).to_be_visible()

    # While the page is drawn again, the form stands there twice: below the link, and where it was before.
    expect(address).to_have_count(1)
    expect(address).to_have_value("")
    administrator.nothing_unsaved()
    administrator.go("/people", "People")
    expect(address).to_have_value("")
