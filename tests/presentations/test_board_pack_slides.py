"""The slides of a board pack: native charts that carry their data, titles, notes, and words for every picture."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from section11.domain.board_packs import PackWords, PlannedAction
from section11.presentations.board_pack_slides import board_pack_slides
from section11.reports.board_pack import chart_words
from section11.reports.board_sharing import copy_for_sharing
from tests.small_files import a_template
from tests.unit.board_pack_builders import FINGERPRINT, HOSTILE, a_pack
from tests.unit.figure_builders import (
    POLICE,
    SMALL_SET,
    a_cycle,
    a_return,
    four_organisations,
    large_cycle,
    published_matrix,
    rated,
    seven_organisations,
)

CYCLES = [a_cycle, four_organisations, seven_organisations, published_matrix]
HOSTILE_WORDS = PackWords(
    sentences={"returned": HOSTILE}, themes=(HOSTILE,) * 30, plan=(PlannedAction(HOSTILE, HOSTILE),)
)


def deck_of(pack, template=None):
    return Presentation(BytesIO(board_pack_slides(pack, FINGERPRINT, template)))


def charts_in(deck):
    return [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def charted(pack):
    return [page for page in pack.pages if page.table is not None and page.table.has_chart and not page.appendix]


def texts_in(deck):
    texts = [shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    return texts + [cell.text for table in tables for cell in table.iter_cells()]


@pytest.mark.parametrize("template", [None, a_template()], ids=["house", "own"])
@pytest.mark.parametrize("cycle", CYCLES)
def test_every_chart_is_native_and_carries_the_numbers_of_its_table(cycle, template):
    pack = a_pack(cycle(), earlier=cycle())

    charts = charts_in(deck_of(pack, template))

    assert len(charts) == len(charted(pack))
    for shape, page in zip(charts, charted(pack), strict=True):
        plot = shape.chart.plots[0]
        table = page.table
        for series, place in zip(plot.series, table.series, strict=True):
            rows = [row for row in table.rows if any(row.cells[one] for one in table.series)]
            assert series.name == table.columns[place].title
            assert list(series.values) == pytest.approx([row.cells[place] for row in rows], abs=0.005)
            book = load_workbook(BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
            column = [cell.value for cell in book.active[chr(ord("B") + table.series.index(place))]]
            assert column[1:] == pytest.approx([row.cells[place] for row in rows], abs=0.005)


@pytest.mark.parametrize("template", [None, a_template()], ids=["house", "own"])
def test_every_slide_has_a_title_first_in_its_reading_order_and_every_picture_has_words(template):
    deck = deck_of(a_pack(seven_organisations(), earlier=seven_organisations()), template)

    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text
        assert slide.shapes[0].shape_id == slide.shapes.title.shape_id
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table:
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
    [first, *_] = charts_in(deck)
    returns = next(page for page in a_pack(seven_organisations()).pages if page.key == "returns")
    assert first._element.nvGraphicFramePr.cNvPr.get("descr") == chart_words(returns.table)


def test_the_notes_of_a_chart_have_its_numbers_and_texts_are_english():
    deck = deck_of(a_pack(published_matrix()))

    slide = next(slide for slide in deck.slides if slide.shapes.title.text_frame.text == "How answers were rated")

    assert "66 green, 3 amber, 0 red" in slide.notes_slide.notes_text_frame.text
    assert deck.core_properties.language == "en-GB"
    assert deck.core_properties.title == "Section 11 audit 2026, final board pack 1"
    runs = [
        run
        for one in deck.slides
        for run in one.element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}r")
    ]
    assert {run.rPr.get("lang") for run in runs} == {"en-GB"}


@pytest.mark.parametrize("cycle", CYCLES)
def test_every_sentence_and_the_fingerprint_stand_on_a_slide(cycle):
    pack = a_pack(cycle(), earlier=cycle())

    texts = "\n".join(texts_in(deck_of(pack)))

    for page in pack.pages:
        assert [one.words for one in page.sentences if one.words not in texts] == []
    assert FINGERPRINT in texts


@pytest.mark.parametrize("template", [None, a_template()], ids=["house", "own"])
def test_hostile_text_stays_text(template):
    name = f"=A\x00\x1b\ud83d {HOSTILE}"
    pack = a_pack(a_cycle(a_return(name, POLICE, [rated("S1.1", "fully")])), words=HOSTILE_WORDS)

    content = board_pack_slides(pack, FINGERPRINT, template)

    texts = texts_in(Presentation(BytesIO(content)))
    assert any(" ".join(HOSTILE.split()) in text for text in texts)
    assert any(text.startswith("=A") for text in texts)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for part in archive.namelist():
            assert not (part.endswith(".rels") and b'TargetMode="External"' in archive.read(part))
            if part.endswith(".xlsx"):
                with zipfile.ZipFile(BytesIO(archive.read(part))) as book:
                    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_a_title_of_a_standard_that_looks_like_a_formula_is_no_formula_in_the_chart():
    first = replace(SMALL_SET.standards[0], title="=1+1")
    odd = replace(SMALL_SET, standards=(first, replace(SMALL_SET.standards[1], title="https://evil.example")))
    pack = a_pack(
        a_cycle(a_return("Police", POLICE, [rated("S1.1", "fully"), rated("S2.1", "not")], standards_set=odd))
    )

    shape = charts_in(deck_of(pack))[-1]

    book = load_workbook(BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
    assert [cell.data_type for cell in book.active["A"][1:]] == ["s", "s"]
    assert [cell.hyperlink for cell in book.active["A"][1:]] == [None, None]


def test_a_template_brings_its_size_and_layouts_and_leaves_its_own_slides():
    plain = Presentation(BytesIO(a_template(slides=3)))

    deck = deck_of(a_pack(four_organisations()), a_template(slides=3))

    assert (deck.slide_width, deck.slide_height) == (plain.slide_width, plain.slide_height)
    assert not any("Our own slide" in text for text in texts_in(deck))
    assert {slide.slide_layout.name for slide in deck.slides} == {"Title Slide", "Title and Content"}


@pytest.mark.parametrize("template", [None, a_template()], ids=["house", "own"])
def test_nothing_stands_outside_a_slide(template):
    pack = a_pack(large_cycle(60, 48), earlier=large_cycle(60, 48), words=HOSTILE_WORDS)

    deck = deck_of(pack, template)

    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height


def test_a_copy_for_sharing_has_no_name_in_any_part_of_the_file():
    content = board_pack_slides(copy_for_sharing(a_pack(published_matrix())), FINGERPRINT)

    with zipfile.ZipFile(BytesIO(content)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
    assert b"NHCFT" not in everything
    assert re.search(rb"Organisation 12\b", everything)
