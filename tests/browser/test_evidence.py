"""Evidence in a real browser: uploaded under a question, opened beside it, and cut short when it is far too large."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from section11.services.demo.people import PASSWORD
from tests.browser.axe import faults_of
from tests.browser.conftest import OpenBrowser
from tests.browser.server import Product
from tests.browser.visitor import Visitor
from tests.small_files import KEPT, a_pdf

FORM = ("/assessment?assessment=2026.riverdale-police", "1. Leadership and accountability")
TWO_GIGABYTES = 2 * 1024**3


@pytest.fixture(scope="module")
def visitor(demo: Product, open_shared_browser: OpenBrowser) -> Visitor:
    contributor = open_shared_browser()
    contributor.come_in("contributor@riverdale.example", PASSWORD)
    return contributor


def test_a_file_is_uploaded_under_a_question_and_opens_in_the_browser(visitor: Visitor) -> None:
    visitor.go(*FORM)
    card = visitor.card("S1.1")
    visitor.unfold(card.get_by_text("Evidence files and links"))
    card.get_by_text("Upload a file").click()
    visitor.settled()
    card.locator("input[type=file]").set_input_files(
        {"name": "policy.pdf", "mimeType": "application/pdf", "buffer": a_pdf()}
    )
    expect(card.get_by_text("policy.pdf")).to_be_visible()
    visitor.settled()
    card.get_by_label("Title (S1.1)").fill("Policy of the year")
    card.get_by_label("Title (S1.1)").press("Tab")
    visitor.settled()
    visitor.page.keyboard.press("Escape")
    faults = faults_of(visitor, "contributor-evidence-upload")
    card.get_by_role("button", name="Keep this file (S1.1)").click()

    expect(card.get_by_text("“Policy of the year” is kept.")).to_be_visible(timeout=20_000)
    link = card.get_by_role("link", name="Open “Policy of the year”")
    with visitor.context.expect_page() as opening:
        link.click()
    opened = visitor.context.request.get(opening.value.url)
    assert opened.headers["content-type"] == "application/pdf"
    assert opened.headers["content-disposition"].startswith("inline;")
    assert opened.body() == a_pdf()
    assert faults == []
    assert visitor.complaints == []


def test_two_gigabytes_are_refused_at_once_and_a_smaller_file_follows(visitor: Visitor, tmp_path: Path) -> None:
    large = tmp_path / "film.pdf"
    with large.open("wb") as file:
        file.truncate(TWO_GIGABYTES)  # takes no room: nothing is written
    visitor.go("/evidence", "Evidence")
    visitor.unfold(visitor.page.get_by_text("Add evidence", exact=True).first)
    with visitor.one_run():
        visitor.text("Upload a file").click()
    uploads: list[str] = []
    visitor.page.on("request", lambda request: uploads.append(request.url) if "upload_file" in request.url else None)

    visitor.page.locator("input[type=file]").set_input_files(large)

    expect(visitor.text("File must be 20.0MB or smaller.")).to_be_visible()
    assert uploads == []
    with visitor.one_run():
        visitor.page.locator("input[type=file]").set_input_files(
            {"name": "notes.txt", "mimeType": "text/plain", "buffer": KEPT["notes.txt"]}
        )
    assert len(uploads) == 1
