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
# The bars have the plot to themselves; a name that stands beside them makes it narrower.
CHARTS = """() => [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
    .filter(chart => chart.querySelector('.barlayer .point'))
    .map(chart => {
        const box = one => one.getBoundingClientRect();
        const whole = box(chart);
        const names = [...chart.querySelectorAll('.annotation-text, .ytick text')].map(box);
        const bars = [...chart.querySelectorAll('.barlayer .point path')].map(box).filter(one => one.width > 0);
        return {
            share: box(chart.querySelector('.nsewdrag')).width / whole.width,
            cut: names.filter(one => one.left < whole.left || one.right > whole.right).length,
            covered: names.filter(name => bars.some(bar => name.left < bar.right && bar.left < name.right
                && name.top < bar.bottom - 1 && bar.top + 1 < name.bottom)).length,
            names: names.length,
        };
    })"""


@pytest.fixture(scope="module")
def scrutiny(demo: Product, open_shared_browser: OpenBrowser) -> Visitor:
    visitor = open_shared_browser(viewport={"width": 1280, "height": 2000})
    visitor.come_in("scrutiny@riverdale.example", PASSWORD)
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


@pytest.mark.parametrize(
    ("path", "heading", "width"),
    [
        ("/action-register?cycle=2026", "Action register", 390),
        ("/action-register?cycle=2026", "Action register", 1280),
        ("/returns?cycle=2024", "Returns", 390),
        ("/standard?cycle=2024", "One standard in detail", 390),
    ],
)
def test_names_leave_two_thirds_of_a_chart_to_its_bars_and_are_whole(
    scrutiny: Visitor, path: str, heading: str, width: int
) -> None:
    scrutiny.page.set_viewport_size({"width": width, "height": 2000})
    scrutiny.go(path, heading)
    scrutiny.page.wait_for_function(f"() => ({CHARTS})().length && document.querySelector('.annotation-text')")

    charts = scrutiny.page.evaluate(CHARTS)
    scrutiny.page.set_viewport_size({"width": 1280, "height": 2000})

    assert min(one["share"] for one in charts) > 2 / 3, charts
    assert sum(one["names"] for one in charts) > 5
    assert [(one["cut"], one["covered"]) for one in charts] == [(0, 0)] * len(charts)


def test_the_menu_opens_and_leads_on_by_keyboard_alone(scrutiny: Visitor) -> None:
    scrutiny.go("/", "Home")
    scrutiny.page.get_by_role("button", name="Compare").focus()

    scrutiny.page.keyboard.press("Enter")
    expect(scrutiny.page.get_by_role("menuitem", name="Heat map")).to_be_focused()
    scrutiny.page.keyboard.press("ArrowDown")
    expect(scrutiny.page.get_by_role("menuitem", name="Standards")).to_be_focused()
    scrutiny.page.keyboard.press("Enter")

    scrutiny.arrived("One standard in detail")
