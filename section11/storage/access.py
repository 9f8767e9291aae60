"""How roles begin and end: roles that wait to be taken up, accounts that are closed, other services' accounts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from section11.domain.people import Grant, Person, Role
from section11.storage.tables import erased_people, grants, invitations, outside_accounts, people, waiting_grants


@dataclass(frozen=True, slots=True)
class WaitingLink:
    """Roles that wait for a person; the link is named by the hash of its token, of which nobody can make the token."""

    token_hash: str
    person_id: str
    expires_at: datetime
    grants: tuple[Grant, ...]


class AccessRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def let_wait(self, token_hash: str, waiting: Iterable[Grant]) -> None:
        """Keep roles until the link with this hash is used by the person they are for."""
        rows = [{"token_hash": token_hash, **_columns(grant)} for grant in waiting]
        self._connection.execute(insert(waiting_grants), rows)

    def waiting(self, token_hash: str) -> list[Grant]:
        query = select(waiting_grants).where(waiting_grants.c.token_hash == token_hash).order_by(waiting_grants.c.id)
        return [_grant(row) for row in self._connection.execute(query)]

    def waiting_links(self) -> list[WaitingLink]:
        """Return the links with roles that nobody took up, the one that ends first first."""
        query = (
            select(invitations.c.token_hash, invitations.c.person_id, invitations.c.expires_at)
            .where(invitations.c.used_at.is_(None), invitations.c.token_hash.in_(select(waiting_grants.c.token_hash)))
            .order_by(invitations.c.expires_at, invitations.c.token_hash)
        )
        return [
            WaitingLink(row.token_hash, row.person_id, row.expires_at, tuple(self.waiting(row.token_hash)))
            for row in self._connection.execute(query).all()
        ]

    def end_waiting(self, token_hash: str) -> None:
        self._connection.execute(delete(waiting_grants).where(waiting_grants.c.token_hash == token_hash))

    def end_grant(self, person_id: str, grant: Grant, at: datetime) -> bool:
        """End one role of a person; False when they do not hold it."""
        wanted = [grants.c[name] == value if value else grants.c[name].is_(None) for name, value in _place(grant)]
        done = self._connection.execute(
            update(grants)
            .where(grants.c.person_id == person_id, grants.c.ended_at.is_(None), grants.c.role == grant.role.value)
            .where(*wanted)
            .values(ended_at=at)
        )
        return done.rowcount > 0

    def set_closed(self, person_id: str, *, is_closed: bool) -> None:
        self._connection.execute(update(people).where(people.c.id == person_id).values(is_closed=is_closed))

    def ended_grants(self, person_id: str) -> frozenset[Grant]:
        query = select(grants).where(grants.c.person_id == person_id, grants.c.ended_at.is_not(None))
        return frozenset(_grant(row) for row in self._connection.execute(query))

    def closed_people(self, *, partnership_ids: Iterable[str], organisation_ids: Iterable[str]) -> list[Person]:
        """Return those with a closed account who held a role in one of these places, by name, and was not erased."""
        here = select(grants.c.person_id).where(
            or_(
                grants.c.partnership_id.in_(sorted(partnership_ids)),
                grants.c.organisation_id.in_(sorted(organisation_ids)),
            )
        )
        erased = select(erased_people.c.person_id)
        query = select(people).where(people.c.is_closed.is_(True), people.c.id.in_(here), people.c.id.not_in(erased))
        return [
            Person(row.id, row.email, row.name, row.post, is_closed=True)
            for row in self._connection.execute(query.order_by(people.c.name, people.c.id))
        ]

    def person_of_outside_account(self, issuer: str, subject: str) -> str | None:
        query = select(outside_accounts.c.person_id).where(
            outside_accounts.c.issuer == issuer, outside_accounts.c.subject == subject
        )
        return self._connection.execute(query).scalar_one_or_none()

    def has_outside_account(self, issuer: str, person_id: str) -> bool:
        query = select(outside_accounts.c.subject).where(
            outside_accounts.c.issuer == issuer, outside_accounts.c.person_id == person_id
        )
        return self._connection.execute(query).first() is not None

    def add_outside_account(self, issuer: str, subject: str, person_id: str) -> None:
        self._connection.execute(insert(outside_accounts).values(issuer=issuer, subject=subject, person_id=person_id))

    def forget_outside_accounts(self, person_id: str) -> None:
        self._connection.execute(delete(outside_accounts).where(outside_accounts.c.person_id == person_id))


def _place(grant: Grant) -> list[tuple[str, str | None]]:
    return [("organisation_id", grant.organisation_id), ("partnership_id", grant.partnership_id)]


def _columns(grant: Grant) -> dict[str, str | None]:
    return {"role": grant.role.value, **dict(_place(grant))}


def _grant(row: Row[tuple[object, ...]]) -> Grant:
    return Grant(Role(row.role), organisation_id=row.organisation_id, partnership_id=row.partnership_id)
