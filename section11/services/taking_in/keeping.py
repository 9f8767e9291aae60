"""Keeping what an import changed, so that it can be undone as a whole."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from section11.domain.people import User
from section11.permissions import Right
from section11.services.office import Office
from section11.storage.imports import ImportRecord
from section11.storage.unit_of_work import UnitOfWork


class ImportKind(StrEnum):
    RESULTS = "results"
    SURVEY = "survey"
    ORGANISATIONS = "organisations"
    PEOPLE = "people"


IMPORT_TITLES: dict[ImportKind, str] = {
    ImportKind.RESULTS: "Past results",
    ImportKind.SURVEY: "Staff survey",
    ImportKind.ORGANISATIONS: "Organisations",
    ImportKind.PEOPLE: "People",
}

RIGHT_FOR: dict[ImportKind, Right] = {
    ImportKind.RESULTS: Right.IMPORT_RESULTS,
    ImportKind.SURVEY: Right.IMPORT_RESULTS,
    ImportKind.ORGANISATIONS: Right.MANAGE_ORGANISATIONS,
    ImportKind.PEOPLE: Right.MANAGE_PEOPLE,
}

PARTNERSHIPS = "partnerships"
"""Where ``changes`` says whose organisations and people an import concerned: undoing needs the right in each."""


def keep_import(
    office: Office,
    work: UnitOfWork,
    by: User,
    kind: ImportKind,
    *,
    partnership_ids: Collection[str],
    filename: str,
    file_sha256: str,
    changes: Mapping[str, Any],
    cycle_id: str | None = None,
) -> str:
    """Write what an import changed, in its transaction, and return the import's id."""
    concerned = sorted(partnership_ids)
    import_id = secrets.token_hex(8)
    work.imports.add(
        ImportRecord(
            import_id,
            concerned[0],
            cycle_id,
            kind,
            filename,
            file_sha256,
            office.clock(),
            by.id,
            {PARTNERSHIPS: concerned, **changes},
        )
    )
    return import_id
