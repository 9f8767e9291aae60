"""A feedback letter as a Word document: in the plain layout of the product, or in the partnership's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from section11.domain.uk_time import long_date
from section11.reports.letter import LetterFacts
from section11.reports.letter_blocks import Block, Paragraph, drawable
from section11.reports.letter_pdf import PREVIEW_NOTICE
from section11.reports.letter_wording import Values
from section11.reports.word_blocks import accent_colour, put_words, word_elements
from section11.reports.word_template import WordTemplate

DEMO_NOTICE = "Demonstration, fictional data."


def letter_docx(
    facts: LetterFacts, blocks: Sequence[Block], values: Values, template: WordTemplate | None = None
) -> bytes:
    """Return the bytes of a letter.

    Args:
        blocks: The wording with its values in place.
        values: What each placeholder of the partnership's own document stands for.
        template: That document; None for the plain layout.
    """
    document = _plain_document(facts, blocks) if template is None else template.filled(values, blocks)
    notice = " ".join(
        words for words, holds in ((DEMO_NOTICE, facts.is_demo), (PREVIEW_NOTICE, facts.is_preview)) if holds
    )
    if notice:
        [first] = word_elements(document, [Paragraph(notice)])
        document.element.body.insert(0, first)
    _describe(document, facts)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _plain_document(facts: LetterFacts, blocks: Sequence[Block]) -> WordDocument:
    document = Document()
    _set_look(document)
    letterhead = document.add_paragraph()
    put_words(letterhead, facts.partnership, bold=True)
    letterhead.runs[0].font.size, letterhead.runs[0].font.color.rgb = Pt(15), accent_colour()
    letterhead.paragraph_format.space_after = Pt(18)
    footer = document.sections[0].footer.paragraphs[0]
    put_words(footer, f"{facts.title}. {facts.partnership}, {long_date(facts.day)}")
    footer.runs[0].font.size = Pt(9)
    for element in word_elements(document, blocks):
        document.element.body.insert_element_before(element, "w:sectPr")
    return document


def _set_look(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    for name, size, before in (("Normal", 11, 0), ("Heading 1", 18, 12), ("Heading 2", 13.5, 16)):
        style: Any = document.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(7)
        if name != "Normal":
            style.font.color.rgb = accent_colour()


def _describe(document: WordDocument, facts: LetterFacts) -> None:
    """Write the title and the language, so that a screen reader knows both."""
    about = document.core_properties
    about.title = drawable(f"{facts.title}, {facts.kind.lower()}")[:255]
    about.author, about.last_modified_by = drawable(facts.partnership)[:255], ""
    about.comments = about.keywords = about.subject = about.category = ""
    about.language = "en-GB"
    about.created = about.modified = facts.made_at.astimezone(UTC).replace(tzinfo=None)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def letter_starter(partnership: str) -> bytes:
    """Return a document to begin with: the plain layout, with placeholders where a letter has its own words."""
    document = Document()
    _set_look(document)
    put_words(document.add_paragraph(), partnership, bold=True)
    put_words(document.add_paragraph(), "{{ letter }}")
    put_words(document.sections[0].footer.paragraphs[0], "{{ organisation }}, {{ cycle }}. {{ date }}")
    file = BytesIO()
    document.save(file)
    return file.getvalue()
