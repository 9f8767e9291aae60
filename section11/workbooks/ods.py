"""Open data as an OpenDocument spreadsheet (ODS): one sheet for each table, typed cells, filters and frozen headings.

Written as XML by hand: it is streamed, so that a large partnership needs little memory, and a text is always a cell of
text, so that none becomes a formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from section11.domain.xml_text import without_forbidden_characters
from section11.reports.data_tables import CellValue, DataTable, Field, FieldType
from section11.reports.open_data import OpenData
from section11.reports.open_data_json import as_text

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
CONTENTS = "Contents"
_LONG_TEXTS = {"text", "evidence", "impact", "reason", "what", "completion", "change", "meaning", "value"}
_NARROW, _WIDE = "narrow", "wide"

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in (
        ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
        ("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
        ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
        ("style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
        ("number", "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"),
        ("fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
        ("config", "urn:oasis:names:tc:opendocument:xmlns:config:1.0"),
        ("manifest", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"),
        ("meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("ooo", "http://openoffice.org/2004/office"),
    )
)
_VERSION = 'office:version="1.3"'
_BEGIN = '<?xml version="1.0" encoding="UTF-8"?>'

_STYLES = """<office:automatic-styles>
<number:date-style style:name="N1"><number:day/><number:text> </number:text><number:month number:style="long"
 number:textual="true"/><number:text> </number:text><number:year number:style="long"/></number:date-style>
<number:date-style style:name="N2"><number:year number:style="long"/><number:text>-</number:text><number:month
 number:style="long"/><number:text>-</number:text><number:day number:style="long"/><number:text> </number:text>
<number:hours number:style="long"/><number:text>:</number:text><number:minutes number:style="long"/></number:date-style>
<style:style style:name="narrow" style:family="table-column"><style:table-column-properties
 style:column-width="3.2cm"/></style:style>
<style:style style:name="wide" style:family="table-column"><style:table-column-properties
 style:column-width="9cm"/></style:style>
<style:style style:name="heading" style:family="table-cell"><style:table-cell-properties fo:background-color="#1d4f73"
 fo:wrap-option="wrap"/><style:text-properties fo:font-weight="bold" fo:color="#ffffff"/></style:style>
<style:style style:name="title" style:family="table-cell"><style:text-properties fo:font-weight="bold"
 fo:font-size="16pt"/></style:style>
<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties fo:wrap-option="wrap"
 style:vertical-align="top"/></style:style>
<style:style style:name="day" style:family="table-cell" style:data-style-name="N1"><style:table-cell-properties
 style:vertical-align="top"/></style:style>
<style:style style:name="moment" style:family="table-cell" style:data-style-name="N2"><style:table-cell-properties
 style:vertical-align="top"/></style:style>
</office:automatic-styles>"""


def write_ods(data: OpenData) -> bytes:
    """Return the spreadsheet. Texts are complete and unchanged, but for control characters no XML may hold."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        # The format asks that this stands first and as it is, so that a program knows the file by its first bytes.
        archive.writestr("mimetype", ODS_TYPE, ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _manifest())
        archive.writestr("meta.xml", _meta(data))
        archive.writestr("settings.xml", _settings(data))
        with archive.open("content.xml", "w") as content:
            for part in _content(data):
                content.write(part.encode("utf-8"))
    return stream.getvalue()


def _content(data: OpenData) -> Iterator[str]:
    yield f"{_BEGIN}<office:document-content {_NAMESPACES} {_VERSION}>{_STYLES}<office:body><office:spreadsheet>"
    yield from _contents_sheet(data)
    for table in data.tables:
        yield from _sheet(table)
    yield "<table:database-ranges>"
    for number, table in enumerate(data.tables):
        corner = f"{_column(len(table.fields))}{len(table.rows) + 1}"
        area = quoteattr(f"'{table.title}'.A1:'{table.title}'.{corner}")
        yield (
            f'<table:database-range table:name="__Anonymous_Sheet_DB__{number + 1}" table:target-range-address={area} '
            'table:display-filter-buttons="true"/>'
        )
    yield "</table:database-ranges></office:spreadsheet></office:body></office:document-content>"


def _contents_sheet(data: OpenData) -> Iterator[str]:
    lines: list[Sequence[str]] = [
        [data.title],
        [data.source],
        [f"Taken {as_text(data.taken_at)} (UTC)."],
        [],
        *([table.title, table.about] for table in data.tables),
    ]
    yield f'<table:table table:name="{CONTENTS}"><table:table-column table:style-name="narrow"/>'
    yield '<table:table-column table:style-name="wide"/>'
    for number, line in enumerate(lines):
        style = "title" if number == 0 else "cell" if len(line) > 1 else ""
        cells = "".join(_text_cell(words, style) for words in line) or "<table:table-cell/>"
        yield f"<table:table-row>{cells}</table:table-row>"
    yield "</table:table>"


def _sheet(table: DataTable) -> Iterator[str]:
    yield f"<table:table table:name={quoteattr(table.title)}>"
    for one in table.fields:
        width = _WIDE if one.name in _LONG_TEXTS else _NARROW
        yield f'<table:table-column table:style-name="{width}"/>'
    headings = "".join(_text_cell(one.title, "heading") for one in table.fields)
    yield f"<table:table-header-rows><table:table-row>{headings}</table:table-row></table:table-header-rows>"
    for row in table.rows:
        cells = "".join(_cell(one, value) for one, value in zip(table.fields, row, strict=True))
        yield f"<table:table-row>{cells}</table:table-row>"
    yield "</table:table>"


def _cell(column: Field, value: CellValue) -> str:
    match value:
        case None:
            return "<table:table-cell/>"
        case bool():
            word = "true" if value else "false"
            return _typed("boolean", f'office:boolean-value="{word}"', word.upper(), "cell")
        case datetime():
            return _typed("date", f'office:date-value="{as_text(value).removesuffix("Z")}"', as_text(value), "moment")
        case date():
            return _typed("date", f'office:date-value="{as_text(value)}"', as_text(value), "day")
        case str():
            words = column.values.get(value, value) if column.type is FieldType.STRING else value
            return _text_cell(words, "cell")
        case _:
            return _typed("float", f'office:value="{value!r}"', repr(value), "cell")


def _typed(kind: str, value: str, shown: str, style: str) -> str:
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="{kind}" {value}>'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def _text_cell(words: str, style: str) -> str:
    styled = f' table:style-name="{style}"' if style else ""
    paragraphs = "".join(
        f"<text:p>{_spaced(line)}</text:p>" for line in without_forbidden_characters(words).splitlines() or [""]
    )
    return f'<table:table-cell{styled} office:value-type="string">{paragraphs}</table:table-cell>'


def _spaced(line: str) -> str:
    """Return a line in which no space is lost: the format reads several as one."""
    written: list[str] = []
    for number, part in enumerate(escape(line).split("\t")):
        if number:
            written.append("<text:tab/>")
        words = part.split(" ")
        for place, word in enumerate(words):
            if place:
                written.append("<text:s/>" if not words[place - 1] or not word else " ")
            written.append(word)
    return "".join(written)


def _column(number: int) -> str:
    """Return ``A`` for 1 and ``AB`` for 28."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _manifest() -> str:
    files = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in ("content.xml", "meta.xml", "settings.xml")
    )
    return (
        f'{_BEGIN}<manifest:manifest {_NAMESPACES} manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{ODS_TYPE}"/>'
        f"{files}</manifest:manifest>"
    )


def _meta(data: OpenData) -> str:
    taken = as_text(data.taken_at).removesuffix("Z")
    return (
        f"{_BEGIN}<office:document-meta {_NAMESPACES} {_VERSION}><office:meta>"
        f"<dc:title>{escape(without_forbidden_characters(data.title))}</dc:title>"
        f"<dc:description>{escape(without_forbidden_characters(data.source))}</dc:description><dc:language>en-GB</dc:language>"
        f"<meta:creation-date>{taken}</meta:creation-date></office:meta></office:document-meta>"
    )


def _settings(data: OpenData) -> str:
    """Keep the row of headings in sight while the rest is scrolled."""
    frozen = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(table.title)}>"
        + "".join(
            f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'
            for name, kind, value in (
                ("HorizontalSplitMode", "short", 0),
                ("VerticalSplitMode", "short", 2),
                ("HorizontalSplitPosition", "int", 0),
                ("VerticalSplitPosition", "int", 1),
                ("ActiveSplitRange", "short", 2),
                ("PositionBottom", "int", 1),
            )
        )
        + "</config:config-item-map-entry>"
        for table in data.tables
    )
    return (
        f"{_BEGIN}<office:document-settings {_NAMESPACES} {_VERSION}><office:settings>"
        '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">'
        '<config:config-item-map-entry><config:config-item config:name="ViewId" config:type="string">view1'
        '</config:config-item><config:config-item-map-named config:name="Tables">'
        f"{frozen}</config:config-item-map-named>"
        f'<config:config-item config:name="ActiveTable" config:type="string">{CONTENTS}</config:config-item>'
        "</config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )
