"""Reading tables: what people save from Excel comes in as they see it, and a damaged file is refused."""

from datetime import date, datetime

import pytest

from section11.errors import NotOurFileError, Problem
from section11.workbooks import table_reader
from section11.workbooks.table_reader import open_table, read_table
from tests.services.import_builders import xlsx_file


def values(content: bytes) -> list[dict[str, str]]:
    return [dict(row.values) for row in read_table(content, "table.csv").rows]


@pytest.mark.parametrize(
    "content",
    [
        "name,type\r\nCafé St Mary’s,faith\r\n".encode(),
        "\ufeffname,type\nCafé St Mary’s,faith".encode(),
        "name;type\r\nCafé St Mary’s;faith\r\n".encode("cp1252"),
        "Name \t TYPE\r\nCafé St Mary’s\tfaith\r\n".encode("cp1252"),
        '"name","type"\r\n"Café St Mary’s","faith"\r\n'.encode(),
    ],
    ids=["utf-8", "utf-8 with its mark", "semicolons", "tabs and capitals", "quoted"],
)
def test_the_ways_excel_saves_a_csv_file_are_all_read(content):
    assert values(content) == [{"name": "Café St Mary’s", "type": "faith"}]


def test_a_comma_in_a_quoted_heading_does_not_decide_the_delimiter():
    assert values(b'"name, in full";type\r\nOakfield;faith\r\n') == [{"name, in full": "Oakfield", "type": "faith"}]


def test_one_column_is_a_table_too():
    assert values(b"name\r\nOakfield\r\nHill Top\r\n") == [{"name": "Oakfield"}, {"name": "Hill Top"}]


def test_rows_are_counted_as_excel_counts_them():
    table = read_table(b'name,note\r\nA,"two\r\nlines"\r\n\r\n,\r\nB,x\r\n', "table.csv")

    assert [(row["name"], row.place) for row in table.rows] == [("A", "row 2"), ("B", "row 5")]
    assert table.rows[0]["NOTE"] == "two\r\nlines"
    assert table.rows[1].place_of("note") == "row 5"


def test_a_workbook_is_read_as_a_person_sees_it():
    content = xlsx_file(
        [
            ["Name", "URN", "Share", "Due", "Seen", "Agreed", "Code"],
            [" Oakfield ", 990001.0, 0.5, date(2026, 9, 30), datetime(2026, 9, 30, 14, 2), True, "007"],  # noqa: DTZ001 - Excel knows no time zones
        ],
        title="List",
    )

    row = read_table(content, "table.xlsx").rows[0]

    assert dict(row.values) == {
        "name": "Oakfield",
        "urn": "990001",
        "share": "0.5",
        "due": "2026-09-30",
        "seen": "2026-09-30 14:02:00",
        "agreed": "yes",
        "code": "007",
    }
    assert row.place == "row 2"
    assert row.place_of("urn") == "List!B2"
    assert row.place_of("missing") == "row 2"


def test_empty_cells_read_as_empty_text():
    row = read_table(b"name,urn\r\nOakfield,\r\n", "table.csv").rows[0]
    assert (row["urn"], row["no such column"]) == ("", "")


def test_a_text_that_slipped_into_the_next_columns_is_a_problem_of_its_row():
    table = read_table(b"name,type\r\nLeisure, parks and culture,faith\r\nOakfield,faith\r\n", "table.csv")

    assert [row["name"] for row in table.rows] == ["Oakfield"]
    assert table.problems == (
        Problem(
            "row 2",
            "There is something in a column without a heading. "
            "Where a text has a comma in it, put the text in quotation marks.",
        ),
    )


def test_a_letter_that_cannot_be_read_is_a_problem_of_its_row():
    table = read_table(b"name\r\nCaf\x81\r\n", "table.csv")
    message = 'A letter in the column "name" cannot be read. Save the file as "CSV UTF-8".'
    assert table.problems == (Problem("row 2", message),)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "table.csv is empty"),
        (b"\xef\xbb\xbf\r\n,,\r\n", "table.csv is empty"),
        (b"%PDF-1.7 ...", "neither a CSV file nor an Excel workbook"),
        ("name,type\r\n".encode("utf-16"), "neither a CSV file nor an Excel workbook"),
        (b"name,NAME\r\n", 'The heading "name" stands twice'),
        (b'name,type\r\n"Oakfield,faith\r\nHill Top,faith\r\n', "Row 2 of this file cannot be read"),
        (b"PK\x03\x04 and then nothing", "incomplete"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old Excel file"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(content, says):
    with pytest.raises(NotOurFileError, match=says):
        read_table(content, "table.csv")


def test_an_empty_workbook_is_refused():
    with pytest.raises(NotOurFileError, match="empty"):
        read_table(xlsx_file([]), "table.xlsx")


@pytest.mark.parametrize("content", [b"n\r\n1\r\n2\r\n3\r\n", xlsx_file([["n"], [1], [2], [3]])])
def test_more_rows_than_can_be_kept_are_refused_not_cut_off(content, monkeypatch):
    monkeypatch.setattr(table_reader, "MOST_ROWS", 2)
    with pytest.raises(NotOurFileError, match="more than 2 rows"):
        read_table(content, "table.csv")


def test_headings_are_compared_with_what_the_import_knows():
    table = open_table(b"name,typ,colour\r\n", "table.csv")

    assert table.heading_problems(required=("name", "type"), optional=("urn",)) == [
        Problem("row 1", 'The column "type" is missing. Add it.'),
        Problem("row 1", 'The column "typ" is not known. Did you mean "type"?'),
        Problem("row 1", 'The column "colour" is not known. Use: name, type, urn.'),
    ]


def test_a_table_of_something_else_is_not_our_file():
    table = open_table(b"colour,size\r\n", "table.csv")
    with pytest.raises(NotOurFileError, match="none of the headings name, type"):
        table.heading_problems(required=("name", "type"), optional=())
