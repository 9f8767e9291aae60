"""Blocks of a letter as parts of a Word document: every text goes in as text, never as XML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from section11.reports.letter_blocks import Block, Bullets, Entry, Heading, Paragraph, Table, column_widths, drawable
from section11.reports.palette import ACCENT

_LINE, _TINT = "767F87", "EEF2F6"


def word_elements(document: Document, blocks: Iterable[Block]) -> list[Any]:
    """Return the XML elements of blocks. They are made in the document and taken out of it again.

    Styles the document does not have are done without: a heading is then bold, an item has a dash.
    """
    style_ids = {str(style.name): style.style_id for style in document.styles}
    made = []
    for block in blocks:
        for one in _made(document, style_ids, block):
            one.getparent().remove(one)
            made.append(one)
    return made


def put_words(paragraph: WordParagraph, words: str, *, bold: bool = False) -> None:
    """Add words to a paragraph; lines stay lines."""
    for number, line in enumerate(drawable(words).split("\n")):
        run = paragraph.add_run()
        if number:
            run.add_break(WD_BREAK.LINE)
        run.add_text(line)
        run.bold = bold or None


def _made(document: Document, style_ids: Mapping[str, str], block: Block) -> list[Any]:
    match block:
        case Heading(words, level):
            return [_heading(document, style_ids, words, level)]
        case Paragraph(words):
            return [_paragraph(document, [("", words)], keep=block.leads)]
        case Bullets(items):
            return [_item(document, style_ids, one) for one in items]
        case Entry(title):
            return _entry(document, title, block.told)
        case Table():
            return _table(document, block)


def _heading(document: Document, style_ids: Mapping[str, str], words: str, level: int) -> Any:
    paragraph = document.add_paragraph()
    paragraph._p.style = style_ids.get(f"Heading {level}")
    put_words(paragraph, words, bold=True)
    paragraph.paragraph_format.keep_with_next = True
    return paragraph._p


def _paragraph(document: Document, told: Sequence[tuple[str, str]], *, left_cm: float = 0, keep: bool = False) -> Any:
    paragraph = document.add_paragraph()
    for label, words in told:
        if label:
            put_words(paragraph, label, bold=True)
        put_words(paragraph, words)
    if left_cm:
        paragraph.paragraph_format.left_indent = Cm(left_cm)
    paragraph.paragraph_format.keep_with_next = keep or None
    return paragraph._p


def _item(document: Document, style_ids: Mapping[str, str], words: str) -> Any:
    paragraph = document.add_paragraph()
    paragraph._p.style = style_id = style_ids.get("List Bullet")
    put_words(paragraph, words if style_id else f"– {words}")
    return paragraph._p


def _entry(document: Document, title: str, told: Sequence[tuple[str, str]]) -> list[Any]:
    lines = [_paragraph(document, [(title, "")], left_cm=0.4, keep=bool(told))]
    for number, (label, words) in enumerate(told, start=1):
        lines.append(_paragraph(document, [(f"{label}: ", words)], left_cm=0.4, keep=number < len(told)))
    for line in lines[:-1]:
        WordParagraph(line, document._body).paragraph_format.space_after = Pt(2)
    return lines


def _table(document: Document, block: Table) -> list[Any]:
    table: Any = document.add_table(rows=0, cols=len(block.head))
    table.autofit = False
    _draw_lines(table)
    wanted = column_widths(block)
    widths = [int(_text_width(document) * one / sum(wanted)) for one in wanted]
    for number, row in enumerate((block.head, *block.rows)):
        cells = table.add_row().cells
        for cell, words, width in zip(cells, row, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
            put_words(paragraph, words, bold=number == 0)
            if number == 0:
                _child(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill=_TINT)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    # The first row is the table's head: read out with every cell, and drawn again on each page.
    _child(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader", val="true")
    after = document.add_paragraph()
    after.paragraph_format.space_after = Pt(0)
    return [table._tbl, after._p]


def _text_width(document: Document) -> int:
    """Return the width between the margins, in the units of Word's own files."""
    section = document.sections[0]
    margins = int(section.left_margin or 0) + int(section.right_margin or 0)
    return max(int(section.page_width or Cm(21)) - margins, Cm(8))


def _draw_lines(table: Any) -> None:
    borders: Any = OxmlElement("w:tblBorders")
    # Word takes a file for damaged when these stand after those.
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _child(borders, f"w:{side}", val="single", sz="4", space="0", color=_LINE)


def _child(parent: Any, tag: str, **attributes: str) -> Any:
    child: Any = OxmlElement(tag)
    for name, value in attributes.items():
        child.set(qn(f"w:{name}"), value)
    parent.append(child)
    return child


def accent_colour() -> RGBColor:
    return RGBColor.from_string(ACCENT.removeprefix("#"))
