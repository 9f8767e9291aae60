"""The partnership's directory: its organisations and the people with a role there."""

from __future__ import annotations

from dataclasses import dataclass

from section11.domain.organisations import DutyBasis, Organisation, OrganisationType, Partnership
from section11.domain.people import User
from section11.permissions import HOLDERS, Right
from section11.services.office import Office
from section11.services.places import partnerships_with
from section11.storage.organisations import Membership
from section11.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class MemberLine:
    """An organisation as the directory lists it."""

    organisation: Organisation
    organisation_type: OrganisationType
    duty: DutyBasis


def managed_partnerships(office: Office, user: User, right: Right) -> list[Partnership]:
    """Return the partnerships in which the person holds the right, by name."""
    with office.store.reading() as work:
        known = work.facts.partnerships()
    return [known[one] for one in partnerships_with(user, right, list(known))]


def list_members(office: Office, user: User) -> list[MemberLine]:
    """Return the organisations of every partnership the person manages, by name."""
    with office.store.reading() as work:
        return [
            MemberLine(member.organisation, office.types[member.organisation.type], member.duty)
            for member in _members(work, user, Right.MANAGE_ORGANISATIONS)
        ]


def list_people(office: Office, user: User) -> list[User]:
    """Return the people whose roles this person may give: of a partnership, or of their own organisation."""
    with office.store.reading() as work:
        partnership_ids = partnerships_with(user, Right.MANAGE_PEOPLE, list(work.facts.partnerships()))
        organisation_ids = {member.organisation.id for member in _members(work, user, Right.MANAGE_PEOPLE)}
        organisation_ids |= _own_organisations(user)
        found = work.accounts.users_in(partnership_ids=partnership_ids, organisation_ids=organisation_ids)
    # What somebody does elsewhere is nobody's business here.
    return [
        User(
            one.person,
            frozenset(
                grant
                for grant in one.grants
                if grant.partnership_id in partnership_ids or grant.organisation_id in organisation_ids
            ),
        )
        for one in found
    ]


def invitable_organisations(office: Office, user: User) -> list[Organisation]:
    """Return the organisations this person may invite colleagues to, by name."""
    with office.store.reading() as work:
        own = work.organisations.with_sites(_own_organisations(user))
        found = {one.id: one for one in own.values() if one.id in _own_organisations(user)}
        found |= {member.organisation.id: member.organisation for member in _members(work, user, Right.MANAGE_PEOPLE)}
    return sorted(found.values(), key=lambda one: one.name.casefold())


def count_members(office: Office, user: User) -> tuple[int, int]:
    """Return how many organisations and people the partnerships this person manages have."""
    with office.store.reading() as work:
        known = list(work.facts.partnerships())
        organisations = partnerships_with(user, Right.MANAGE_ORGANISATIONS, known)
        people = partnerships_with(user, Right.MANAGE_PEOPLE, known)
        return work.organisations.count_members(organisations), work.accounts.count_around(people, organisations)


def _members(work: UnitOfWork, user: User, right: Right) -> list[Membership]:
    partnership_ids = partnerships_with(user, right, list(work.facts.partnerships()))
    return work.organisations.members(partnership_ids)


def _own_organisations(user: User) -> set[str]:
    return {
        grant.organisation_id
        for grant in user.grants
        if grant.organisation_id and grant.role in HOLDERS[Right.INVITE_COLLEAGUES]
    }
