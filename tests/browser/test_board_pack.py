"""The board pack in the room: a file without a network, moved by the arrow keys, free of faults that axe knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from section11.services.demo.people import PASSWORD
from tests.browser.axe import SCREENS, violations_on
from tests.browser.conftest import OpenBrowser
from tests.browser.server import Product

Scheme = Literal["light", "dark"]


@pytest.fixture(scope="module")
def pack_file(product_with_demo: Product, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The final pack of the demo, as a file on a stick."""
    file = tmp_path_factory.mktemp("stick") / "pack.html"
    product_with_demo.command("board-pack", "--cycle", "2024", "--number", "1", "--format", "html", "--out", str(file))
    return file


@pytest.fixture
def offline(chromium: Browser, pack_file: Path) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 720}, locale="en-GB", offline=True)
    page = context.new_page()
    page.goto(pack_file.as_uri())
    yield page
    context.close()


def shown(page: Page) -> str:
    return page.locator(".slide.shown h2").inner_text()


def test_arrow_keys_go_through_every_slide_and_no_slide_has_a_fault(offline: Page) -> None:
    requests: list[str] = []
    offline.on("request", lambda request: requests.append(request.url))
    titles = offline.locator(".slide h2").all_text_contents()
    seen, faults = [], []

    for number in range(len(titles)):
        seen.append(shown(offline))
        expect(offline.locator("#place")).to_have_text(f"{number + 1} of {len(titles)}")
        faults += [f"{seen[-1]}: {fault}" for fault in violations_on(offline)]
        offline.keyboard.press("ArrowRight")

    assert seen == titles
    assert shown(offline) == titles[-1]
    assert faults == []
    assert requests == []
    offline.keyboard.press("ArrowLeft")
    assert shown(offline) == titles[-2]
    offline.keyboard.press("Home")
    assert shown(offline) == titles[0]


def test_the_buttons_do_the_same_and_the_place_is_in_the_address(offline: Page) -> None:
    offline.get_by_role("button", name="Next").click()
    offline.get_by_role("button", name="Next").click()
    third = shown(offline)

    offline.reload()

    assert shown(offline) == third
    offline.get_by_role("button", name="Previous").click()
    expect(offline.locator("#place")).to_have_text(re.compile("^2 of "))


def test_a_slide_is_large_enough_to_read_across_a_room(offline: Page) -> None:
    offline.set_viewport_size({"width": 1920, "height": 1080})
    offline.keyboard.press("ArrowRight")

    size = offline.locator(".slide.shown .sentences li").first.evaluate(
        "one => parseFloat(getComputedStyle(one).fontSize)"
    )

    assert size >= 32


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_as_one_page_it_fits_every_window_and_has_no_fault(offline: Page, width: int, scheme: Scheme) -> None:
    offline.emulate_media(color_scheme=scheme)
    offline.set_viewport_size({"width": width, "height": 900})
    offline.reload()
    button = offline.get_by_role("button", name="Read as one page")
    if button.is_visible():
        button.click()

    expect(offline.get_by_role("button", name="Show as slides")).to_be_visible()
    offline.screenshot(path=SCREENS / f"pack-as-a-page-{width}-{scheme}.png", full_page=True)
    assert list(violations_on(offline)) == []
    assert not offline.evaluate("() => document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_without_its_script_the_file_is_a_whole_page(chromium: Browser, pack_file: Path) -> None:
    context = chromium.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()

    page.goto(pack_file.as_uri())

    headings = page.locator("h2")
    assert headings.count() > 5
    assert all(headings.nth(number).is_visible() for number in range(headings.count()))
    context.close()


def test_a_pack_is_edited_made_final_and_presented_by_the_board(
    product: Product, pack_file: Path, open_browser: OpenBrowser
) -> None:
    product.start()
    scrutiny, board = open_browser(), open_browser()
    scrutiny.come_in("scrutiny@riverdale.example", PASSWORD)
    scrutiny.go("/board-pack?cycle=2026", "Board pack")
    scrutiny.page.get_by_label("Sentence 1 of Who returned").fill("Nearly half have come back; <b>thank you</b>.")
    scrutiny.button("Save these sentences").first.click()
    expect(scrutiny.text("Saved 1 sentence.")).to_be_visible()
    scrutiny.page.get_by_label("Themes, one on each line").fill("Listening to children")
    scrutiny.button("Save themes").click()
    expect(scrutiny.text("Saved.")).to_be_visible()
    scrutiny.button("Make final").click()
    expect(scrutiny.text("Board pack 1 is final. Board viewers can read it now.")).to_be_visible()
    scrutiny.page.screenshot(path=SCREENS / "scrutiny-board-pack-final-1280-light.png", full_page=True)

    board.come_in("board@riverdale.example", PASSWORD)
    board.go("/board-pack?cycle=2026", "Board pack")
    board.page.screenshot(path=SCREENS / "board-board-pack-final-1280-light.png", full_page=True)
    with board.page.context.expect_page() as opened:
        board.page.get_by_role("link", name="Present").click()
    slides = opened.value
    slides.wait_for_load_state()
    slides.keyboard.press("ArrowRight")
    slides.keyboard.press("ArrowRight")

    expect(slides.locator(".slide.shown")).to_contain_text("Nearly half have come back; <b>thank you</b>.")
    assert list(violations_on(slides)) == []
