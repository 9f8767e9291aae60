"""Importing organisations, from our own layout or the schools extract: first a preview, then all or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from section11.domain.organisations import Organisation
from section11.domain.people import User
from section11.errors import NotAvailableError, Problem, ProblemsFoundError
from section11.permissions import Right, require
from section11.services.office import Office
from section11.services.places import partnership_place
from section11.services.recounting import give_new_type
from section11.services.taking_in.gias import GiasExtract, is_gias, read_gias
from section11.services.taking_in.keeping import ImportKind, keep_import
from section11.services.taking_in.organisation_matching import Directory, match_gias, match_own_layout
from section11.services.taking_in.wanted_organisations import WantedOrganisation, read_own_layout
from section11.services.trail import partnership_stream, record
from section11.storage.organisations import Membership
from section11.storage.unit_of_work import UnitOfWork
from section11.workbooks.table_reader import open_table


@dataclass(frozen=True, slots=True)
class OrganisationChange:
    before: Organisation
    after: Organisation


@dataclass(frozen=True, slots=True)
class OrganisationPreview:
    """What an import does. With ``problems`` it does nothing at all."""

    new: tuple[Membership, ...]
    joining: tuple[Membership, ...]
    """Known in other partnerships; they become members of this one too."""
    changed: tuple[OrganisationChange, ...]
    unchanged: int
    skipped: Mapping[str, int]
    """How many rows were left out, by reason."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _OwnLayout:
    wanted: Sequence[WantedOrganisation]
    problems: Sequence[Problem]


def preview_organisations(
    office: Office, user: User, partnership_id: str, content: bytes, filename: str, *, la_code: str | None = None
) -> OrganisationPreview:
    """Return what importing this file would do; nothing is changed.

    ``la_code`` is the code or name of the local authority, for the schools extract alone.

    Raises:
        NotAvailableError, NotPermittedError: the person may not manage this partnership's organisations.
        NotOurFileError: the file is no table, or no table of organisations.
        BadInputError: the extract has several local authorities and none of them was chosen.
    """
    with office.store.reading() as work:
        _check_permission(work, user, partnership_id)
    file = _read(office, content, filename, la_code)
    with office.store.reading() as work:
        return _preview(office, work, user, partnership_id, file)


def import_organisations(
    office: Office, user: User, partnership_id: str, content: bytes, filename: str, *, la_code: str | None = None
) -> OrganisationPreview:
    """Add and change the organisations of a file, all or none, and return what was done.

    Raises:
        ProblemsFoundError: rows have faults; it names every one.
        Otherwise as ``preview_organisations``.
    """
    with office.store.reading() as work:
        _check_permission(work, user, partnership_id)
    # The file is read before the database is locked for writing: the schools extract takes seconds.
    file = _read(office, content, filename, la_code)
    with office.store.writing() as work:
        preview = _preview(office, work, user, partnership_id, file)
        if preview.problems:
            raise ProblemsFoundError(preview.problems)
        work.organisations.add_all(preview.new)
        work.organisations.join_all(preview.joining)
        for change in preview.changed:
            work.organisations.change(change.after)
            if change.after.type != change.before.type:
                give_new_type(work, change.after)
        sha256 = hashlib.sha256(content).hexdigest()
        if preview.new or preview.joining or preview.changed:
            keep_import(
                office,
                work,
                user,
                ImportKind.ORGANISATIONS,
                partnership_ids={partnership_id},
                filename=filename,
                file_sha256=sha256,
                changes=_changes(preview),
            )
        record(
            work,
            partnership_stream(partnership_id),
            user,
            "organisations_imported",
            office.clock(),
            file_sha256=sha256,
            new=len(preview.new),
            joined=len(preview.joining),
            changed=len(preview.changed),
            unchanged=preview.unchanged,
            skipped=dict(preview.skipped),
        )
        work.commit()
    return preview


def _changes(preview: OrganisationPreview) -> dict[str, object]:
    """Return what undoing the import needs."""
    return {
        "new": [asdict(one.organisation) for one in preview.new],
        "joined": [one.organisation.id for one in preview.joining],
        "changed": [{"before": asdict(one.before), "after": asdict(one.after)} for one in preview.changed],
    }


def _check_permission(work: UnitOfWork, user: User, partnership_id: str) -> None:
    require(user, Right.MANAGE_ORGANISATIONS, partnership_place(partnership_id))
    if partnership_id not in work.facts.partnerships():
        raise NotAvailableError()


def _read(office: Office, content: bytes, filename: str, la_code: str | None) -> _OwnLayout | GiasExtract:
    table = open_table(content, filename)
    if is_gias(table):
        return read_gias(table, office.types, la_code)
    return _OwnLayout(*read_own_layout(table, office.types))


def _preview(
    office: Office, work: UnitOfWork, user: User, partnership_id: str, file: _OwnLayout | GiasExtract
) -> OrganisationPreview:
    directory = Directory(work, user, office.types, partnership_id)
    problems, skipped = list(file.problems), {}
    if isinstance(file, GiasExtract):
        memberships, counts = match_gias(directory, file)
        skipped = dict(counts)
    else:
        memberships, found = match_own_layout(directory, file.wanted)
        problems += found
    stored, here = directory.stored, directory.here
    known = [one for one in memberships if one.organisation.id in stored]
    changes = [OrganisationChange(stored[one.organisation.id], one.organisation) for one in known]
    return OrganisationPreview(
        new=tuple(_parents_first([one for one in memberships if one.organisation.id not in stored])),
        joining=tuple(one for one in known if one.organisation.id not in here),
        changed=tuple(change for change in changes if change.before != change.after),
        unchanged=sum(one.organisation == stored[one.organisation.id] for one in known if one.organisation.id in here),
        skipped=skipped,
        problems=tuple(sorted(problems, key=_row_number)),
    )


def _parents_first(memberships: Sequence[Membership]) -> list[Membership]:
    """Order new organisations so that a parent is stored before the organisations that point to it."""
    by_id = {one.organisation.id: one for one in memberships}
    ordered: dict[str, Membership] = {}
    for one in memberships:
        line: list[Membership] = []
        current: Membership | None = one
        while current is not None and current not in line and current.organisation.id not in ordered:
            line.append(current)
            current = by_id.get(current.organisation.parent_id or "")
        ordered.update((ancestor.organisation.id, ancestor) for ancestor in reversed(line))
    return list(ordered.values())


def _row_number(problem: Problem) -> int:
    digits = "".join(character for character in problem.place.rpartition("!")[2] if character.isdigit())
    return int(digits or 0)
