"""A partnership's own PowerPoint template: checked before it is opened, and refused in one sentence."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout

from section11.domain.archives import has_locked_parts, unpacks_too_large
from section11.errors import NotOurFileError

LARGEST_TEMPLATE = 10 * 1024 * 1024
_OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

EMPTY = "This file is empty. Save the template again and choose that file."
TOO_LARGE = "This template is too large: at most 10 MB. Make its pictures smaller, save it and choose it again."
NOT_POWERPOINT = (
    "This is not a PowerPoint presentation. Save it from PowerPoint as “PowerPoint Presentation (.pptx)” and choose "
    "that file."
)
LOCKED = (
    "This file is protected with a password, or is an old PowerPoint file (.ppt). Save it without a password as "
    "“PowerPoint Presentation (.pptx)” and choose that file."
)
UNPACKS_TOO_LARGE = "This file unpacks to more than can be read here. Save a copy without large pictures and choose it."
HAS_MACROS = (
    "This file has macros or controls in it, so it was not opened. Save it as “PowerPoint Presentation (.pptx)”, "
    "without them, and choose that file."
)
HAS_LINKS = (
    "This file fetches pictures or data from elsewhere. Break the links in PowerPoint (File, Info, Edit links), save "
    "it and choose it again."
)
HAS_ENTITIES = "This file holds definitions that no presentation needs, so it was not opened. Save it in PowerPoint."
DAMAGED = "This file is damaged and cannot be read. Open it in PowerPoint, save it again and choose that file."
NO_TITLE = "This file has no slide layout with a title. Add one in PowerPoint (View, Slide master) and choose it again."

_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_TEXTS = (PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.SUBTITLE)
_OUTSIDE = re.compile(rb'<(?:\w+:)?Relationship\b[^>]*TargetMode\s*=\s*["\']External["\'][^>]*>')
_ACTIVE_PARTS = re.compile(r"vbaProject|vbaData|/activeX/|/embeddings/.*\.bin$|/ctrlProps/", re.IGNORECASE)


def own_deck(content: bytes) -> Deck:
    """Return the template as a presentation without slides.

    Raises:
        NotOurFileError: it is empty, too large, no presentation, damaged, has macros, fetches something from elsewhere,
            or has no layout with a title. The sentence says which, and what to do.
    """
    _check(content)
    try:
        deck = Presentation(BytesIO(content))
        _drop_slides(deck)
        layouts = layouts_of(deck)
    except ValueError as error:  # another kind of Office file
        raise NotOurFileError(NOT_POWERPOINT) from error
    except Exception as error:  # python-pptx raises almost anything on a file that is not what it seems
        raise NotOurFileError(DAMAGED) from error
    if layouts is None:
        raise NotOurFileError(NO_TITLE)
    return deck


def layouts_of(deck: Deck) -> tuple[SlideLayout, SlideLayout] | None:
    """Return the layouts of the first slide and of all others; None where no layout has a title."""
    titled = [layout for layout in deck.slide_layouts if _kinds(layout) & set(_TITLES)]
    if not titled:
        return None
    opening = next((one for one in titled if PP_PLACEHOLDER.CENTER_TITLE in _kinds(one)), titled[0])
    others = [one for one in titled if PP_PLACEHOLDER.TITLE in _kinds(one)] or titled
    # The one with the least on it that still has room for text.
    with_text = [one for one in others if _kinds(one) & set(_TEXTS)]
    return opening, min(with_text or others, key=lambda one: len(_kinds_in_order(one)))


def _kinds_in_order(layout: SlideLayout) -> list[PP_PLACEHOLDER]:
    quiet = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
    holders: Any = layout.placeholders
    return [one.placeholder_format.type for one in holders if one.placeholder_format.type not in quiet]


def _kinds(layout: SlideLayout) -> set[PP_PLACEHOLDER]:
    return set(_kinds_in_order(layout))


def _check(content: bytes) -> None:
    if not content:
        raise NotOurFileError(EMPTY)
    if len(content) > LARGEST_TEMPLATE:
        raise NotOurFileError(TOO_LARGE)
    if content.startswith(_OLE_START):
        raise NotOurFileError(LOCKED)
    if not content.startswith(b"PK"):
        raise NotOurFileError(NOT_POWERPOINT)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_archive(archive, len(content))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise NotOurFileError(DAMAGED) from error


def _check_archive(archive: zipfile.ZipFile, zipped_size: int) -> None:
    parts = archive.infolist()
    if unpacks_too_large(parts, zipped_size):
        raise NotOurFileError(UNPACKS_TOO_LARGE)
    if has_locked_parts(parts):
        raise NotOurFileError(LOCKED)
    names = [part.filename for part in parts]
    if "ppt/presentation.xml" not in names:
        raise NotOurFileError(NOT_POWERPOINT)
    if any(_ACTIVE_PARTS.search(f"/{name}") for name in names) or b"macroEnabled" in _read(archive, names):
        raise NotOurFileError(HAS_MACROS)
    for name in names:
        if name.endswith(".rels") and any(b"/hyperlink" not in one for one in _OUTSIDE.findall(archive.read(name))):
            raise NotOurFileError(HAS_LINKS)
        if name.endswith((".xml", ".rels")):
            _refuse_entities(archive, name)


def _read(archive: zipfile.ZipFile, names: list[str]) -> bytes:
    return archive.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""


def _refuse_entities(archive: zipfile.ZipFile, name: str) -> None:
    with archive.open(name) as part:
        try:
            next(iter(iterparse(part, events=("start",), forbid_dtd=True)), None)
        except DefusedXmlException as error:
            raise NotOurFileError(HAS_ENTITIES) from error
        except (ParseError, ValueError, LookupError) as error:
            raise NotOurFileError(DAMAGED) from error


def _drop_slides(deck: Deck) -> None:
    """Take out the slides a template came with; python-pptx has no way of its own."""
    ids = deck.slides._sldIdLst
    for slide_id in list(ids):
        deck.part.drop_rel(slide_id.rId)
        ids.remove(slide_id)
