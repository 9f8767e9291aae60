"""The board pack as plain data that templates draw: the PDF and the web page read the same."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from section11.reports.board_charts import drawn
from section11.reports.board_pack import NUMBERS, BoardPack, Cell, CellKind, PackPage, PackTable, words_in_cell
from section11.reports.palette import ACCENT
from section11.reports.results import LEVEL_SHADES, Level

View = dict[str, Any]

LEVELS_IN_A_GRID: dict[str, str] = {
    Level.STRONG: "Strong",
    Level.MIXED: "Mixed",
    Level.WEAK: "Weak",
    Level.NOT_APPLICABLE: "N/A",
    Level.NOT_ASKED: "Not asked",
    Level.NOT_RETURNED: "–",
}
"""Short, as a grid has many columns."""


def facts_of(pack: BoardPack) -> list[tuple[str, str]]:
    """Return what stands on the first page, as names and words."""
    facts = [
        ("Partnership", pack.partnership_name),
        ("Cycle", pack.cycle_name),
        ("Returns", pack.source),
        ("Figures taken", pack.taken),
        ("Pack", pack.standing),
    ]
    return [(name, words) for name, words in facts if words]


def fingerprint_words(fingerprint: str) -> str:
    """Return what is printed of a final pack's fingerprint; nothing for a draft."""
    return f"Fingerprint of the final content (SHA-256): {fingerprint}" if fingerprint else ""


def footer_of(pack: BoardPack, fingerprint: str) -> str:
    """Return the line at the foot of every page."""
    ending = f". Fingerprint {fingerprint[:12]}…" if fingerprint else ""
    demo = "Demonstration, fictional data. " if pack.is_demo else ""
    return f"{demo}{pack.standing}. Figures taken at {pack.taken}{ending}"


def view_of(pack: BoardPack, fingerprint: str) -> View:
    """Return everything a template draws, ready for JSON; nothing in it is markup."""
    return {
        "title": pack.title,
        "kind": pack.standing,
        "summary": f"Board pack of {pack.partnership_name}: {pack.title}. {pack.source}.",
        "partnership": pack.partnership_name,
        "accent": ACCENT,
        "is_demo": pack.is_demo,
        "is_final": pack.is_final,
        "facts": facts_of(pack),
        "fingerprint": fingerprint_words(fingerprint),
        "footer": footer_of(pack, fingerprint),
        "pages": [_page(page) for page in pack.pages],
    }


def _page(page: PackPage) -> View:
    table = page.table
    return {
        "key": page.key,
        "title": page.title,
        "appendix": page.appendix,
        "sentences": [one.words for one in page.sentences],
        "points": list(page.points),
        "note": page.note,
        "chart": asdict(drawn(table)) if table is not None and table.has_chart else None,
        "table": _table(table) if table is not None and table.rows else None,
        "is_grid": table is not None and bool(table.rows) and any(one.kind is CellKind.LEVEL for one in table.columns),
    }


def _table(table: PackTable) -> View:
    return {
        "title": table.title,
        "columns": [{"title": one.title, "is_number": one.kind in NUMBERS} for one in table.columns],
        "rows": [
            [_cell(cell, column.kind) for cell, column in zip(row.cells, table.columns, strict=True)]
            for row in table.rows
        ],
    }


def _cell(cell: Cell, kind: CellKind) -> View:
    shade = LEVEL_SHADES[Level(str(cell))] if kind is CellKind.LEVEL and cell is not None else None
    return {
        "words": words_in_cell(cell, kind, LEVELS_IN_A_GRID),
        "is_number": kind in NUMBERS,
        "fill": shade.fill if shade else "",
        "text": shade.text if shade else "",
    }
