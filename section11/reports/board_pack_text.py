"""A board pack as text and back: what is stored, and what its fingerprint is made of."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from section11.reports.board_pack import (
    BoardPack,
    CellKind,
    ChartKind,
    Column,
    PackPage,
    PackTable,
    Row,
    Sentence,
)
from section11.reports.palette import Shade

Json = dict[str, Any]


def text_of_pack(pack: BoardPack) -> str:
    """Return the pack as JSON with sorted keys: equal packs have equal texts."""
    return json.dumps(asdict(pack), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_moment)


def fingerprint_of(text: str) -> str:
    """Return the SHA-256 of a pack's text, in 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()


def pack_from_text(text: str) -> BoardPack:
    """Return the pack that ``text_of_pack`` made the text of."""
    data: Json = json.loads(text)
    return BoardPack(
        **data
        | {
            "due": date.fromisoformat(data["due"]),
            "taken_at": datetime.fromisoformat(data["taken_at"]),
            "pages": tuple(_page(page) for page in data["pages"]),
            "aliases": tuple((name, alias) for name, alias in data["aliases"]),
        }
    )


def _page(data: Json) -> PackPage:
    return PackPage(
        **data
        | {
            "sentences": tuple(Sentence(**one) for one in data["sentences"]),
            "points": tuple(data["points"]),
            "table": _table(data["table"]) if data["table"] else None,
        }
    )


def _table(data: Json) -> PackTable:
    return PackTable(
        **data
        | {
            "columns": tuple(_column(one) for one in data["columns"]),
            "rows": tuple(Row(tuple(one["cells"]), one["organisations"]) for one in data["rows"]),
            "chart": ChartKind(data["chart"]),
        }
    )


def _column(data: Json) -> Column:
    return Column(data["title"], CellKind(data["kind"]), Shade(**data["shade"]) if data["shade"] else None)


def _moment(value: date | datetime) -> str:
    return value.isoformat()
