"""Reads an Excel return: rows by question id and columns by key, wherever people moved them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from section11.domain.answers import Action, Answer, Marker
from section11.errors import NotOurFileError
from section11.workbooks.return_layout import (
    ANSWERS_SHEET,
    BASE_KEYS,
    BASE_SHEET,
    COLUMNS,
    IDENTITY_SHEET,
    KEY_PREFIX,
    LISTS_SHEET,
    check_layout,
)
from section11.workbooks.safe_opening import ReadValue, open_workbook_safely, rows_of

NOT_A_RETURN = "This is not an Excel return made here. Download a fresh one from the return's page and fill that in."
BELONGS_TO_NOBODY = (
    "This is a blank form from the question library, made for no organisation, so it cannot be brought back. Download "
    "the Excel return from your return's page, copy your answers into it and bring back that one."
)
ROWS_LOOKED_AT_FOR_HEADERS = 50
_READ_KEYS = ("id", *(column.key for column in COLUMNS if column.is_filled_in))
_OPTIONAL_KEYS = frozenset({"confirmed"})

_KEYS_BY_HEADER = {column.header.casefold(): column.key for column in COLUMNS}

Rows = list[tuple[int, tuple[ReadValue, ...]]]


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One row of the Answers sheet: what stands in each column, and which cell that is (``Answers!F12``).

    ``question_id`` is empty where something was written in a row that belongs to no question.
    """

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
            its Answers sheet or a column to fill in.
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
            rows=_read_answers(workbook),
            base=_read_base(workbook),
        )
    except (KeyError, ValueError) as error:
        raise NotOurFileError(NOT_A_RETURN) from error
    finally:
        workbook.close()


def _read_facts(workbook: Workbook) -> dict[str, str]:
    if IDENTITY_SHEET not in workbook.sheetnames:
        is_form_of_a_set = {LISTS_SHEET, ANSWERS_SHEET} <= set(workbook.sheetnames)
        raise NotOurFileError(BELONGS_TO_NOBODY if is_form_of_a_set else NOT_A_RETURN)
    facts = {plain_text(row[0]): plain_text(row[1]) for _, row in rows_of(workbook, IDENTITY_SHEET)}
    check_layout(int(facts["layout_version"]))
    return facts


def _read_answers(workbook: Workbook) -> tuple[ReturnRow, ...]:
    others = [name for name in workbook.sheetnames if not name.startswith("_") and name != ANSWERS_SHEET]
    for name in [ANSWERS_SHEET, *others]:
        if name not in workbook.sheetnames:
            continue
        rows: Rows = list(rows_of(workbook, name))
        header_row, columns = _find_columns(rows)
        if columns:
            _check_columns(columns)
            read = (_read_row(name, number, row, columns) for number, row in rows if number > header_row)
            return tuple(row for row in read if row is not None)
    raise NotOurFileError(
        f'The sheet "{ANSWERS_SHEET}" is missing from this file. Download a fresh one and copy your answers into it.'
    )


def _find_columns(rows: Rows) -> tuple[int, dict[str, int]]:
    """Return the row that names the columns and the position of each; nothing when no row does.

    The hidden keys are asked first; the header words serve when the hidden row was deleted.
    """
    for words in ({KEY_PREFIX + column.key: column.key for column in COLUMNS}, _KEYS_BY_HEADER):
        for number, row in rows:
            if number > ROWS_LOOKED_AT_FOR_HEADERS:
                break
            found = {words[text]: position for position, text in enumerate(map(_folded, row)) if text in words}
            if len(found) >= len(_READ_KEYS) // 2 and "id" in found:
                return number, found
    return 0, {}


def _check_columns(columns: Mapping[str, int]) -> None:
    for column in COLUMNS:
        if column.is_filled_in and column.key not in columns and column.key not in _OPTIONAL_KEYS:
            raise NotOurFileError(
                f'The column "{column.header}" is missing from the sheet "{ANSWERS_SHEET}". '
                "Download a fresh file and copy your answers into it."
            )


def _read_row(sheet_name: str, number: int, row: tuple[ReadValue, ...], columns: Mapping[str, int]) -> ReturnRow | None:
    values = {key: row[columns[key]] for key in _READ_KEYS if key in columns}
    places = {key: f"{sheet_name}!{get_column_letter(columns[key] + 1)}{number}" for key in values}
    question_id = plain_text(values.pop("id"))
    if question_id.casefold() in _KEYS_BY_HEADER:
        return None  # the headers, below the hidden keys
    if not question_id and all(plain_text(value) == "" for value in values.values()):
        return None  # a heading, or a row somebody put in between
    return ReturnRow(question_id, values, places)


def _read_base(workbook: Workbook) -> dict[str, BaseRow]:
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
