"""The board pack as a PDF/UA-1 file: every chart with alt text and its table."""

from __future__ import annotations

from section11.reports.board_pack import BoardPack
from section11.reports.board_pack_views import view_of
from section11.reports.pdf import pdf_of

TEMPLATE = "board-pack.typ"


def board_pack_pdf(pack: BoardPack, fingerprint: str) -> bytes:
    """Return the bytes of a tagged PDF on A4; ``fingerprint`` is empty for a draft."""
    return pdf_of(TEMPLATE, view_of(pack, fingerprint), made_at=pack.taken_at)
