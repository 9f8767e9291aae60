"""A partnership's own Word document as the template of its letters: checked when it comes in, filled in for each."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from section11.errors import BadInputError
from section11.reports.letter_blocks import Block, Part, drawable
from section11.reports.letter_wording import Values, compiled, filled_words
from section11.reports.word_blocks import word_elements
from section11.reports.word_safety import open_document_safely

LETTER = "letter"
"""The placeholder of the whole wording."""
NO_PLACEHOLDER = (
    "This document has no placeholder, so every organisation would get the same letter. "
    "Write {{ letter }} in a paragraph of its own, where the letter is to stand."
)
_PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_AROUND = " \t\n\u00a0"


class WordTemplate:
    """A document whose placeholders are known to be right.

    ``{{ letter }}`` and those that stand for a table or list need a paragraph of their own in the document's body;
    those that stand for words may be anywhere, in headers and footers too.
    """

    def __init__(self, content: bytes, *, words: Collection[str], parts: Collection[str]) -> None:
        """Check a document.

        Args:
            words: The placeholders that stand for words.
            parts: Those that stand for a table or a list.

        Raises:
            NotOurFileError: it is no document that can be taken.
            BadInputError: a placeholder is wrong; one sentence names it and its paragraph.
        """
        self._content, self._parts = content, {*parts, LETTER}
        document = open_document_safely(content)
        names = {*words, *self._parts}
        count = 0
        for number, paragraph in enumerate(_paragraphs_of(document), start=1):
            said = _said(paragraph)
            if "{" not in said and "}" not in said:
                continue
            compiled(said, names, place=f"Paragraph {number}, line")
            if _PLACEHOLDER.sub("", said).count("{{") or "{%" in said:
                raise BadInputError(
                    f"Paragraph {number}: “{said.strip()[:60]}” has more than placeholders. Use such as "
                    "{{ organisation }} alone here; the wording may have {% if … %}."
                )
            used = _PLACEHOLDER.findall(said)
            count += len(used)
            self._check_stands_alone(document, paragraph, number, said, used)
        if not count:
            raise BadInputError(NO_PLACEHOLDER)

    def filled(self, values: Values, letter: Sequence[Block]) -> WordDocument:
        """Return a new document with every placeholder filled in; ``letter`` stands in place of ``{{ letter }}``."""
        document = Document(BytesIO(self._content))
        every: dict[str, str | Part] = {**values, LETTER: Part(tuple(letter), "")}
        for paragraph in list(_paragraphs_of(document)):
            said = _said(paragraph)
            if "{{" not in said:
                continue
            alone = _PLACEHOLDER.fullmatch(said.strip(_AROUND))
            value = every[alone[1]] if alone else ""
            if isinstance(value, Part):
                _put_blocks(document, paragraph, value.shown)
            else:
                _put_words(paragraph, {name: words for name, words in every.items() if isinstance(words, str)})
        return document

    def _check_stands_alone(
        self, document: WordDocument, paragraph: Any, number: int, said: str, used: list[str]
    ) -> None:
        for name in used:
            if name not in self._parts:
                continue
            in_body = paragraph.getparent() is document.element.body
            if not in_body or not _PLACEHOLDER.fullmatch(said.strip(_AROUND)):
                raise BadInputError(
                    f"Paragraph {number}: {{{{ {name} }}}} stands for more than words. Give it a paragraph of its own, "
                    "outside tables, text boxes, headers and footers."
                )


def _paragraphs_of(document: WordDocument) -> Iterator[Any]:
    """Yield every paragraph: of the body with its tables and text boxes, then of headers and footers."""
    yield from document.element.body.iter(qn("w:p"))
    seen: set[int] = set()
    for section in document.sections:
        for part in (
            section.header, section.first_page_header, section.even_page_header,
            section.footer, section.first_page_footer, section.even_page_footer,
        ):  # fmt: skip
            if not part.is_linked_to_previous and id(part._element) not in seen:
                seen.add(id(part._element))
                yield from part._element.iter(qn("w:p"))


def _texts_of(paragraph: Any) -> list[Any]:
    """Return the text elements of a paragraph itself, and not of a text box that hangs on it."""
    return [one for one in paragraph.iter(qn("w:t")) if next(one.iterancestors(qn("w:p"))) is paragraph]


def _said(paragraph: Any) -> str:
    return "".join(one.text or "" for one in _texts_of(paragraph))


def _put_words(paragraph: Any, words: dict[str, str]) -> None:
    """Fill in the placeholders of a paragraph. Each keeps the look of the letters it began with."""
    texts = _texts_of(paragraph)
    # From the last to the first, so that the places of those before stay right.
    for found in reversed(list(_PLACEHOLDER.finditer(_said(paragraph)))):
        _put(texts, found.start(), found.end(), filled_words(compiled(found[0], words), words))


def _put(texts: list[Any], start: int, end: int, words: str) -> None:
    """Write words in place of the letters from ``start`` to ``end``, counted over all the text elements."""
    position = 0
    is_written = False
    for one in texts:
        old = one.text or ""
        first, last = max(start - position, 0), min(end - position, len(old))
        position += len(old)
        if first >= last:
            continue
        one.text = old[:first] + ("" if is_written else " ".join(drawable(words).split())) + old[last:]
        one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        is_written = True


def _put_blocks(document: WordDocument, paragraph: Any, blocks: Sequence[Block]) -> None:
    for element in word_elements(document, blocks):
        paragraph.addprevious(element)
    paragraph.getparent().remove(paragraph)
