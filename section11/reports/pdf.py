"""PDF files from the templates in ``exports/templates``: tagged, in English, and free of markup from people's texts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import typst

from section11.config import PROJECT_DIR

if TYPE_CHECKING:
    from typst import PDFStandard

TEMPLATES_DIR = PROJECT_DIR / "exports" / "templates"
ACCESSIBLE: PDFStandard = "ua-1"
"""PDF/UA-1, the standard for PDF that assistive technology can read."""
_NO_FONT_HAS_IT = "PDF/UA-1 error: the text"
"""Begins what the compiler says of a character that no font can draw, which the standard does not allow."""


def pdf_of(template: str, data: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """Return a template filled with data, as the bytes of a tagged PDF.

    The file claims PDF/UA-1, unless a text has a character that no font here can draw: then it has the same
    tags and shows a box in that place. Fonts come with the compiler, so every machine makes the same pages.
    Any other fault is one of the template, and raises ``typst.TypstError``.

    Args:
        template: The file's name in ``exports/templates``.
        data: What the template reads, ready for JSON.
        made_at: Written into the file, with a time zone.
    """
    words = json.dumps(data, ensure_ascii=False).encode(errors="replace").decode()  # half a character becomes "?"
    try:
        return _compiled(template, words, made_at, [ACCESSIBLE])
    except typst.TypstError as error:
        if not error.message.startswith(_NO_FONT_HAS_IT):
            raise
        return _compiled(template, words, made_at, [])


def _compiled(template: str, data: str, made_at: datetime, standards: list[PDFStandard]) -> bytes:
    return typst.compile(
        TEMPLATES_DIR / template,
        root=TEMPLATES_DIR,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        format="pdf",
        pdf_standards=standards,
        timestamp=int(made_at.timestamp()),
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
