"""A feedback letter as a tagged PDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from section11.domain.uk_time import long_date
from section11.reports.letter import LetterFacts
from section11.reports.letter_blocks import Block, Bullets, Entry, Heading, Paragraph, Table, column_widths, drawable
from section11.reports.palette import ACCENT
from section11.reports.pdf import pdf_of

TEMPLATE = "letter.typ"
SHORT_ENTRY = 1_200
"""Characters up to which an entry stays on one page."""
PREVIEW_NOTICE = "Preview for scrutiny. This letter has not been released to the organisation."


def letter_pdf(facts: LetterFacts, blocks: Sequence[Block]) -> bytes:
    """Return the bytes of a letter on A4."""
    data = {
        "title": drawable(facts.title),
        "kind": facts.kind,
        "summary": drawable(f"Feedback to {facts.organisation} on its return, {facts.cycle}."),
        "partnership": drawable(facts.partnership),
        "accent": ACCENT,
        "is_demo": facts.is_demo,
        "footer": drawable(f"{facts.partnership}, {long_date(facts.day)}"),
        "notice": PREVIEW_NOTICE if facts.is_preview else "",
        "blocks": [_shown(one) for one in blocks],
    }
    return pdf_of(TEMPLATE, data, made_at=facts.made_at)


def _shown(block: Block) -> dict[str, Any]:
    """Return a block as the template reads it."""
    match block:
        case Heading(words, level):
            return {"kind": "heading", "level": level, "words": drawable(words)}
        case Paragraph(words):
            return {"kind": "paragraph", "words": drawable(words), "leads": block.leads}
        case Bullets(items):
            return {"kind": "bullets", "items": [drawable(one) for one in items]}
        case Entry(title):
            facts = [[label, drawable(words)] for label, words in block.told]
            is_short = sum(len(words) for _, words in facts) < SHORT_ENTRY
            return {"kind": "entry", "title": drawable(title), "facts": facts, "may_break": not is_short}
        case Table(head, rows):
            cells = [[drawable(one) for one in row] for row in rows]
            return {"kind": "table", "head": list(head), "rows": cells, "widths": column_widths(block)}
