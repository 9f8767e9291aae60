"""A partnership's own template is refused in one sentence when it is anything but a plain presentation."""

import zipfile
from io import BytesIO

import pytest
from pptx import Presentation

from section11.errors import NotOurFileError
from section11.presentations import own_template
from section11.presentations.own_template import own_deck
from tests.small_files import KEPT, OLE, PROGRAM, a_template, an_archive, with_parts

LINK = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="https://elsewhere.example/x" TargetMode="External"/></Relationships>'
)
ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'


def part_of(content, name):
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


def with_macros():
    types = part_of(a_template(), "[Content_Types].xml")
    return with_parts(
        a_template(),
        **{"[Content_Types].xml": types.replace("presentationml.presentation.main", "ms-powerpoint.macroEnabled.main")},
    )


def without_titles():
    deck = Presentation(BytesIO(a_template(slides=0)))
    for layout in list(deck.slide_layouts):
        if layout.name != "Blank":
            deck.slide_layouts.remove(layout)
    made = BytesIO()
    deck.save(made)
    return made.getvalue()


def a_bomb():
    return with_parts(a_template(), **{"ppt/media/image1.bmp": b"\0" * 120_000_000})


REFUSED = {
    "nothing": (b"", own_template.EMPTY),
    "more than 10 MB": (b"PK" + b"x" * (10 * 1024 * 1024), own_template.TOO_LARGE),
    "a password or an old file": (OLE, own_template.LOCKED),
    "a program": (PROGRAM, own_template.NOT_POWERPOINT),
    "a document": (KEPT["policy.docx"], own_template.NOT_POWERPOINT),
    "a zip archive": (an_archive({"a.txt": "a"}), own_template.NOT_POWERPOINT),
    "cut off": (a_template()[:2000], own_template.DAMAGED),
    "damaged": (with_parts(a_template(), **{"ppt/presentation.xml": "<broken"}), own_template.DAMAGED),
    "hardly anything": (an_archive({"ppt/presentation.xml": "<x/>"}), own_template.DAMAGED),
    "macros": (with_parts(a_template(), **{"ppt/vbaProject.bin": b"x"}), own_template.HAS_MACROS),
    "macros by its type": (with_macros(), own_template.HAS_MACROS),
    "controls": (with_parts(a_template(), **{"ppt/activeX/activeX1.xml": "<x/>"}), own_template.HAS_MACROS),
    "an embedded object": (
        with_parts(a_template(), **{"ppt/embeddings/oleObject1.bin": b"x"}),
        own_template.HAS_MACROS,
    ),
    "a picture from elsewhere": (
        with_parts(a_template(), **{"ppt/slideMasters/_rels/extra.xml.rels": LINK.format("image")}),
        own_template.HAS_LINKS,
    ),
    "entities": (with_parts(a_template(), **{"ppt/tableStyles.xml": ENTITIES}), own_template.HAS_ENTITIES),
    "a bomb": (a_bomb(), own_template.UNPACKS_TOO_LARGE),
    "no title": (without_titles(), own_template.NO_TITLE),
}


@pytest.mark.parametrize(("content", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_plain_presentation_is_refused_with_one_sentence(content, sentence):
    with pytest.raises(NotOurFileError) as refused:
        own_deck(content)

    assert refused.value.user_message == sentence


def test_a_link_that_somebody_may_click_is_no_reason_to_refuse():
    content = with_parts(a_template(), **{"ppt/slideMasters/_rels/extra.xml.rels": LINK.format("hyperlink")})

    assert len(own_deck(content).slide_layouts) == 11


def test_a_template_loses_its_slides():
    assert len(own_deck(a_template(slides=3)).slides) == 0
