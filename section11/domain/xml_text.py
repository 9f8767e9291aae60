"""Which characters may stand in an XML file: Office files are made of XML, and one wrong character spoils them."""

from __future__ import annotations

import re

_NOT_ALLOWED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def without_forbidden_characters(text: str) -> str:
    """Return the text without control characters and halves of characters; tabs and line ends stay."""
    return _NOT_ALLOWED.sub("", text)
