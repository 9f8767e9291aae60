"""Dashboards in a real browser: a cell of the heat map leads to its answers, and the menu works without a mouse."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from section11.services.demo.people import PASSWORD
from tests.browser.conftest import OpenBrowser
from tests.browser.server import Product
from tests.browser.visitor import Visitor

HEADER, ROW, FIRST_COLUMN = 35, 35, 240
"""Pixels: how the heat map is laid out."""


@pytest.fixture(scope="module")
def scrutiny(demo: Product, open_browser: OpenBrowser) -> Visitor:
    visitor = open_browser(viewport={"width": 1280, "height": 2000})
    visitor.sign_in("scrutiny@riverdale.example", PASSWORD)
    return visitor


@pytest.mark.parametrize(("by", "heading"), [("standard", "S2"), ("arrangement", "S11-02")])
def test_a_click_on_a_cell_of_the_heat_map_leads_to_the_answers_of_that_cell(
    scrutiny: Visitor, by: str, heading: str
) -> None:
    scrutiny.go(f"/heat-map?cycle=2024&by={by}&set=section11-2026 1", "Heat map")
    grid = scrutiny.page.locator(".st-key-heat-map").get_by_test_id("stDataFrame")
    cell = grid.locator('td[aria-colindex="3"]').first
    name = grid.locator('td[aria-colindex="1"]').first.text_content() or ""
    said = cell.text_content() or ""

    grid.locator(".dvn-scroller").click(position={"x": FIRST_COLUMN + 105 + 50, "y": HEADER + ROW // 2})
    scrutiny.settled()

    chosen = scrutiny.page.locator(".st-key-heat-map-cell")
    expect(chosen).to_contain_text(name)
    assert re.match("Strong|Mixed|Weak", said), said
    chosen.get_by_role("link", name=f"Read its answers to {heading}").click()
    scrutiny.arrived(name)
    expect(scrutiny.page).to_have_url(re.compile(rf"/organisation\?assessment=2024\..*about={heading}"))
    expect(scrutiny.page.get_by_role("heading", name=f"Answers about {heading}")).to_be_visible()


def test_the_menu_opens_and_leads_on_by_keyboard_alone(scrutiny: Visitor) -> None:
    scrutiny.go("/", "Home")
    scrutiny.page.get_by_role("button", name="Compare").focus()

    scrutiny.page.keyboard.press("Enter")
    expect(scrutiny.page.get_by_role("menuitem", name="Heat map")).to_be_focused()
    scrutiny.page.keyboard.press("ArrowDown")
    expect(scrutiny.page.get_by_role("menuitem", name="Standards")).to_be_focused()
    scrutiny.page.keyboard.press("Enter")

    scrutiny.arrived("One standard in detail")
