"""Importing people and their roles in a partnership from a table: first a preview, then all or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from section11.domain.people import ROLE_TITLES, Grant, Person, Role, User
from section11.errors import BadInputError, NotAvailableError, Problem, ProblemsFoundError
from section11.permissions import Right, require
from section11.services.inviting import (
    CLOSED_ACCOUNT,
    SIGN_IN_PATH,
    Access,
    checked_email,
    checked_name,
    give_access,
    grant_for,
    new_person_id,
)
from section11.services.office import Office
from section11.services.places import partnership_place
from section11.services.taking_in.keeping import ImportKind, keep_import
from section11.services.taking_in.organisation_finder import OrganisationFinder
from section11.services.trail import partnership_stream, record
from section11.storage.unit_of_work import UnitOfWork
from section11.workbooks.table_reader import Table, TableRow, open_table, read_all

REQUIRED = ("email", "name", "role")
OPTIONAL = ("post", "organisation", "partnership")

_ROLE_BY_WORDS = {
    words.casefold(): role
    for role, title in ROLE_TITLES.items()
    for words in (role.value, role.value.replace("_", " "), title, title.partition(" (")[0])
}
_GIVEN_ROLES = [role.value for role in Role if role is not Role.OPERATOR]


@dataclass(frozen=True, slots=True)
class PersonInFile:
    """One person with every role the file gives them that they do not hold yet."""

    person: Person
    is_known: bool
    new_grants: frozenset[Grant]


@dataclass(frozen=True, slots=True)
class PeoplePreview:
    """What an import does. With ``problems`` it does nothing at all."""

    new: tuple[PersonInFile, ...]
    changed: tuple[PersonInFile, ...]
    """Known by their e-mail address; they keep name and post and get more roles."""
    unchanged: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Invitation:
    """Where a person chooses a password: a path below the base address, good for seven days."""

    person: Person
    path: str


@dataclass(frozen=True, slots=True)
class PeopleImported:
    preview: PeoplePreview
    invitations: tuple[Invitation, ...]
    """For people without a password whom the importer may invite; the others simply sign in."""


def preview_people(office: Office, user: User, partnership_id: str, content: bytes, filename: str) -> PeoplePreview:
    """Return what importing this file would do; nothing is changed.

    Raises:
        NotAvailableError, NotPermittedError: the user may not manage this partnership's people.
        NotOurFileError: the file is no table, or no table of people.
    """
    with office.store.reading() as work:
        _check_permission(work, user, partnership_id)
    table, problems = _read(content, filename)
    with office.store.reading() as work:
        return _preview(work, partnership_id, table, problems)


def import_people(office: Office, user: User, partnership_id: str, content: bytes, filename: str) -> PeopleImported:
    """Add the people of a file and give them their roles, all or none.

    Raises:
        ProblemsFoundError: rows have faults; it names every one.
        Otherwise as ``preview_people``.
    """
    with office.store.reading() as work:
        _check_permission(work, user, partnership_id)
    table, problems = _read(content, filename)
    now = office.clock()
    with office.store.writing() as work:
        preview = _preview(work, partnership_id, table, problems)
        if preview.problems:
            raise ProblemsFoundError(preview.problems)
        given = [
            give_access(work, office, user, one.person, one.new_grants) for one in (*preview.new, *preview.changed)
        ]
        invitations = tuple(Invitation(one.person, one.path) for one in given if one.path != SIGN_IN_PATH)
        sha256 = hashlib.sha256(content).hexdigest()
        if any(one.new_grants for one in given):
            keep_import(
                office,
                work,
                user,
                ImportKind.PEOPLE,
                partnership_ids={partnership_id},
                filename=filename,
                file_sha256=sha256,
                changes=_changes(preview, given),
            )
        record(
            work,
            partnership_stream(partnership_id),
            user,
            "people_imported",
            now,
            file_sha256=sha256,
            new=len(preview.new),
            changed=len(preview.changed),
            unchanged=preview.unchanged,
            roles=sum(len(one.new_grants) for one in given),
            invitations=len(invitations),
        )
        work.commit()
    return PeopleImported(preview, invitations)


def _changes(preview: PeoplePreview, given: Sequence[Access]) -> dict[str, object]:
    """Return what undoing the import needs."""
    return {
        "new": [one.person.id for one in preview.new],
        "grants": [
            [one.person.id, grant.role.value, grant.organisation_id, grant.partnership_id]
            for one in given
            for grant in sorted(one.new_grants, key=str)
        ],
    }


def _check_permission(work: UnitOfWork, user: User, partnership_id: str) -> None:
    require(user, Right.MANAGE_PEOPLE, partnership_place(partnership_id))
    if partnership_id not in work.facts.partnerships():
        raise NotAvailableError()


def _read(content: bytes, filename: str) -> tuple[Table, list[Problem]]:
    table = open_table(content, filename)
    problems = table.heading_problems(required=REQUIRED, optional=OPTIONAL)
    if problems:
        return Table(table.columns, (), ()), problems
    whole = read_all(table)
    return whole, list(whole.problems)


def _preview(work: UnitOfWork, partnership_id: str, table: Table, problems: list[Problem]) -> PeoplePreview:
    finder = OrganisationFinder(one.organisation for one in work.organisations.members([partnership_id]))
    people: dict[str, PersonInFile] = {}
    place_by_email: dict[str, str] = {}
    for row in table.rows:
        person, grant, faults = _read_row(row, partnership_id, finder)
        problems = [*problems, *faults]
        if person is None or grant is None:
            continue
        earlier = people.get(person.email, PersonInFile(person, is_known=False, new_grants=frozenset()))
        first_place = place_by_email.setdefault(person.email, row.place)
        if earlier.person.name != person.name:
            message = f'This address stands in {first_place} with the name "{earlier.person.name}". Write one name.'
            problems.append(Problem(row.place_of("name"), message))
        if grant in earlier.new_grants:
            problems.append(Problem(row.place, "This person has this role in an earlier row already. Keep one row."))
        people[person.email] = replace(earlier, new_grants=earlier.new_grants | {grant})
    compared = [_compared(work, one) for one in people.values()]
    problems += [Problem(place_by_email[one.person.email], CLOSED_ACCOUNT) for one in compared if one.person.is_closed]
    return PeoplePreview(
        new=tuple(one for one in compared if not one.is_known),
        changed=tuple(one for one in compared if one.is_known and one.new_grants),
        unchanged=sum(one.is_known and not one.new_grants for one in compared),
        problems=tuple(problems),
    )


def _read_row(
    row: TableRow, partnership_id: str, finder: OrganisationFinder
) -> tuple[Person | None, Grant | None, list[Problem]]:
    problems: list[Problem] = []
    email, name, organisation_id, grant = "", "", None, None
    try:
        email = checked_email(row["email"])
    except BadInputError as error:
        problems.append(Problem(row.place_of("email"), error.user_message))
    try:
        name = checked_name(row["name"])
    except BadInputError as error:
        problems.append(Problem(row.place_of("name"), error.user_message))
    try:
        organisation_id = finder.find(row["organisation"]).id if row["organisation"] else None
    except BadInputError as error:
        problems.append(Problem(row.place_of("organisation"), error.user_message))
    if row["partnership"] not in {"", partnership_id}:
        message = f'These are people of the partnership "{partnership_id}". Import those of others from their own file.'
        problems.append(Problem(row.place_of("partnership"), message))
    role = _ROLE_BY_WORDS.get(row["role"].casefold())
    if role is None:
        problems.append(Problem(row.place_of("role"), _unknown_role(row["role"])))
    elif organisation_id is not None or not row["organisation"]:
        try:
            grant = grant_for(role, organisation_id, partnership_id)
        except BadInputError as error:
            problems.append(Problem(row.place_of("role"), error.user_message))
    person = Person(new_person_id(), email, name, row["post"]) if email and name else None
    return person, grant, problems


def _unknown_role(words: str) -> str:
    near = get_close_matches(words.casefold(), _GIVEN_ROLES, n=1)
    advice = f'The nearest is "{near[0]}".' if near else f"Use one of: {', '.join(_GIVEN_ROLES)}."
    return f'"{words}" is not a role. {advice}' if words else f"The role is missing. {advice}"


def _compared(work: UnitOfWork, one: PersonInFile) -> PersonInFile:
    known = work.accounts.person_by_email(one.person.email)
    if known is None:
        return one
    user = work.accounts.user(known.id)
    held = user.grants if user else frozenset()
    return PersonInFile(known, is_known=True, new_grants=one.new_grants - held)
