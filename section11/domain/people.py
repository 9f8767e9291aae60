"""People, the roles they hold, and where they hold them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may do; the words for people are in ``ROLE_TITLES``."""

    CONTRIBUTOR = "contributor"
    APPROVER = "approver"
    SCRUTINY_LEAD = "scrutiny_lead"
    BOARD_VIEWER = "board_viewer"
    ADMINISTRATOR = "administrator"
    OPERATOR = "operator"
    """Whoever runs commands on the server itself. Held everywhere and never granted to an account."""


ROLE_TITLES: dict[Role, str] = {
    Role.CONTRIBUTOR: "Contributor",
    Role.APPROVER: "Approver (senior lead)",
    Role.SCRUTINY_LEAD: "Scrutiny lead",
    Role.BOARD_VIEWER: "Board viewer",
    Role.ADMINISTRATOR: "Administrator",
    Role.OPERATOR: "Operator (the server's command line)",
}

ORGANISATION_ROLES = frozenset({Role.CONTRIBUTOR, Role.APPROVER})
PARTNERSHIP_ROLES = frozenset({Role.SCRUTINY_LEAD, Role.BOARD_VIEWER, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Grant:
    """One role in one place: an organisation's roles name it, a partnership's roles name that."""

    role: Role
    organisation_id: str | None = None
    partnership_id: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account. ``post`` is what others are shown rather than the e-mail address."""

    id: str
    email: str
    name: str
    post: str = ""
    is_closed: bool = False

    @property
    def shown_as(self) -> str:
        """The post, or the name of somebody whose post nobody wrote down."""
        return self.post.strip() or self.name


@dataclass(frozen=True, slots=True)
class User:
    """A signed-in person with everything they were granted."""

    person: Person
    grants: frozenset[Grant]

    @property
    def id(self) -> str:
        return self.person.id

    def organisations_as(self, *roles: Role) -> frozenset[str]:
        """Return the ids of the organisations in which the person holds one of these roles."""
        return frozenset(
            grant.organisation_id for grant in self.grants if grant.role in roles and grant.organisation_id
        )

    def partnerships_as(self, *roles: Role) -> frozenset[str]:
        """Return the ids of the partnerships in which the person holds one of these roles."""
        return frozenset(grant.partnership_id for grant in self.grants if grant.role in roles and grant.partnership_id)


OPERATOR = User(
    Person(id="command-line", email="", name="Command line", post="Operator"),
    frozenset({Grant(Role.OPERATOR)}),
)
"""Who acts when a command is run on the server; events record ``command-line``."""
