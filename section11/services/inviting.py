"""Giving a person a role in a place, with an invitation to choose a password where they have none yet."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from section11.domain.people import ORGANISATION_ROLES, PARTNERSHIP_ROLES, ROLE_TITLES, Grant, Person, Role, User
from section11.errors import BadInputError, NotAvailableError
from section11.permissions import Place, Right, may, require
from section11.services.invitations import issue_invitation
from section11.services.office import Office
from section11.services.places import partnership_place, place_of
from section11.services.trail import partnership_stream, record
from section11.storage.unit_of_work import UnitOfWork

SIGN_IN_PATH = "/sign-in"
LONGEST_EMAIL = 254

_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")

CLOSED_ACCOUNT = "The account with this e-mail address is closed. Open it again before you give it a role."


@dataclass(frozen=True, slots=True)
class Access:
    """What giving roles to one person came to.

    ``path`` is where they choose a password, or take up a role that waits for them, or the sign-in page.
    """

    person: Person
    is_new: bool
    new_grants: frozenset[Grant]
    path: str


def invite_person(
    office: Office,
    user: User,
    *,
    email: str,
    name: str,
    post: str,
    role: Role,
    organisation_id: str | None = None,
    partnership_id: str | None = None,
) -> str:
    """Give a person a role and return the path to send them: ``/invitation/…``, or ``/sign-in``.

    Approvers invite contributors and approvers of their own organisation; administrators give every role
    of their partnership. A person known by the e-mail address keeps their name and gets the role as well.

    Raises:
        NotAvailableError, NotPermittedError: the user may not give this role there.
        BadInputError: an address, a name or a place that cannot be used, or a closed account.
    """
    invited = Person(new_person_id(), checked_email(email), checked_name(name), post.strip())
    grant = grant_for(role, organisation_id, partnership_id)
    now = office.clock()
    with office.store.writing() as work:
        partnership_ids = _require_may_give(work, user, grant)
        access = give_access(work, office, user, invited, [grant])
        record_invited(work, user, partnership_ids, access.person, grant, now)
        work.commit()
    return access.path


def record_invited(
    work: UnitOfWork, user: User, partnership_ids: Iterable[str], person: Person, grant: Grant, now: datetime
) -> None:
    """Write in each partnership's stream that a person was given a role."""
    details = {"person": person.id, "role": grant.role.value, "organisation": grant.organisation_id}
    for one in sorted(partnership_ids):
        record(work, partnership_stream(one), user, "person_invited", now, **details)


def give_access(work: UnitOfWork, office: Office, user: User, wanted: Person, grants: Iterable[Grant]) -> Access:
    """Add a person, or find the one who has the e-mail address, and give the roles they do not hold yet.

    For services that have asked for permission already; runs in their transaction.

    Raises:
        BadInputError: the account is closed.
    """
    found = work.accounts.sign_in_record(wanted.email)
    if found is None:
        work.accounts.add_person(wanted)
        held: frozenset[Grant] = frozenset()
    else:
        known = work.accounts.user(found.person.id)
        if known is None:
            raise BadInputError(CLOSED_ACCOUNT)
        held = known.grants
    person = found.person if found else wanted
    new_grants = frozenset(grants) - held
    has_password = found is not None and found.password_hash is not None
    is_all_ours = all(may_give(work, user, grant) for grant in held)
    waiting = _waiting(new_grants, has_password=has_password, is_all_ours=is_all_ours)
    work.accounts.add_grants((person.id, grant) for grant in sorted(new_grants - waiting, key=str))
    path = SIGN_IN_PATH
    if waiting:
        path = issue_invitation(work, office, user, person.id, waiting=sorted(waiting, key=str))
    elif is_all_ours and not has_password:
        # Whoever holds an older link may have no business with the new role.
        work.accounts.void_invitations_of(person.id, office.clock())
        path = issue_invitation(work, office, user, person.id)
    return Access(person, found is None, new_grants, path)


def _waiting(new_grants: frozenset[Grant], *, has_password: bool, is_all_ours: bool) -> frozenset[Grant]:
    """Return the roles that the person has to take up themselves.

    Whoever made the first link to an account held that link, too. So a role that they could not have given is not
    simply added to the account: it waits until somebody has both the account and the link made for the role.
    """
    if not is_all_ours:
        return new_grants
    return frozenset(grant for grant in new_grants if has_password and grant.partnership_id)


def grant_for(role: Role, organisation_id: str | None, partnership_id: str | None) -> Grant:
    """Return the role in its place: an organisation's roles name it, a partnership's roles name that.

    Raises:
        BadInputError: the role and the place do not go together, or the role is never given.
    """
    title = ROLE_TITLES[role]
    if role in ORGANISATION_ROLES:
        if not organisation_id:
            raise BadInputError(f"The role {title} belongs to an organisation. Say which one.")
        return Grant(role, organisation_id=organisation_id)
    if role in PARTNERSHIP_ROLES:
        if organisation_id:
            raise BadInputError(f"The role {title} is for the whole partnership. Leave the organisation empty.")
        if not partnership_id:
            raise BadInputError(f"The role {title} belongs to a partnership. Say which one.")
        return Grant(role, partnership_id=partnership_id)
    raise BadInputError(f"The role {title} cannot be given to a person. Choose another role.")


def checked_email(email: str) -> str:
    """Return the address in lower case.

    Raises:
        BadInputError: it is not an e-mail address.
    """
    address = email.strip().lower()
    if len(address) > LONGEST_EMAIL or not address.isprintable() or not _EMAIL.fullmatch(address):
        raise BadInputError(f'"{email.strip()}" is not an e-mail address. Write one like name@organisation.org.uk.')
    return address


def checked_name(name: str) -> str:
    """Return the name on one line.

    Raises:
        BadInputError: it is empty.
    """
    one_line = " ".join(name.replace("\0", "").split())
    if not one_line:
        raise BadInputError("The name is missing. Write the person's name.")
    return one_line


def new_person_id() -> str:
    """Return an id that says nothing about the person, since it stands in the audit trail for ever."""
    return f"person-{secrets.token_hex(8)}"


def _require_may_give(work: UnitOfWork, user: User, grant: Grant) -> frozenset[str]:
    """Raise unless the user may give this role there; return the partnerships it concerns."""
    if grant.organisation_id is not None:
        organisation = work.organisations.get(grant.organisation_id)
        if organisation is None:
            raise NotAvailableError()
        place = place_of(work, organisation)
        require(user, Right.INVITE_COLLEAGUES, place)
        return place.partnership_ids
    partnership_id = grant.partnership_id or ""
    require(user, Right.MANAGE_PEOPLE, partnership_place(partnership_id))
    if partnership_id not in work.facts.partnerships():
        raise NotAvailableError()
    return frozenset({partnership_id})


def may_give(work: UnitOfWork, user: User, grant: Grant) -> bool:
    """Return whether the user may give, and end, this role in its place."""
    right = Right.INVITE_COLLEAGUES if grant.organisation_id else Right.MANAGE_PEOPLE
    return may(user, right, place_of_grant(work, grant))


def place_of_grant(work: UnitOfWork, grant: Grant) -> Place:
    """Return where rights about a role are asked for."""
    organisation = work.organisations.get(grant.organisation_id) if grant.organisation_id else None
    return place_of(work, organisation) if organisation else partnership_place(grant.partnership_id or "")
