"""The OpenDocument spreadsheet: typed cells, whole texts, no formula, and a file that its format allows."""

import io
import zipfile

import pytest
from defusedxml.ElementTree import fromstring

from section11.reports.figures import figures_of
from section11.reports.open_data import open_data_of
from section11.workbooks.ods import ODS_TYPE, write_ods
from tests.unit.figure_builders import POLICE, a_cycle, a_return, four_organisations, published_matrix, rated

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
HOSTILE = [
    "=1+1",
    "-2+3",
    "@SUM(A1)",
    "<b>&amp;</b>",
    "]]>",
    "two\nlines",
    "\tafter a tab",
    "three   spaces",
    "  at the start and the end  ",
    "👩🏽‍🏫" * 10,
    "x" * 40_000,
]


def file_of(collated):
    return write_ods(open_data_of(collated, figures_of(collated)))


def part(file, name):
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return archive.read(name)


def sheets_of(file):
    root = fromstring(part(file, "content.xml"))
    return {
        sheet.get(f"{TABLE}name"): [list(row.iter(f"{TABLE}table-cell")) for row in sheet.iter(f"{TABLE}table-row")]
        for sheet in root.iter(f"{TABLE}table")
    }


def words_in(cell):
    """Return the text of a cell as a program shows it."""
    lines = []
    for paragraph in cell.iter(f"{TEXT}p"):
        line = paragraph.text or ""
        for child in paragraph:
            line += {"s": " ", "tab": "\t"}[child.tag.removeprefix(TEXT)] + (child.tail or "")
        lines.append(line)
    return "\n".join(lines)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_a_cell_of_text_whole_and_unchanged_and_never_a_formula(text):
    file = file_of(a_cycle(a_return("Police", POLICE, [rated("S1.1", "fully", evidence=text)])))

    cells = [cell for row in sheets_of(file)["Answers"] for cell in row if words_in(cell) == text]

    assert [cell.get(f"{OFFICE}value-type") for cell in cells] == ["string"]
    assert b"table:formula" not in part(file, "content.xml")


def test_control_characters_do_not_break_the_file():
    file = file_of(a_cycle(a_return("Po\x00lice\x0b", POLICE, [rated("S1.1", "fully", evidence="a\x08b\ufffe")])))

    assert words_in(sheets_of(file)["Organisations"][1][1]) == "Police"


@pytest.mark.parametrize("build", [four_organisations, published_matrix, a_cycle])
def test_every_row_of_every_table_is_there_under_its_headings(build):
    collated = build()
    data = open_data_of(collated, figures_of(collated))
    sheets = sheets_of(write_ods(data))

    assert list(sheets) == ["Contents", *(table.title for table in data.tables)]
    for table in data.tables:
        headings, *rows = sheets[table.title]
        assert [words_in(cell) for cell in headings] == [one.title for one in table.fields]
        assert len(rows) == len(table.rows)
        assert all(len(row) == len(table.fields) for row in rows)


def test_numbers_dates_and_truth_are_typed():
    sheets = sheets_of(file_of(four_organisations()))
    headings = [words_in(cell) for cell in sheets["Returns"][0]]
    rows = [dict(zip(headings, row, strict=True)) for row in sheets["Returns"][1:]]
    row = next(row for row in rows if words_in(row["Timing"]) == "Returned on time")

    assert row["Signed"].get(f"{OFFICE}date-value") == "2026-09-28T15:30:00"
    assert row["Counts"].get(f"{OFFICE}boolean-value") == "true"
    assert row["n"].get(f"{OFFICE}value-type") == "float"


def test_the_file_begins_with_what_it_is_and_lists_its_parts():
    file = file_of(four_organisations())
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype").decode() == ODS_TYPE
        listed = fromstring(archive.read("META-INF/manifest.xml"))
        names = {one.get("{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}full-path") for one in listed}
        assert names == {"/", *archive.namelist()} - {"mimetype", "META-INF/manifest.xml"}
