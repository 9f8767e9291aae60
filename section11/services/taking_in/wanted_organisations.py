"""What a file says about one organisation, and reading that from our own layout."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from section11.definitions.organisation_types import OrganisationTypes
from section11.domain.organisations import DutyBasis
from section11.errors import Problem
from section11.workbooks.table_reader import OpenTable, TableRow, read_all

REQUIRED = ("name", "type")
OPTIONAL = ("id", "duty", "urn", "ods_code", "parent", "status")
LONGEST_CODE = 20

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_OPEN_BY_WORD = {"": None, "open": True, "closed": False}


@dataclass(frozen=True, slots=True)
class WantedOrganisation:
    """One organisation as a file has it. ``None`` and empty texts mean: what is stored stays.

    Without an ``id`` the organisation is found by its URN, ODS code or name, or gets a new id.
    """

    place: str
    name: str
    type: str
    id: str = ""
    duty: DutyBasis | None = None
    urn: str = ""
    ods_code: str = ""
    parent_id: str = ""
    is_open: bool | None = None


def read_own_layout(table: OpenTable, types: OrganisationTypes) -> tuple[list[WantedOrganisation], list[Problem]]:
    """Return the rows without a fault, and every fault of the others.

    Raises:
        NotOurFileError: none of the columns is there, or the file cannot be read.
    """
    problems = table.heading_problems(required=REQUIRED, optional=OPTIONAL)
    if problems:
        return [], problems
    whole = read_all(table)
    problems += whole.problems
    wanted = []
    for row in whole.rows:
        one, faults = _read_row(row, types)
        wanted.append(one)
        problems += faults
    return wanted, problems


def _read_row(row: TableRow, types: OrganisationTypes) -> tuple[WantedOrganisation, list[Problem]]:
    problems = []
    name = " ".join(row["name"].split())
    if not name:
        problems.append(Problem(row.place_of("name"), "The name is missing. Write the organisation's name."))
    type_titles = {key: one.title for key, one in types.by_key.items()}
    type_key = _chosen(row["type"], type_titles)
    if type_key is None:
        problems.append(Problem(row.place_of("type"), _unknown("type", row["type"], type_titles)))
    duty_titles = {key.value: title for key, title in types.duty_titles.items()}
    duty_key = _chosen(row["duty"], duty_titles)
    if row["duty"] and duty_key is None:
        problems.append(Problem(row.place_of("duty"), _unknown("duty", row["duty"], duty_titles)))
    if row["id"] and not _ID.fullmatch(row["id"]):
        message = f'"{row["id"]}" cannot be an id. Use a to z, 0 to 9 and hyphens, or leave the id empty.'
        problems.append(Problem(row.place_of("id"), message))
    if row["status"].casefold() not in _OPEN_BY_WORD:
        problems.append(Problem(row.place_of("status"), f'"{row["status"]}" is not a status. Write open or closed.'))
    for code in ("urn", "ods_code"):
        if len(row[code]) > LONGEST_CODE:
            message = f"The {code} is longer than {LONGEST_CODE} characters. Check that it stands in its own column."
            problems.append(Problem(row.place_of(code), message))
    wanted = WantedOrganisation(
        place=row.place,
        name=name,
        type=type_key or "",
        id=row["id"],
        duty=DutyBasis(duty_key) if duty_key else None,
        urn=row["urn"],
        ods_code=row["ods_code"].upper(),
        parent_id=row["parent"],
        is_open=_OPEN_BY_WORD.get(row["status"].casefold()),
    )
    return wanted, problems


def _chosen(words: str, titles: Mapping[str, str]) -> str | None:
    """Return the key a person meant by the key or its title, in any case."""
    wanted = words.casefold()
    return next((key for key, title in titles.items() if wanted in {key.casefold(), title.casefold()}), None)


def _unknown(what: str, words: str, titles: Mapping[str, str]) -> str:
    choices = f"Use one of: {', '.join(titles)}."
    if not words:
        return f"The {what} is missing. {choices}"
    key_by_words = {title.casefold(): key for key, title in titles.items()} | {key: key for key in titles}
    near = get_close_matches(words.casefold(), key_by_words, n=1)
    advice = f'The nearest is "{key_by_words[near[0]]}".' if near else choices
    return f'"{words}" is not a known {what}. {advice}'
