"""What a letter is made of: headings, paragraphs, lists and tables of plain text, the same for PDF, Word and screen."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NOT_DRAWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` is 1 or 2."""

    words: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; its lines stay lines."""

    words: str

    @property
    def leads(self) -> bool:
        """Whether it leads to what comes next, so that the two stand together on a page."""
        return self.words.endswith(":")


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing told in a few lines: a title, and under it pairs of a label and words. Pairs without words are left
    out where it is drawn.
    """

    title: str
    facts: tuple[tuple[str, str], ...]

    @property
    def told(self) -> tuple[tuple[str, str], ...]:
        return tuple((label, words) for label, words in self.facts if words.strip())


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has as many cells as ``head``."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Bullets | Entry | Table


@dataclass(frozen=True, slots=True)
class Part:
    """What a placeholder stands for that is more than words. It is false when there is nothing to tell; then
    ``otherwise`` says so.
    """

    blocks: tuple[Block, ...]
    otherwise: str

    def __bool__(self) -> bool:
        return bool(self.blocks)

    @property
    def shown(self) -> tuple[Block, ...]:
        return self.blocks or (Paragraph(self.otherwise),)


def drawable(text: str) -> str:
    """Return a text without the characters that neither Word nor a font knows, and with one kind of line end."""
    return _NOT_DRAWABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def column_widths(table: Table) -> list[float]:
    """Return how wide the columns are beside each other: by the text in them, and none much wider than another."""
    longest = [max(len(row[column]) for row in (table.head, *table.rows)) for column in range(len(table.head))]
    return [float(min(max(length, 10), 36)) for length in longest]
