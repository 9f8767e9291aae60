"""The board pack as one HTML file: slides for the room that also read as a page, with nothing fetched from anywhere."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from section11.reports.board_pack import BoardPack
from section11.reports.board_pack_views import view_of
from section11.reports.pdf import TEMPLATES_DIR

TEMPLATE = "board-pack.html"


def board_pack_html(pack: BoardPack, fingerprint: str) -> bytes:
    """Return the bytes of a file that opens without a network; ``fingerprint`` is empty for a draft."""
    page = (
        _environment()
        .get_template(TEMPLATE)
        .render(pack=view_of(pack, fingerprint), policy=content_policy(), script=_script(), style=_style())
    )
    return page.encode("utf-8", errors="replace")


def content_policy() -> str:
    """Return what the file may do, in the words of a Content-Security-Policy: its own script and style, no request."""
    digest = base64.b64encode(hashlib.sha256(_script().encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES_DIR), autoescape=True, undefined=StrictUndefined)


@cache
def _script() -> str:
    return (TEMPLATES_DIR / "board-pack.js").read_text(encoding="utf-8")


@cache
def _style() -> str:
    return (TEMPLATES_DIR / "board-pack.css").read_text(encoding="utf-8")
