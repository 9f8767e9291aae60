"""The counts beside the form follow every saved answer, whichever card it was, and no page opens again for it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from section11.services.demo.people import PASSWORD
from tests.browser.conftest import OpenBrowser
from tests.browser.server import Product
from tests.browser.visitor import Visitor

FORM = ("/assessment?assessment=2026.riverdale-police&standard=S2", "2. ")


@pytest.fixture(scope="module")
def visitor(demo: Product, open_shared_browser: OpenBrowser) -> Visitor:
    contributor = open_shared_browser(viewport={"width": 1280, "height": 900})
    contributor.come_in("contributor@riverdale.example", PASSWORD)
    return contributor


def test_the_counts_follow_each_saved_answer(visitor: Visitor) -> None:
    visitor.go(*FORM)
    of_form, asked = _of_form(visitor)
    expect(_own_link(visitor)).to_contain_text("(done)")

    _choose(visitor, "S2.1", "Don't know yet")
    expect(_bar(visitor)).to_have_text(f"{of_form - 1} of {asked} answered")
    _choose(visitor, "S2.2", "Don't know yet")
    expect(_bar(visitor)).to_have_text(f"{of_form - 2} of {asked} answered")
    _choose(visitor, "S2.1", "Not met")
    expect(_bar(visitor)).to_have_text(f"{of_form - 1} of {asked} answered")
    expect(visitor.card("S2.1").get_by_text("Action: needed before sign-off")).to_be_visible()
    visitor.page.get_by_label("Evidence: what shows it (S2.1)").fill("Words that change no count.")
    visitor.page.keyboard.press("Tab")
    expect(visitor.card("S2.1").get_by_text(re.compile(r"Saved \d\d:\d\d"))).to_be_visible()

    visitor.settled()
    expect(_bar(visitor)).to_have_text(f"{of_form - 1} of {asked} answered")
    expect(_own_link(visitor)).to_have_count(1)
    before = _own_link(visitor).inner_text()
    visitor.page.reload()
    visitor.arrived(FORM[1])
    assert _own_link(visitor).inner_text() == before
    assert _of_form(visitor) == (of_form - 1, asked)
    assert visitor.complaints == []


def test_an_answer_brought_along_is_ones_own_once_its_words_change(visitor: Visitor) -> None:
    visitor.go("/assessment?assessment=2026.riverdale-police&standard=S10", "10. ")
    of_form, asked = _of_form(visitor)
    is_brought = visitor.card("S10.2").get_by_text("not yet confirmed")
    expect(is_brought).to_be_visible()

    with visitor.one_run():
        visitor.page.get_by_label("Evidence: what shows it (S10.2)").fill("Minutes of the meeting of March.")
        visitor.page.keyboard.press("Tab")

    expect(visitor.card("S10.2").get_by_text(re.compile(r"Saved \d\d:\d\d"))).to_be_visible()
    expect(is_brought).to_have_count(0)
    expect(_bar(visitor)).to_have_text(f"{of_form + 1} of {asked} answered")
    expect(visitor.card("S10.1").get_by_text("not yet confirmed")).to_be_visible()
    visitor.button("Confirm S10.1").click()
    expect(visitor.card("S10.1").get_by_text("not yet confirmed")).to_have_count(0)
    expect(_bar(visitor)).to_have_text(f"{of_form + 2} of {asked} answered")
    assert visitor.complaints == []


def _choose(visitor: Visitor, question: str, rating: str) -> None:
    with visitor.one_run():
        visitor.rating(question, rating).click()


def _bar(visitor: Visitor) -> Locator:
    return visitor.page.get_by_test_id("stSidebar").get_by_test_id("stProgress")


def _own_link(visitor: Visitor) -> Locator:
    return visitor.page.locator(".st-key-current-standard").get_by_role("link")


def _of_form(visitor: Visitor) -> tuple[int, int]:
    settled, asked = re.findall(r"\d+", _bar(visitor).inner_text())
    return int(settled), int(asked)
