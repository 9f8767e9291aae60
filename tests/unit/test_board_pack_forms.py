"""The PDF and the web page of a board pack: accessible, complete, self-contained, and never taking text for markup."""

import re
from html.parser import HTMLParser
from io import BytesIO

import pytest
from pypdf import PdfReader

from section11.domain.board_packs import PackWords, PlannedAction
from section11.reports.board_pack import words_in_cell
from section11.reports.board_pack_html import board_pack_html, content_policy
from section11.reports.board_pack_pdf import board_pack_pdf
from section11.reports.board_pack_views import LEVELS_IN_A_GRID
from section11.reports.board_sharing import copy_for_sharing
from tests.unit.board_pack_builders import FINGERPRINT, HOSTILE, a_pack
from tests.unit.figure_builders import (
    POLICE,
    a_cycle,
    a_return,
    four_organisations,
    large_cycle,
    published_matrix,
    rated,
    seven_organisations,
)

HOSTILE_WORDS = PackWords(
    sentences={"returned": HOSTILE}, themes=(HOSTILE,), recommendations=(HOSTILE,), plan=(PlannedAction(HOSTILE),)
)
CYCLES = [a_cycle, four_organisations, seven_organisations, published_matrix]


def one_line(text):
    return " ".join(text.replace("\u00ad", "").split())


def pdf_words(pdf):
    return one_line(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


class Page(HTMLParser):
    """What a browser would make of a page: its tags, its texts, and everything it could fetch."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.texts, self.addresses, self.labels = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        values = dict(attrs)
        self.addresses += [values[name] for name in ("src", "href", "action", "data", "srcset") if name in values]
        self.labels += [values["aria-label"]] if values.get("role") == "img" else []

    def handle_data(self, data):
        self.texts.append(data)


def page_of(pack):
    return Page(board_pack_html(pack, FINGERPRINT).decode())


def every_cell(pack):
    for page in pack.pages:
        if page.table is not None:
            for row in page.table.rows:
                yield from (
                    words_in_cell(cell, column.kind, LEVELS_IN_A_GRID)
                    for cell, column in zip(row.cells, page.table.columns, strict=True)
                )


def figures_in_tags(node, found):
    """Collect the alternative text of every figure in the structure tree of a PDF."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for one in node:
            figures_in_tags(one, found)
    elif isinstance(node, dict):
        if node.get("/S") == "/Figure":
            found.append(node.get("/Alt"))
        if "/K" in node:
            figures_in_tags(node["/K"], found)
    return found


@pytest.mark.parametrize("cycle", CYCLES)
def test_the_pdf_is_tagged_titled_english_and_has_alt_text_on_every_figure(cycle):
    pack = a_pack(cycle(), earlier=cycle(), words=HOSTILE_WORDS)

    reader = PdfReader(BytesIO(board_pack_pdf(pack, FINGERPRINT)))

    root = reader.trailer["/Root"]
    charts = [page for page in pack.pages if page.table is not None and page.table.has_chart]
    alts = figures_in_tags(root["/StructTreeRoot"]["/K"], [])
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "en-GB")
    assert reader.metadata.title == "Section 11 audit 2026, final board pack 1"
    assert len(alts) == len(charts)
    assert all(alts)


@pytest.mark.parametrize("cycle", CYCLES)
def test_the_pdf_and_the_page_print_every_sentence_every_number_and_the_fingerprint(cycle):
    pack = a_pack(cycle(), earlier=cycle())
    printed = pdf_words(board_pack_pdf(pack, FINGERPRINT))
    shown = one_line(" ".join(page_of(pack).texts))

    for page in pack.pages:
        assert page.title in shown
        for sentence in page.sentences:
            assert one_line(sentence.words) in shown
            assert sentence.words.replace(" ", "") in printed.replace(" ", "")
    for words in every_cell(pack):
        assert words in shown
    assert FINGERPRINT in shown
    assert FINGERPRINT in printed.replace(" ", "")


def test_hostile_text_is_printed_as_it_was_typed():
    pack = a_pack(four_organisations(), words=HOSTILE_WORDS)

    page = page_of(pack)
    printed = pdf_words(board_pack_pdf(pack, FINGERPRINT))

    assert page.tags.count("script") == 1
    assert one_line(HOSTILE) in one_line(" ".join(page.texts))
    for part in ("<script>alert(1)</script>", "#panic()", "*bold*", "{{7*7}}", "$x$"):
        assert part.replace(" ", "") in printed.replace(" ", "")


def test_hostile_names_of_organisations_and_controls_break_nothing():
    name = f"A\x00\x1b\ud83d {HOSTILE}"
    pack = a_pack(a_cycle(a_return(name, POLICE, [rated("S1.1", "fully")])))

    page = Page(board_pack_html(pack, "").decode())

    assert page.tags.count("script") == 1
    assert board_pack_pdf(pack, "").startswith(b"%PDF")


@pytest.mark.parametrize("cycle", CYCLES)
def test_the_page_fetches_nothing_and_its_policy_forbids_it(cycle):
    html = board_pack_html(a_pack(cycle(), words=HOSTILE_WORDS), FINGERPRINT).decode()

    assert Page(html).addresses == []
    assert not re.search(r"@import|url\(", re.sub(r"<li>.*?</li>|<th scope=.row.>.*?</th>", "", html))
    assert content_policy().startswith("default-src 'none'; script-src 'sha256-")


@pytest.mark.parametrize("cycle", CYCLES)
def test_every_chart_of_the_page_says_its_numbers_in_words(cycle):
    pack = a_pack(cycle(), earlier=cycle())

    charts = [page for page in pack.pages if page.table is not None and page.table.has_chart]

    assert len(page_of(pack).labels) == len(charts)
    assert all(" chart. " in label for label in page_of(pack).labels)


@pytest.mark.parametrize("organisations", [1, 4, 5, 60, 61])
def test_a_copy_for_sharing_prints_for_few_and_many_organisations_and_many_standards(organisations):
    cycle = large_cycle(organisations, 96)

    shared = copy_for_sharing(a_pack(cycle, earlier=cycle, words=HOSTILE_WORDS))

    printed = board_pack_pdf(shared, FINGERPRINT)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in PdfReader(BytesIO(printed)).trailer["/Root"]["/Metadata"].get_data()
    assert "School 0" not in pdf_words(printed)
    assert "School 0" not in " ".join(page_of(shared).texts)


def test_a_draft_says_that_it_is_one_and_has_no_fingerprint():
    pack = a_pack(four_organisations(), number=0)

    shown = " ".join(Page(board_pack_html(pack, "").decode()).texts)

    assert "Draft, not final" in shown
    assert "Fingerprint" not in shown
    assert "Fingerprint" not in pdf_words(board_pack_pdf(pack, ""))
