"""The fictional staff: two posts in every organisation, three in the partnership, five that can sign in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from section11.domain.organisations import Organisation
from section11.domain.people import ROLE_TITLES, Grant, Person, Role
from section11.services.demo.content import Posts, Profile
from section11.services.passwords import Passwords
from section11.storage.accounts import AccountRepository

PASSWORD = "riverdale demo 2026"  # noqa: S105  printed for everybody who tries the demo
DOMAIN = "riverdale.example"
"""Addresses under .example belong to nobody and never will."""

WHAT_FOR = {
    Role.CONTRIBUTOR: "Answer the questions of Riverdale Police, whose return is in progress.",
    Role.APPROVER: "The same, and sign off the return of Riverdale Police.",
    Role.SCRUTINY_LEAD: "Follow progress, read submitted returns, hand back, see figures and download the workbook.",
    Role.BOARD_VIEWER: "See what has been released to the board.",
    Role.ADMINISTRATOR: "Look after organisations, people and cycles.",
}
"""The roles that have a demo account, in the order of a tour."""

_MAILBOXES = {Role.SCRUTINY_LEAD: "scrutiny", Role.BOARD_VIEWER: "board"}


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody to sign in as."""

    role_title: str
    email: str
    password: str
    what_for: str


@dataclass(frozen=True, slots=True)
class Staff:
    """The ids of the two people of one organisation."""

    contributor_id: str
    approver_id: str


def demo_accounts() -> list[DemoAccount]:
    """Return the accounts that every demo has, one for each role."""
    return [DemoAccount(ROLE_TITLES[role], _email(role), PASSWORD, words) for role, words in WHAT_FOR.items()]


def add_people(
    accounts: AccountRepository,
    posts: Posts,
    profiled: Sequence[tuple[Organisation, Profile]],
    partnership_id: str,
) -> dict[str, Staff]:
    """Add everybody with their roles. The first organisation's people and the partnership's can sign in.

    Returns:
        The staff by organisation id.
    """
    passwords = Passwords()
    people: list[tuple[Person, str | None]] = []
    grants: list[tuple[str, Grant]] = []
    staff: dict[str, Staff] = {}
    for number, (organisation, profile) in enumerate(profiled):
        for role, post in ((Role.CONTRIBUTOR, profile.contributor), (Role.APPROVER, profile.approver)):
            can_sign_in = number == 0
            person_id = person_id_of(role, number)
            email = _email(role) if can_sign_in else f"{role.value}@{organisation.id}.{DOMAIN}"
            hashed = passwords.hashed(PASSWORD) if can_sign_in else None
            people.append((Person(person_id, email, name=post, post=post), hashed))
            grants.append((person_id, Grant(role, organisation_id=organisation.id)))
        staff[organisation.id] = Staff(person_id_of(Role.CONTRIBUTOR, number), person_id_of(Role.APPROVER, number))
    for role, post in (
        (Role.SCRUTINY_LEAD, posts.demo.scrutiny),
        (Role.BOARD_VIEWER, posts.demo.board),
        (Role.ADMINISTRATOR, posts.demo.administrator),
    ):
        people.append((Person(person_id_of(role), _email(role), name=post, post=post), passwords.hashed(PASSWORD)))
        grants.append((person_id_of(role), Grant(role, partnership_id=partnership_id)))
    second = person_id_of(Role.SCRUTINY_LEAD, 2)
    people.append((Person(second, f"scrutineer@{DOMAIN}", name="Independent Scrutineer", post="Scrutineer"), None))
    grants.append((second, Grant(Role.SCRUTINY_LEAD, partnership_id=partnership_id)))
    accounts.add_people(people)
    accounts.add_grants(grants)
    return staff


def person_id_of(role: Role, number: int = 0) -> str:
    """Return the id of a demo person: the role alone for those who can sign in, else with a number."""
    return f"demo-{role.value}-{number}" if number else f"demo-{role.value}"


def _email(role: Role) -> str:
    return f"{_MAILBOXES.get(role, role.value)}@{DOMAIN}"
