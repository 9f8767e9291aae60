"""People, what they were granted, and their invitations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, or_, select, update

from section11.domain.people import Grant, Person, Role, User
from section11.storage.tables import (
    grants,
    invitations,
    memberships,
    outbox,
    people,
    waiting_grants,
)


@dataclass(frozen=True, slots=True)
class SignInRecord:
    """What is needed to decide about one attempt to sign in."""

    person: Person
    password_hash: str | None


class AccountRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_person(self, person: Person, password_hash: str | None = None) -> None:
        self.add_people([(person, password_hash)])

    def add_people(self, new: Sequence[tuple[Person, str | None]]) -> None:
        if not new:
            return
        self._connection.execute(
            insert(people),
            [
                {
                    "id": person.id,
                    "email": person.email,
                    "name": person.name,
                    "post": person.post,
                    "password_hash": password_hash,
                }
                for person, password_hash in new
            ],
        )

    def add_grants(self, new: Iterable[tuple[str, Grant]]) -> None:
        rows = [
            {
                "person_id": person_id,
                "role": grant.role.value,
                "organisation_id": grant.organisation_id,
                "partnership_id": grant.partnership_id,
            }
            for person_id, grant in new
        ]
        if rows:
            self._connection.execute(insert(grants), rows)

    def take_grants(self, person_id: str, taken: Iterable[Grant]) -> None:
        """Take roles away from a person."""
        for grant in taken:
            self._connection.execute(
                delete(grants).where(
                    grants.c.person_id == person_id,
                    grants.c.role == grant.role.value,
                    grants.c.organisation_id.is_not_distinct_from(grant.organisation_id),
                    grants.c.partnership_id.is_not_distinct_from(grant.partnership_id),
                )
            )

    def remove_person(self, person_id: str) -> None:
        """Take away a person who never signed in, with the invitations and mails that were made for them."""
        self._connection.execute(delete(outbox).where(outbox.c.person_id == person_id))
        self._connection.execute(delete(invitations).where(invitations.c.person_id == person_id))
        self._connection.execute(delete(people).where(people.c.id == person_id))

    def person_by_email(self, email: str) -> Person | None:
        row = self._connection.execute(select(people).where(people.c.email == email.strip().lower())).one_or_none()
        return None if row is None else person_of(row)

    def people_by_id(self, person_ids: Iterable[str]) -> dict[str, Person]:
        query = select(people).where(people.c.id.in_(sorted(set(person_ids))))
        return {row.id: person_of(row) for row in self._connection.execute(query)}

    def user(self, person_id: str) -> User | None:
        """Return the person with all grants, or None when unknown or closed."""
        row = self._connection.execute(select(people).where(people.c.id == person_id)).one_or_none()
        if row is None or row.is_closed:
            return None
        of_person = select(grants).where(grants.c.person_id == person_id, grants.c.ended_at.is_(None))
        held = self._connection.execute(of_person)
        return User(person_of(row), frozenset(grant_of(grant) for grant in held))

    def users_in(self, *, partnership_ids: Iterable[str], organisation_ids: Iterable[str]) -> list[User]:
        """Return the people who hold a role in one of these partnerships or organisations, by name."""
        matching = select(grants.c.person_id).where(
            grants.c.ended_at.is_(None),
            or_(
                grants.c.partnership_id.in_(sorted(partnership_ids)),
                grants.c.organisation_id.in_(sorted(organisation_ids)),
            ),
        )
        rows = self._connection.execute(
            select(people).where(people.c.id.in_(matching)).order_by(people.c.name, people.c.id)
        ).all()
        held: dict[str, set[Grant]] = {row.id: set() for row in rows}
        for grant in self._connection.execute(_held(matching)):
            held[grant.person_id].add(grant_of(grant))
        return [User(person_of(row), frozenset(held[row.id])) for row in rows]

    def count_around(self, partnership_ids: Iterable[str], member_partnership_ids: Iterable[str]) -> int:
        """Count who holds a role in one of these partnerships, or in a member of one of the latter."""
        members = select(memberships.c.organisation_id).where(
            memberships.c.partnership_id.in_(sorted(member_partnership_ids))
        )
        holds = or_(grants.c.partnership_id.in_(sorted(partnership_ids)), grants.c.organisation_id.in_(members))
        query = select(func.count(grants.c.person_id.distinct())).where(grants.c.ended_at.is_(None), holds)
        return int(self._connection.execute(query).scalar_one())

    def sign_in_record(self, email: str) -> SignInRecord | None:
        row = self._connection.execute(select(people).where(people.c.email == email.strip().lower())).one_or_none()
        if row is None:
            return None
        return SignInRecord(person_of(row), row.password_hash)

    def set_password_hash(self, person_id: str, password_hash: str | None, at: datetime) -> None:
        self._connection.execute(
            update(people).where(people.c.id == person_id).values(password_hash=password_hash, password_set_at=at)
        )

    def password_set_at(self, person_id: str) -> datetime | None:
        query = select(people.c.password_set_at).where(people.c.id == person_id)
        return self._connection.execute(query).scalar_one_or_none()

    def add_invitation(self, token_hash: str, person_id: str, *, created_at: datetime, expires_at: datetime) -> None:
        self._connection.execute(
            insert(invitations).values(
                token_hash=token_hash, person_id=person_id, created_at=created_at, expires_at=expires_at
            )
        )

    def open_invitation(self, token_hash: str, now: datetime) -> str | None:
        """Return the id of the person an unused, unexpired invitation is for."""
        query = select(invitations.c.person_id).where(
            invitations.c.token_hash == token_hash,
            invitations.c.used_at.is_(None),
            invitations.c.expires_at > now,
        )
        return self._connection.execute(query).scalar_one_or_none()

    def void_invitations_of(self, person_id: str, now: datetime) -> None:
        """End every invitation of a person that is still open, so that no old link can set a password.

        Links that only offer a role stay: they set none.
        """
        offers = select(waiting_grants.c.token_hash)
        self._connection.execute(
            update(invitations)
            .where(invitations.c.person_id == person_id, invitations.c.used_at.is_(None))
            .where(invitations.c.token_hash.not_in(offers))
            .values(used_at=now)
        )

    def void_offers_to(self, person_id: str, now: datetime) -> None:
        """End every link that offers a person a role."""
        offers = select(waiting_grants.c.token_hash)
        self._connection.execute(
            update(invitations)
            .where(invitations.c.person_id == person_id, invitations.c.token_hash.in_(offers))
            .where(invitations.c.used_at.is_(None))
            .values(used_at=now)
        )

    def use_invitation(self, token_hash: str, now: datetime) -> bool:
        """Mark an invitation as used; False when somebody was quicker. The database decides."""
        done = self._connection.execute(
            update(invitations)
            .where(invitations.c.token_hash == token_hash, invitations.c.used_at.is_(None))
            .values(used_at=now)
        )
        return done.rowcount == 1


def _held(person_ids: Select[tuple[str]]) -> Select[tuple[object, ...]]:
    return select(grants).where(grants.c.person_id.in_(person_ids), grants.c.ended_at.is_(None))


def person_of(row: Row[*tuple[Any, ...]]) -> Person:
    """Return the person that a row with the columns of ``people`` tells of."""
    return Person(id=row.id, email=row.email, name=row.name, post=row.post, is_closed=row.is_closed)


def grant_of(row: Row[*tuple[Any, ...]]) -> Grant:
    """Return the grant that a row with the columns of ``grants`` tells of."""
    return Grant(Role(row.role), organisation_id=row.organisation_id, partnership_id=row.partnership_id)
