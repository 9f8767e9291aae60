"""The board pack as PowerPoint slides: native charts that can be edited, in the house look or a partnership's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pptx.presentation import Presentation as Deck
from pptx.slide import Slide, SlideLayout
from pptx.util import Emu, Inches, Pt

from section11.domain.xml_text import without_forbidden_characters
from section11.presentations.house_look import house_deck
from section11.presentations.own_template import layouts_of, own_deck
from section11.presentations.slide_parts import TABLE_LINE, Box, add_chart, add_table, speak_english, write_lines
from section11.reports.board_pack import BoardPack, PackPage, PackTable, Row, chart_words
from section11.reports.board_pack_views import facts_of, fingerprint_words, footer_of

BARS_ON_A_SLIDE, LETTERS_ON_A_SLIDE = 18, 1_150
FOOT = Inches(0.45)
LONG_TITLE = 60
"""A title with more letters is set smaller, to stay on two lines."""
_LETTERS_IN_A_LINE = 95
_LETTERS_IN_A_CELL = 66
_LINES_OF_HEADINGS = 2


@dataclass(frozen=True)
class _Paper:
    """What every slide of one presentation needs."""

    deck: Deck
    opening: SlideLayout
    content: SlideLayout
    footer: str


def board_pack_slides(pack: BoardPack, fingerprint: str, template: bytes | None = None) -> bytes:
    """Return the bytes of a .pptx file; ``template`` is the partnership's own presentation, ``fingerprint`` may be "".

    Subjects come first; then, to look up, the numbers behind each chart and the list of organisations.

    Raises:
        NotOurFileError: the template cannot be used.
    """
    deck = own_deck(template) if template else house_deck()
    layouts = layouts_of(deck)
    if layouts is None:
        raise LookupError("a deck without a titled layout was let through")
    paper = _Paper(deck, *layouts, footer_of(pack, fingerprint))
    _opening(paper, pack, fingerprint)
    for page in pack.pages:
        if not page.appendix:
            _subject(paper, page)
    for page in pack.pages:
        if page.table is not None and (page.appendix or page.table.has_chart):
            _tables(paper, page, page.table, "" if page.appendix else ", the numbers")
        elif page.appendix:
            _texts(paper, page)
    _describe(deck, pack)
    for slide in deck.slides:
        speak_english(slide)
    stream = BytesIO()
    deck.save(stream)
    return stream.getvalue()


def _opening(paper: _Paper, pack: BoardPack, fingerprint: str) -> None:
    slide = paper.deck.slides.add_slide(paper.opening)
    _write_title(slide, pack.title)
    demo = ["Demonstration, fictional data"] if pack.is_demo else []
    lines = [*demo, *(f"{name}: {words}" for name, words in facts_of(pack))]
    body = _body(slide)
    write_lines(body.text_frame, lines, size=Pt(20))
    body.text_frame.paragraphs[0].space_before = Pt(0)
    if fingerprint:
        run = body.text_frame.add_paragraph().add_run()
        run.text, run.font.size = fingerprint_words(fingerprint), Pt(11)
    _drop_empty(slide, body)


def _subject(paper: _Paper, page: PackPage) -> None:
    if page.table is not None and page.table.has_chart:
        for number, rows in enumerate(_chunks(page.table.rows, BARS_ON_A_SLIDE)):
            title = f"{page.title}{', continued' if number else ''}"
            slide, box = _with_lines(paper, page, title, number == 0)
            add_chart(slide, page.table, rows, box)
            _write_notes(slide, chart_words(page.table))
    elif page.table is not None and page.table.rows:
        _tables(paper, page, page.table, "")
    elif page.sentences or page.points or page.note:
        _texts(paper, page)


def _texts(paper: _Paper, page: PackPage) -> None:
    lines = [*(one.words for one in page.sentences), *page.points, *([page.note] if page.note else [])]
    for number, some in enumerate(_by_length(lines)):
        slide = paper.deck.slides.add_slide(paper.content)
        _write_title(slide, page.title if number == 0 else f"{page.title}, continued")
        body = _body(slide)
        _place(body, _room(paper, slide))
        write_lines(body.text_frame, some, size=Pt(22) if sum(map(len, some)) <= LETTERS_ON_A_SLIDE // 2 else Pt(18))
        _drop_empty(slide, body)
        _foot(paper, slide)


def _tables(paper: _Paper, page: PackPage, table: PackTable, ending: str) -> None:
    left = list(table.rows)
    while left:
        is_first = len(left) == len(table.rows)
        title = f"{page.title}{ending}{'' if is_first else ', continued'}"
        slide, box = _with_lines(paper, page, title, is_first and not ending)
        rows = _fitting(left, room=box.height // TABLE_LINE - _LINES_OF_HEADINGS)
        add_table(slide, table, rows, box)
        del left[: len(rows)]


def _with_lines(paper: _Paper, page: PackPage, title: str, with_words: bool) -> tuple[Slide, Box]:
    """Return a new slide with the page's sentences on top, and the room under them."""
    slide = paper.deck.slides.add_slide(paper.content)
    _write_title(slide, title)
    room = _room(paper, slide)
    lines = [*(one.words for one in page.sentences), *([page.note] if page.note else [])] if with_words else []
    body = _body(slide)
    if not lines:
        _drop_empty(slide, None)
        _foot(paper, slide)
        return slide, room
    size = Pt(18) if sum(map(len, lines)) < 3 * _LETTERS_IN_A_LINE else Pt(15)
    rows = sum(1 + len(line) // int(_LETTERS_IN_A_LINE * 18 / size.pt) for line in lines)
    used = Emu(min(int(rows * size * 1.3 + len(lines) * Pt(6) + Inches(0.12)), room.height // 2))
    _place(body, Box(room.left, room.top, room.width, used))
    write_lines(body.text_frame, lines, size=size)
    _drop_empty(slide, body)
    _foot(paper, slide)
    return slide, room.below(used)


def _room(paper: _Paper, slide: Slide) -> Box:
    """Return the place under the title: where the layout puts its text, or the slide less its margins."""
    width, height = paper.deck.slide_width or Inches(13.333), paper.deck.slide_height or Inches(7.5)
    title = slide.shapes.title
    holder = next((one for one in slide.placeholders if one.placeholder_format.idx == 1), None)
    bottom = Emu(height - FOOT)
    if holder is not None and holder.top is not None:
        left, top, wide = holder.left, holder.top, holder.width
    else:
        left, wide = Inches(0.6), Emu(width - Inches(1.2))
        top = Emu((title.top or 0) + (title.height or Inches(1.2))) if title is not None else Inches(1.4)
    return Box(left, top, wide, Emu(max(bottom - top, Inches(2))))


def _body(slide: Slide) -> Any:
    """Return the placeholder for text; a text box where the layout has none."""
    title = slide.shapes.title
    for holder in slide.placeholders:
        if (title is None or holder.shape_id != title.shape_id) and holder.has_text_frame:
            return holder
    box = Box(Inches(0.6), Inches(3.2), Inches(8), Inches(3))
    return slide.shapes.add_textbox(box.left, box.top, box.width, box.height)


def _place(shape: Any, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = box.left, box.top, box.width, box.height


def _drop_empty(slide: Slide, kept: Any | None) -> None:
    """Take away what the layout offers and nothing was written into: it would ask to be clicked."""
    title = slide.shapes.title
    keep = {one.shape_id for one in (title, kept) if one is not None}
    for holder in list(slide.placeholders):
        if holder.shape_id not in keep:
            element = holder._element
            element.getparent().remove(element)
    shapes: list[Any] = list(slide.shapes)
    for shape in shapes:
        if shape.has_text_frame and shape.shape_id not in keep and not shape.text_frame.text:
            shape._element.getparent().remove(shape._element)


def _write_title(slide: Slide, words: str) -> None:
    title = slide.shapes.title
    if title is not None:
        title.text_frame.text = _clean(words)
        if len(words) > LONG_TITLE:
            title.text_frame.paragraphs[0].runs[0].font.size = Pt(24)


def _foot(paper: _Paper, slide: Slide) -> None:
    width, height = paper.deck.slide_width or Inches(13.333), paper.deck.slide_height or Inches(7.5)
    box = slide.shapes.add_textbox(Inches(0.6), Emu(height - FOOT), Emu(width - Inches(1.2)), Inches(0.35))
    box.name = "Footer"
    write_lines(box.text_frame, [paper.footer], size=Pt(10))


def _write_notes(slide: Slide, words: str) -> None:
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        frame.text = _clean(words)


def _describe(deck: Deck, pack: BoardPack) -> None:
    properties = deck.core_properties
    properties.title = _clean(f"{pack.title}, {pack.standing.lower()}")[:255]
    properties.author = _clean(pack.partnership_name)[:255]
    properties.last_modified_by = ""
    properties.subject = "Board pack"
    properties.comments = "Demonstration, fictional data" if pack.is_demo else ""
    properties.keywords = ""
    properties.language = "en-GB"
    properties.created = properties.modified = pack.taken_at.replace(tzinfo=None)


def _chunks(rows: Sequence[Row], most: int) -> Iterator[Sequence[Row]]:
    """Share the rows out evenly over as few slides as hold them."""
    slides = max(-(-len(rows) // most), 1)
    size = max(-(-len(rows) // slides), 1)
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _fitting(rows: Sequence[Row], *, room: int) -> list[Row]:
    """Return the first rows for a slide with room for so many lines; one at least, and a row is never cut.

    Slides that follow are thought to have as much room, and rows are shared out evenly: none is left alone at the end.
    """
    all_lines = sum(map(_lines_of, rows))
    slides = -(-all_lines // max(room, 1))
    lines = -(-all_lines // slides)
    some = [rows[0]]
    for row in rows[1:]:
        if sum(map(_lines_of, some)) + _lines_of(row) > lines:
            break
        some.append(row)
    return some


def _lines_of(row: Row) -> int:
    longest = max(len(cell) for cell in row.cells if isinstance(cell, str))
    return -(-longest // _LETTERS_IN_A_CELL) or 1


def _by_length(lines: Sequence[str]) -> Iterator[list[str]]:
    """Share lines out over slides by how long they are; a line is never cut."""
    some: list[str] = []
    for line in lines:
        if some and sum(map(len, some)) + len(line) + 60 * len(some) > LETTERS_ON_A_SLIDE:
            yield some
            some = []
        some.append(line)
    if some:
        yield some


def _clean(text: str) -> str:
    return without_forbidden_characters(text)
