"""Reads an Excel return: rows by question id and columns by key, wherever people moved them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl.utils import get_column_letter

from section11.domain.answers import Action, Answer, Marker
from section11.errors import NotOurFileError
from section11.workbooks.book_parts import Book
from section11.workbooks.merged_cells import without_merges
from section11.workbooks.return_layout import (
    BASE_KEYS,
    BASE_SHEET,
    IDENTITY_SHEET,
    LISTS_SHEET,
    OPTIONAL_KEYS,
    PROFILE,
    QUESTION_SHEETS,
    SheetLayout,
    check_layout,
)
from section11.workbooks.safe_opening import ReadValue, open_workbook_safely, rows_of

NOT_A_RETURN = "This is not an Excel return made here. Download a fresh one from the return's page and fill that in."
BELONGS_TO_NOBODY = (
    "This is a blank form from the question library, made for no organisation, so it cannot be brought back. Download "
    "the Excel return from your return's page, copy your answers into it and bring back that one."
)
ROWS_LOOKED_AT_FOR_HEADERS = 50
LAST_ROW_LOOKED_AT = 5_000
_ID_HEADERS = frozenset(layout.columns[0].header.casefold() for layout in QUESTION_SHEETS)

Rows = list[tuple[int, tuple[ReadValue, ...]]]


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One row of a sheet with questions: what stands in each column, and which cell that is (``Answers!E12``).

    ``question_id`` is empty where something was written in a row that belongs to no question.
    """

    layout: SheetLayout
    question_id: str
    values: Mapping[str, ReadValue]
    places: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BaseRow:
    """What was stored for one question when the file was made."""

    answer: Answer
    action: Action

    @property
    def version(self) -> int:
        return self.answer.version


@dataclass(frozen=True, slots=True)
class ReturnFile:
    """An Excel return as it came back, not yet checked."""

    cycle_id: str
    organisation_id: str
    set_id: str
    set_sha256: str
    layout_version: int
    made_at: datetime
    rows: tuple[ReturnRow, ...]
    base: Mapping[str, BaseRow]


def read_return(content: bytes) -> ReturnFile:
    """Return what an Excel return holds. A question whose row was deleted is simply not among the rows.

    Raises:
        NotOurFileError: the file is no workbook, no return made here, of another layout, or has lost
            a sheet with questions or a column to fill in.
    """
    workbook = open_workbook_safely(content)
    try:
        facts = _read_facts(workbook)
        return ReturnFile(
            cycle_id=facts["cycle_id"],
            organisation_id=facts["organisation_id"],
            set_id=facts["set_id"],
            set_sha256=facts["set_sha256"],
            layout_version=int(facts["layout_version"]),
            made_at=datetime.fromisoformat(facts["made_at"]),
            rows=tuple(_read_sheets(workbook, facts["sheets"].split(","))),
            base=_read_base(workbook),
        )
    except (KeyError, ValueError) as error:
        raise NotOurFileError(NOT_A_RETURN) from error
    finally:
        workbook.close()


def _read_facts(workbook: Book) -> dict[str, str]:
    if IDENTITY_SHEET not in workbook.sheetnames:
        is_form_of_a_set = {LISTS_SHEET, QUESTION_SHEETS[0].name} <= set(workbook.sheetnames)
        raise NotOurFileError(BELONGS_TO_NOBODY if is_form_of_a_set else NOT_A_RETURN)
    facts = {plain_text(row[0]): plain_text(row[1]) for _, row in rows_of(workbook, IDENTITY_SHEET)}
    check_layout(int(facts["layout_version"]))
    return facts


def _read_sheets(workbook: Book, keys: Sequence[str]) -> Iterator[ReturnRow]:
    """Yield the rows of the sheets that the file was made with, each found by its name or else by its columns.

    A copy that somebody made of a sheet has the same columns; the sheet with the name counts.
    """
    named = {layout.name: layout for layout in QUESTION_SHEETS if layout.key in keys}
    others = [name for name in workbook.sheetnames if not name.startswith("_") and name not in named]
    for layout in named.values():
        found = _find_sheet(workbook, layout, [layout.name, *others])
        if found is None:
            raise NotOurFileError(
                f'The sheet "{layout.name}" is missing from this file. '
                "Download a fresh one and copy your answers into it."
            )
        name, rows, header_row, columns = found
        _check_columns(layout, columns)
        others = [other for other in others if other != name]
        ids = {number: row[columns["id"]] for number, row in rows}
        rows, hidden = without_merges(rows, workbook.merged_ranges(name))
        for number, row in rows:
            if number > header_row:
                here = {key: at for key, at in columns.items() if (number, at + 1) not in hidden}
                read = _read_row(layout, name, number, ids[number], row, here)
                if read is not None:
                    yield read


def _find_sheet(
    workbook: Book, layout: SheetLayout, names: Sequence[str]
) -> tuple[str, Rows, int, dict[str, int]] | None:
    """Return the sheet's name, its rows, the row that names the columns, and the position of each."""
    for name in names:
        if name not in workbook.sheetnames:
            continue
        rows: Rows = list(rows_of(workbook, name, last_row=LAST_ROW_LOOKED_AT))
        header_row, columns = _find_columns(rows, layout, by_headers=name == layout.name or layout is not PROFILE)
        if columns:
            return name, rows, header_row, columns
    return None


def _find_columns(rows: Rows, layout: SheetLayout, *, by_headers: bool) -> tuple[int, dict[str, int]]:
    """Return the row that names the columns and the position of each; nothing when no row does.

    The hidden marks are asked first; the header words serve when the hidden row was deleted.
    """
    marks = {layout.mark(column.key): column.key for column in layout.columns}
    for words in (marks, _keys_by_header(layout)) if by_headers else (marks,):
        for number, row in rows:
            if number > ROWS_LOOKED_AT_FOR_HEADERS:
                break
            found = {words[text]: position for position, text in enumerate(map(_folded, row)) if text in words}
            if "id" in found and len(found.keys() & set(layout.read_keys)) > len(layout.read_keys) // 2:
                return number, found
    return 0, {}


def _keys_by_header(layout: SheetLayout) -> dict[str, str]:
    return {column.header.casefold(): column.key for column in layout.columns}


def _check_columns(layout: SheetLayout, columns: Mapping[str, int]) -> None:
    for column in layout.columns:
        if column.is_filled_in and column.key not in columns and column.key not in OPTIONAL_KEYS:
            raise NotOurFileError(
                f'The column "{column.header}" is missing from the sheet "{layout.name}". '
                "Download a fresh file and copy your answers into it."
            )


def _read_row(
    layout: SheetLayout,
    sheet_name: str,
    number: int,
    written_id: ReadValue,
    row: tuple[ReadValue, ...],
    columns: Mapping[str, int],
) -> ReturnRow | None:
    """Return one row; a column that is hidden here by a merged cell is not among its values."""
    values = {key: row[columns[key]] for key in layout.read_keys if key in columns}
    places = {key: f"{sheet_name}!{get_column_letter(columns[key] + 1)}{number}" for key in values}
    places.setdefault("id", f"{sheet_name}!A{number}")
    values.pop("id", None)
    question_id = plain_text(written_id)
    if question_id.casefold() in _ID_HEADERS:
        return None  # the headers, below the hidden marks
    if not question_id and all(plain_text(value) == "" for value in values.values()):
        return None  # a heading, or a row somebody put in between
    return ReturnRow(layout, question_id, values, places)


def _read_base(workbook: Book) -> dict[str, BaseRow]:
    """Return what was stored at export; empty without the sheet, and then every difference is a conflict."""
    if BASE_SHEET not in workbook.sheetnames:
        return {}
    rows = iter(rows_of(workbook, BASE_SHEET))
    next(rows, None)
    texts = (dict(zip(BASE_KEYS, map(_exact_text, row), strict=False)) for _, row in rows)
    return {text["id"]: _base_row(text) for text in texts}


def _base_row(text: Mapping[str, str]) -> BaseRow:
    answer = Answer(
        question_id=text["id"],
        rating=text["rating"] or None,
        marker=Marker(text["marker"]) if text["marker"] else None,
        reason=text["reason"],
        evidence=text["evidence"],
        impact=text["impact"],
        carried_from=text["carried_from"] or None,
        version=int(text["version"]),
        value=text["value"] or None,
    )
    due = date.fromisoformat(text["due"]) if text["due"] else None
    return BaseRow(answer, Action(text["id"], what=text["action"], owner=text["owner"], due=due))


def plain_text(value: ReadValue) -> str:
    """Return a short cell's text without space around it; a whole number without its ".0"."""
    return _exact_text(value).strip()


def _folded(value: ReadValue) -> str:
    return plain_text(value).casefold()


def _exact_text(value: ReadValue) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
