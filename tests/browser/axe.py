"""Looking at one page in both colour schemes and at both widths: faults that axe finds, and a picture of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import FloatRect, Page

from tests.browser.server import PROJECT_DIR
from tests.browser.visitor import Visitor

SCREENS = PROJECT_DIR / "test-results" / "screens"
WIDTHS = (1280, 390)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
HEIGHT, TALLEST_WINDOW, TALLEST_PICTURE = 900, 10_000, 6_000
LAWS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
CHECKED_IN: dict[str, dict[str, object]] = {
    "light": {"runOnly": {"type": "tag", "values": LAWS}, "resultTypes": ["violations"]},
    # The colour scheme changes colours and nothing else, and looking for the rest takes most of the time.
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]},
}

# Streamlit scrolls inside the page's main part; our own pages scroll as a whole.
SCROLLS_SIDEWAYS = """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
    .some(one => one && one.scrollWidth > one.clientWidth)"""
FULL_HEIGHT = """() => Math.max(document.documentElement.scrollHeight,
    document.querySelector('[data-testid="stMain"]')?.scrollHeight ?? 0,
    document.querySelector('[data-testid="stSidebarContent"]')?.scrollHeight ?? 0)"""
# Streamlit follows the browser's colour scheme a moment later.
IS_IN_SCHEME = """scheme => {
    const page = document.querySelector('[data-testid="stApp"]') ?? document.body;
    const [red, green, blue] = getComputedStyle(page).backgroundColor.match(/[0-9]+/g).map(Number);
    return (red + green + blue < 3 * 128) === (scheme === "dark");
}"""


def faults_of(visitor: Visitor, name: str) -> list[str]:
    """Return every fault of the page that is open, and keep a picture of each of its four looks under ``name``."""
    faults = []
    for width in WIDTHS:
        height = _show_all(visitor, width)
        for scheme in SCHEMES:
            look = f"{name}-{width}-{scheme}"
            visitor.page.emulate_media(color_scheme=scheme)
            visitor.page.wait_for_function(IS_IN_SCHEME, arg=scheme)
            visitor.at_rest()
            faults += [f"{look}: {fault}" for fault in _faults(visitor.page, scheme)]
            picture: FloatRect = {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST_PICTURE)}
            visitor.page.screenshot(path=SCREENS / f"{look}.png", clip=picture)
    visitor.page.emulate_media(color_scheme="light")
    visitor.page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
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


def _faults(page: Page, scheme: str) -> Iterator[str]:
    if page.evaluate(SCROLLS_SIDEWAYS):
        yield "the page scrolls sideways"
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    for violation in page.evaluate("options => axe.run(document, options)", CHECKED_IN[scheme])["violations"]:
        places = violation["nodes"]
        why = " ".join(places[0]["failureSummary"].split())
        yield f"{violation['id']}, {len(places)} times, first at {places[0]['html'][:200]} {why}"
