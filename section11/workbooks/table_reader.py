"""Reads a table that somebody sent, CSV or the first sheet of a workbook: a heading row, then rows of text."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from io import BytesIO, TextIOWrapper

from openpyxl.utils import get_column_letter

from section11.errors import NotOurFileError, Problem
from section11.workbooks.safe_opening import CellError, ReadValue, open_workbook_safely, rows_of
from section11.workbooks.shown_text import text_of

LARGEST_CSV = 100 * 1024 * 1024
"""The register of every school in England has about 60 MB. Workbooks have their own, lower limit."""
MOST_ROWS = 200_000
"""Rows that ``read_table`` keeps at once; streaming has no such limit."""
MOST_COLUMNS = 500

_WORKBOOK_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_NOT_DECODED = "\ufffd"

Cells = Sequence[ReadValue]
Records = Iterator[tuple[int, Cells]]


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    letters: Mapping[str, str]
    """The letter of each column, by lower-case heading."""

    def seen_as(self, names: Mapping[str, str]) -> _Sheet:
        """Return the sheet with these columns alone, under other names."""
        return _Sheet(self.name, {names[heading]: one for heading, one in self.letters.items() if heading in names})


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row. ``number`` is the row as Excel counts it; ``values`` has the filled cells by lower-case heading."""

    number: int
    values: Mapping[str, str]
    fault: Problem | None = None
    """What cannot be read in this row; the values are then not to be trusted."""
    _sheet: _Sheet | None = field(default=None, repr=False, compare=False)

    @property
    def place(self) -> str:
        return f"row {self.number}"

    def __getitem__(self, column: str) -> str:
        """Return the text of a cell without spaces around it, ``""`` when it is empty or not in the file."""
        return self.values.get(column.casefold(), "")

    def place_of(self, column: str) -> str:
        """Return where a cell is: ``Sheet1!C7`` in a workbook, ``row 7`` in a CSV file."""
        letter = self._sheet.letters.get(column.casefold()) if self._sheet else None
        return f"{self._sheet.name}!{letter}{self.number}" if self._sheet and letter else self.place


@dataclass(frozen=True)
class OpenTable:
    """A table whose rows are read one by one; ``rows()`` may be called again to start over."""

    columns: tuple[str, ...]
    """The headings as they are written, without empty ones."""
    heading_place: str
    rows: Callable[[], Iterator[TableRow]]

    def has(self, *columns: str) -> bool:
        """Return whether all of these columns are there, in any case."""
        return {column.casefold() for column in columns} <= {column.casefold() for column in self.columns}

    def read_as(self, heading_by_name: Mapping[str, str]) -> OpenTable:
        """Return the same rows with these columns alone, under our names; places stay those of the file."""
        names = {heading.casefold(): name.casefold() for name, heading in heading_by_name.items() if heading}

        def rows() -> Iterator[TableRow]:
            for row in self.rows():
                values = {names[heading]: text for heading, text in row.values.items() if heading in names}
                sheet = row._sheet and row._sheet.seen_as(names)
                if values or row.fault:
                    yield TableRow(row.number, values, row.fault, sheet)

        columns = tuple(name for name, heading in heading_by_name.items() if heading and self.has(heading))
        return OpenTable(columns, self.heading_place, rows)

    def read_across(self, organisation: str, question_by_heading: Mapping[str, str]) -> OpenTable:
        """Return a row (organisation, question, rating) for each filled cell of a table with a column per question.

        ``organisation`` is the heading under which the organisations stand. Places stay those of the file.
        """
        names = {organisation.casefold(): "organisation"}
        questions = {heading.casefold(): question for heading, question in question_by_heading.items()}

        def rows() -> Iterator[TableRow]:
            for row in self.rows():
                if row.fault:
                    yield row
                    continue
                fixed = {name: row[heading] for heading, name in names.items()}
                for heading, question in questions.items():
                    if row[heading]:
                        sheet = row._sheet and row._sheet.seen_as({**names, heading: "rating"})
                        yield TableRow(row.number, {**fixed, "question": question, "rating": row[heading]}, None, sheet)

        columns = ("organisation", "question", "rating") if self.has(organisation, *questions) else ()
        return OpenTable(columns, self.heading_place, rows)

    def heading_problems(self, *, required: Sequence[str], optional: Sequence[str]) -> list[Problem]:
        """Return a problem for each column that is missing or not known.

        Raises:
            NotOurFileError: none of the required columns is there, so it is another kind of file.
        """
        missing = [column for column in required if not self.has(column)]
        if len(missing) == len(required):
            raise NotOurFileError(
                f"The first row of this file has none of the headings {', '.join(required)}. "
                "Put the headings into the first row, or choose another file."
            )
        problems = [Problem(self.heading_place, f'The column "{one}" is missing. Add it.') for one in missing]
        known = [*required, *optional]
        for column in self.columns:
            if column.casefold() not in known:
                near = get_close_matches(column.casefold(), known, n=1)
                advice = f'Did you mean "{near[0]}"?' if near else f"Use: {', '.join(known)}."
                problems.append(Problem(self.heading_place, f'The column "{column}" is not known. {advice}'))
        return problems


@dataclass(frozen=True)
class Table:
    """A whole table in memory, without its empty rows. ``problems`` are the rows that could not be read."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    problems: tuple[Problem, ...]


def read_table(content: bytes, filename: str) -> Table:
    """Return a whole table.

    Raises:
        NotOurFileError: as ``open_table``, or more than 200,000 rows.
    """
    return read_all(open_table(content, filename))


def read_all(table: OpenTable) -> Table:
    """Return every row of an open table at once.

    Raises:
        NotOurFileError: more than 200,000 rows.
    """
    rows: list[TableRow] = []
    for row in table.rows():
        if len(rows) == MOST_ROWS:
            raise NotOurFileError(f"This file has more than {MOST_ROWS:,} rows. Split it and import the parts.")
        rows.append(row)
    good = tuple(row for row in rows if row.fault is None)
    return Table(table.columns, good, tuple(row.fault for row in rows if row.fault is not None))


def open_table(content: bytes, filename: str) -> OpenTable:
    """Return a table whose rows are read one at a time, so that 60 MB do not become gigabytes.

    CSV may be UTF-8 or Windows-1252 with commas, semicolons or tabs. Reading the rows may
    raise NotOurFileError too, where a CSV file stops making sense.

    Raises:
        NotOurFileError: empty, too large, neither CSV nor .xlsx, without headings, or a heading stands twice.
    """
    records, sheet_name = records_of(content, filename)
    return opened(records, sheet_name=sheet_name)


def records_of(content: bytes, filename: str) -> tuple[Callable[[], Records], str | None]:
    """Return what gives the rows of a file as they are, and its sheet's name where it is a workbook.

    Raises:
        NotOurFileError: as ``open_table``, but for headings.
    """
    if content.startswith(_WORKBOOK_STARTS):
        return lambda: _sheet_records(content), _first_sheet(content)
    if not content.strip(b" \t\r\n,;\xef\xbb\xbf"):
        raise NotOurFileError(f"{filename} is empty. Choose the file that has the rows in it.")
    if len(content) > LARGEST_CSV:
        raise NotOurFileError(f"{filename} is too large: at most {LARGEST_CSV // 1024**2} MB. Split it and try again.")
    if content.startswith(b"%PDF") or b"\0" in content:
        raise NotOurFileError(
            f'{filename} is neither a CSV file nor an Excel workbook. Save it as "CSV UTF-8" or .xlsx and try again.'
        )
    encoding = _encoding(content)
    delimiter = max(",;\t", key=lambda one: _column_count(content, encoding, one))
    return lambda: _csv_records(content, encoding, delimiter), None


def opened(records: Callable[[], Records], *, sheet_name: str | None) -> OpenTable:
    """Return rows as a table with its headings in the first filled one. Raises NotOurFileError as ``open_table``."""
    first = next(filled(records()), None)
    if first is None:
        raise NotOurFileError("This file is empty. Choose the file that has the rows in it.")
    heading_number, cells = first
    headings = [text_of(cell).casefold() for cell in cells]
    columns = tuple(text_of(cell) for cell in cells if text_of(cell))
    if len(columns) > MOST_COLUMNS:
        raise NotOurFileError(f"This file has more than {MOST_COLUMNS} columns. Delete those that are not needed.")
    for heading in filter(None, headings):
        if headings.count(heading) > 1:
            raise NotOurFileError(f'The heading "{heading}" stands twice in the first row. Rename or delete one.')
    sheet = None
    if sheet_name is not None:
        letters = {heading: get_column_letter(index) for index, heading in enumerate(headings, start=1) if heading}
        sheet = _Sheet(sheet_name, letters)

    def rows() -> Iterator[TableRow]:
        for number, values in filled(records()):
            if number > heading_number:
                yield _row(number, headings, values, sheet)

    return OpenTable(columns, f"row {heading_number}", rows)


def filled(records: Records) -> Records:
    """Leave out the rows in which there is nothing."""
    return ((number, cells) for number, cells in records if any(text_of(cell) for cell in cells))


def _row(number: int, headings: Sequence[str], cells: Cells, sheet: _Sheet | None) -> TableRow:
    values: dict[str, str] = {}
    fault = ""
    for index, cell in enumerate(cells):
        text = text_of(cell)
        if not text:
            continue
        if index >= len(headings) or not headings[index]:
            fault = (
                "There is something in a column without a heading. "
                "Where a text has a comma in it, put the text in quotation marks."
            )
        elif isinstance(cell, CellError):
            fault = f'The column "{headings[index]}" shows the Excel error {cell.text}. Write the value itself.'
        elif _NOT_DECODED in text:
            fault = f'A letter in the column "{headings[index]}" cannot be read. Save the file as "CSV UTF-8".'
        else:
            values[headings[index]] = text
    return TableRow(number, values, Problem(f"row {number}", fault) if fault else None, sheet)


def _first_sheet(content: bytes) -> str:
    workbook = open_workbook_safely(content)
    try:
        if not workbook.sheetnames:
            raise NotOurFileError("This workbook has no sheet with cells. Choose the file that has the rows in it.")
        return workbook.sheetnames[0]
    finally:
        workbook.close()


def _sheet_records(content: bytes) -> Records:
    workbook = open_workbook_safely(content)
    try:
        # One row more than is kept, so that too long a sheet is refused rather than cut off.
        yield from rows_of(workbook, workbook.sheetnames[0], last_row=MOST_ROWS + 2)
    finally:
        workbook.close()


def _csv_records(content: bytes, encoding: str, delimiter: str) -> Records:
    number = 0
    # A field that Excel would not have written so must not swallow the rows after it, hence strict.
    reader = csv.reader(
        TextIOWrapper(BytesIO(content), encoding=encoding, errors="replace", newline=""),
        delimiter=delimiter,
        strict=True,
    )
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error as error:
        raise NotOurFileError(
            f"Row {number + 1} of this file cannot be read: a quotation mark is missing or too many. "
            'Put it right, or save the file again from Excel as "CSV UTF-8".'
        ) from error


def _encoding(content: bytes) -> str:
    if content.startswith(_BYTE_ORDER_MARK):
        return "utf-8-sig"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _column_count(content: bytes, encoding: str, delimiter: str) -> int:
    try:
        _, cells = next(filled(_csv_records(content, encoding, delimiter)), (0, ()))
    except NotOurFileError:
        return 0
    return len(cells)
