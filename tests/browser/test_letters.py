"""Feedback letters in a real browser: all of a cycle as a ZIP file, and an organisation's own."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from playwright.sync_api import expect
from pypdf import PdfReader

from section11.services.demo.people import PASSWORD
from tests.browser.axe import faults_of
from tests.browser.conftest import OpenBrowser
from tests.browser.server import Product
from tests.browser.visitor import Visitor


def _downloaded(visitor: Visitor, link: str) -> tuple[str, bytes]:
    with visitor.page.expect_download() as waiting:
        visitor.page.get_by_role("link", name=link).click()
    path = waiting.value.path()
    return waiting.value.suggested_filename, Path(path).read_bytes()


def test_all_letters_of_a_cycle_come_as_one_file(demo: Product, open_browser: OpenBrowser) -> None:
    visitor = open_browser(viewport={"width": 1280, "height": 900})
    visitor.come_in("scrutiny@riverdale.example", PASSWORD)
    visitor.go("/feedback-letters?cycle=2024", "Feedback letters")

    visitor.button("Make 22 letters").click()
    expect(visitor.page.get_by_role("link", name="Download the ZIP file")).to_be_visible(timeout=30_000)
    filename, content = _downloaded(visitor, "Download the ZIP file")

    assert filename == "2024-letters-pdf.zip"
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        first = PdfReader(BytesIO(archive.read("2024-riverdale-police-letter.pdf")))
    assert len(names) == 22
    assert "Riverdale Police" in first.pages[0].extract_text()
    assert not faults_of(visitor, "scrutiny-letters-made")
    assert visitor.complaints == []


def test_an_organisation_downloads_its_own_letter(demo: Product, open_browser: OpenBrowser) -> None:
    visitor = open_browser(viewport={"width": 1280, "height": 900})
    visitor.come_in("contributor@riverdale.example", PASSWORD)
    visitor.go("/whole-return?assessment=2024.riverdale-police", "The whole return")

    filename, content = _downloaded(visitor, "Download the letter (PDF)")
    word_name, word = _downloaded(visitor, "Download the letter (Word)")

    assert filename == "2024-riverdale-police-letter.pdf"
    assert "Feedback on your return" in PdfReader(BytesIO(content)).pages[0].extract_text()
    assert (word_name, word[:2]) == ("2024-riverdale-police-letter.docx", b"PK")
    assert visitor.complaints == []
