"""The Get Information About Schools extract, as downloaded: the schools of one local authority and their trusts.

The file (``edubasealldataYYYYMMDD.csv``) holds every establishment there ever was in England, about 60 MB,
so it is read row by row and only what belongs to the chosen local authority is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from section11.definitions.organisation_types import OrganisationTypes
from section11.errors import BadInputError, Problem
from section11.services.taking_in.wanted_organisations import WantedOrganisation
from section11.workbooks.table_reader import OpenTable, TableRow

URN, NAME = "URN", "EstablishmentName"
LA_CODE, LA_NAME = "LA (code)", "LA (name)"
STATUS = "EstablishmentStatus (name)"
TYPE_CODE, TYPE_NAME = "TypeOfEstablishment (code)", "TypeOfEstablishment (name)"
TRUST_KIND, TRUST_CODE, TRUST_NAME = "TrustSchoolFlag (name)", "Trusts (code)", "Trusts (name)"
NEEDED = (URN, NAME, LA_CODE, LA_NAME, STATUS, TYPE_CODE, TYPE_NAME, TRUST_KIND, TRUST_CODE, TRUST_NAME)

OPEN = frozenset({"open", "open, but proposed to close"})
CLOSED = "closed"
MULTI_ACADEMY = "multi-academy trust"
TRUST_TYPE = "mat"
LAS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class GiasExtract:
    """What the extract says about one local authority. A school's ``parent_id`` is its trust, or empty."""

    schools: tuple[WantedOrganisation, ...]
    trusts: tuple[WantedOrganisation, ...]
    closed_urns: frozenset[str]
    skipped: Mapping[str, int]
    """Establishments that are neither open nor closed or of no known type, by reason."""
    problems: tuple[Problem, ...]


def is_gias(table: OpenTable) -> bool:
    """Return whether the columns are those of the extract."""
    return table.has(*NEEDED)


def read_gias(table: OpenTable, types: OrganisationTypes, la: str | None) -> GiasExtract:
    """Return the open schools and multi-academy trusts of one local authority, given by code or name.

    Without ``la`` the file must hold one local authority alone.

    Raises:
        BadInputError: the local authority is not in the file, or must be chosen.
        NotOurFileError: the file stops making sense on the way.
    """
    wanted = (la or "").strip().casefold()
    is_found = False
    names: dict[str, str] = {}
    schools: list[WantedOrganisation] = []
    trusts: dict[str, WantedOrganisation] = {}
    closed: set[str] = set()
    skipped: Counter[str] = Counter()
    problems: list[Problem] = []
    for row in table.rows():
        names.setdefault(row[LA_CODE], row[LA_NAME])
        wanted = wanted or row[LA_CODE].casefold()
        if wanted not in {row[LA_CODE].casefold(), row[LA_NAME].casefold()}:
            continue
        is_found = True
        problems += _faults(row)
        status = row[STATUS].casefold()
        if status == CLOSED:
            closed.add(row[URN])
        elif status not in OPEN:
            skipped[row[STATUS] or "No status"] += 1
        elif (type_key := _type_key(row, types)) is None:
            skipped[f"{row[TYPE_NAME] or 'No type'}: not a type that takes part"] += 1
        else:
            trust = _trust(row, types)
            if trust is not None:
                trusts.setdefault(trust.id, trust)
            schools.append(
                WantedOrganisation(
                    place=row.place,
                    name=row[NAME],
                    type=type_key,
                    id=f"urn-{row[URN]}",
                    urn=row[URN],
                    parent_id=trust.id if trust else "",
                    is_open=True,
                )
            )
    _check_choice(la, names, is_found=is_found)
    return GiasExtract(tuple(schools), tuple(trusts.values()), frozenset(closed), dict(skipped), tuple(problems))


def _faults(row: TableRow) -> list[Problem]:
    if row.fault is not None:
        return [row.fault]
    if not (row[URN].isascii() and row[URN].isdigit()):
        return [Problem(row.place_of(URN), "The URN is not a number. Download the extract again, unchanged.")]
    if not row[NAME]:
        return [Problem(row.place_of(NAME), "The name is missing. Download the extract again, unchanged.")]
    return []


def _type_key(row: TableRow, types: OrganisationTypes) -> str | None:
    code = row[TYPE_CODE]
    return types.key_by_gias_code.get(int(code)) if code.isascii() and code.isdigit() else None


def _trust(row: TableRow, types: OrganisationTypes) -> WantedOrganisation | None:
    """Return the school's multi-academy trust.

    The same columns hold single-academy and foundation trusts, which answer for one school and are no
    organisation of their own here; some rows name two trusts, joined, and cannot say which is meant.
    """
    code = row[TRUST_CODE]
    if MULTI_ACADEMY not in row[TRUST_KIND].casefold() or not code.isalnum() or TRUST_TYPE not in types.keys:
        return None
    return WantedOrganisation(
        place=row.place,
        name=row[TRUST_NAME] or f"Trust {code}",
        type=TRUST_TYPE,
        id=f"trust-{code.lower()}",
        is_open=True,
    )


def _check_choice(la: str | None, names: Mapping[str, str], *, is_found: bool) -> None:
    if la is None or not la.strip():
        if len(names) > 1:
            raise BadInputError(
                f"This file has the schools of {len(names)} local authorities. "
                f"Choose one by its code or name: {_listed(names)}."
            )
    elif not is_found:
        near = get_close_matches(la.strip().casefold(), [name.casefold() for name in names.values()], n=LAS_SHOWN)
        shown = {code: name for code, name in names.items() if name.casefold() in near} or names
        raise BadInputError(f'This file has no local authority "{la.strip()}". Choose one it has: {_listed(shown)}.')


def _listed(names: Mapping[str, str]) -> str:
    shown = [f"{code} {name}" for code, name in sorted(names.items())[:LAS_SHOWN]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
