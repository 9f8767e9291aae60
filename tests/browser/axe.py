"""Looking at one page in both colour schemes and at both widths: a picture of each, and the faults that axe finds.

Each width and each colour scheme is looked at once, wide in light and narrow in dark; ``make drill`` looks at all four.
A page that scrolls sideways, and a name in a chart that is hard to read, are faults as well.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import FloatRect, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from tests.browser.server import PROJECT_DIR
from tests.browser.visitor import Visitor

SCREENS = PROJECT_DIR / "test-results" / "screens"
WIDE, NARROW = 1280, 390
Look = tuple[int, Literal["light", "dark"]]
ALL_LOOKS: tuple[Look, ...] = ((WIDE, "light"), (WIDE, "dark"), (NARROW, "dark"), (NARROW, "light"))
"""In this order the colour scheme changes twice for each page: Streamlit draws the whole page again for it."""
LOOKS = ALL_LOOKS if os.environ.get("SECTION11_LOOKS") == "whole" else (ALL_LOOKS[0], ALL_LOOKS[2])
FITS_WITHIN_MS = 5_000
HEIGHT, TALLEST_WINDOW, TALLEST_PICTURE = 900, 10_000, 6_000
LAWS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
AXE_OPTIONS = {"runOnly": {"type": "tag", "values": LAWS}, "resultTypes": ["violations"]}

# Streamlit scrolls inside the page's main part; our own pages scroll as a whole.
SCROLLS_SIDEWAYS = """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
    .some(one => one && one.scrollWidth > one.clientWidth)"""
FULL_HEIGHT = """() => Math.max(document.documentElement.scrollHeight,
    document.querySelector('[data-testid="stMain"]')?.scrollHeight ?? 0,
    document.querySelector('[data-testid="stSidebarContent"]')?.scrollHeight ?? 0)"""
# Axe does not look into charts. Numbers inside of bars have the colour of their bar behind them, so they are left out.
NAMES_IN_CHARTS = """() => {
    const light = parts => parts.slice(0, 3).map(one => one / 255)
        .map(one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
        .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
    const parts = colour => (colour.match(/[0-9.]+/g) ?? [0, 0, 0, 0]).map(Number);
    const page = document.querySelector('[data-testid="stApp"]') ?? document.body;
    const behind = light(parts(getComputedStyle(page).backgroundColor));
    const axes = '.xtick text, .ytick text, .g-xtitle text, .g-ytitle text';
    const others = '.legendtext, .annotation-text, .textpoint text';
    const names = [...document.querySelectorAll(`.js-plotly-plot :is(${axes}, ${others})`)];
    const isFaint = one => {
        const {fill, fillOpacity, opacity} = getComputedStyle(one);
        const [bright, dark] = [light(parts(fill)), behind].sort((one, other) => other - one);
        const shown = (parts(fill)[3] ?? 1) * Number(fillOpacity) * Number(opacity);
        return (bright + 0.05) / (dark + 0.05) < 4.5 || shown < 1;
    };
    return [names.length, names.filter(isFaint).map(one => `“${one.textContent}” (${getComputedStyle(one).fill})`)];
}"""
# Streamlit follows the browser's colour scheme a moment later.
IS_IN_SCHEME = """scheme => {
    const page = document.querySelector('[data-testid="stApp"]') ?? document.body;
    const [red, green, blue] = getComputedStyle(page).backgroundColor.match(/[0-9]+/g).map(Number);
    return (red + green + blue < 3 * 128) === (scheme === "dark");
}"""


def faults_of(visitor: Visitor, name: str) -> list[str]:
    """Return every fault of the page that is open, and keep a picture of each of its looks under ``name``."""
    page, faults, height, shown = visitor.page, [], HEIGHT, 0
    for width, scheme in LOOKS:
        if width != shown:
            height, shown = _show_all(visitor, width), width
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(IS_IN_SCHEME, arg=scheme)
        visitor.at_rest()
        look = f"{name}-{width}-{scheme}"
        faults += [f"{look}: {fault}" for fault in _faults(page)]
        picture: FloatRect = {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST_PICTURE)}
        page.screenshot(path=SCREENS / f"{look}.png", clip=picture)
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    return faults


def _show_all(visitor: Visitor, width: int) -> int:
    """Make the window as tall as the page, since axe tests no colours of what is out of sight; return the height."""
    page = visitor.page
    page.set_viewport_size({"width": width, "height": HEIGHT})
    visitor.at_rest()
    height: int = max(HEIGHT, min(page.evaluate(FULL_HEIGHT), TALLEST_WINDOW))
    page.set_viewport_size({"width": width, "height": height})
    visitor.at_rest()
    return height


def _goes_on_scrolling_sideways(page: Page) -> bool:
    """Return whether a page is wider than its window once tables and charts, which follow a moment later, fit it."""
    try:
        page.wait_for_function(f"() => !({SCROLLS_SIDEWAYS})()", timeout=FITS_WITHIN_MS)
    except PlaywrightTimeoutError:
        return True
    return False


def _faults(page: Page) -> Iterator[str]:
    if _goes_on_scrolling_sideways(page):
        yield "the page scrolls sideways"
    names, faint = page.evaluate(NAMES_IN_CHARTS)
    if faint:
        yield f"{len(faint)} of {names} names in charts stand out from the page too little, first {faint[0]}"
    if not names and page.locator(".js-plotly-plot").count():
        yield "no name is found in a chart"
    yield from violations_on(page)


def violations_on(page: Page) -> Iterator[str]:
    """Tell each law that the page breaks, with how often and the first place."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    for violation in page.evaluate("options => axe.run(document, options)", AXE_OPTIONS)["violations"]:
        places = violation["nodes"]
        why = " ".join(places[0]["failureSummary"].split())
        yield f"{violation['id']}, {len(places)} times, first at {places[0]['html'][:200]} {why}"
