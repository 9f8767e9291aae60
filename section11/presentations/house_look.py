"""The look of slides where a partnership has no template of its own: wide and plain, dark blue titles, Arial."""

from __future__ import annotations

from typing import Any

from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.util import Emu, Inches, Length

from section11.reports.palette import ACCENT

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
MARGIN = Inches(0.6)
FONT = "Arial"
TITLE, BODY = 0, 1
"""The numbers of the two placeholders in the layouts that are kept."""
_KEPT_LAYOUTS = ("Title Slide", "Title and Content")
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FROM_TOP: dict[tuple[str, int], tuple[Length, Length]] = {
    ("Title Slide", TITLE): (Inches(1.9), Inches(1.5)),
    ("Title Slide", BODY): (Inches(3.6), Inches(2.9)),
    ("Title and Content", TITLE): (Inches(0.35), Inches(0.95)),
    ("Title and Content", BODY): (Inches(1.4), Inches(5.4)),
}
"""Top and height of each placeholder."""


def house_deck() -> Deck:
    """Return a presentation without slides, with a layout for the first slide and one for all others."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    for layout in list(deck.slide_layouts):
        if layout.name not in _KEPT_LAYOUTS:
            deck.slide_layouts.remove(layout)
            continue
        holders: Any = layout.placeholders
        for holder in holders:
            box = _FROM_TOP.get((layout.name, holder.placeholder_format.idx))
            if box is not None:
                holder.left, holder.width = MARGIN, Emu(WIDTH - 2 * MARGIN)
                holder.top, holder.height = box
                _left_and_dark(holder.element)
    _style_titles(deck.slide_master.element)
    _colour_theme(deck)
    return deck


def _left_and_dark(holder: Any) -> None:
    """Take away what a layout says about centring and grey text, so that the master's style holds."""
    for level in holder.iter(f"{_DRAWING}lvl1pPr"):
        level.set("algn", "l")
        for fill in list(level.iter(f"{_DRAWING}solidFill")):
            fill.getparent().remove(fill)


def _style_titles(master: Any) -> None:
    """Make titles bold, dark blue and left; python-pptx has no way to a master's styles but their XML."""
    for level in master.iter(f"{_DRAWING}lvl1pPr"):
        if not level.getparent().tag.endswith("titleStyle"):
            continue
        level.set("algn", "l")
        run = level.find(f"{_DRAWING}defRPr")
        run.set("sz", "3200")
        run.set("b", "1")
        for colour in run.iter(f"{_DRAWING}schemeClr"):
            colour.set("val", "accent1")


def _colour_theme(deck: Deck) -> None:
    """Name the font and the accent in the theme, so that charts and tables follow them too."""
    for relation in deck.slide_master.part.rels.values():
        if relation.reltype.endswith("/theme"):
            part: Any = relation.target_part
            blob: bytes = part.blob
            blob = blob.replace(b'typeface="Calibri"', f'typeface="{FONT}"'.encode())
            part._blob = blob.replace(b"4F81BD", ACCENT.lstrip("#").encode())
