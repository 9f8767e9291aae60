"""What the database holds about one person: where they held roles, how they signed in, and taking it away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, insert, or_, select, update

from section11.domain.mail import what_became_of
from section11.domain.people import Grant, Person, Role
from section11.storage.tables import (
    actions,
    answers,
    assessments,
    begun_sign_ins,
    cycle_partnerships,
    erased_people,
    grants,
    hand_backs,
    invitations,
    known_devices,
    metadata,
    moderation_assignments,
    moderations,
    outbox,
    outside_accounts,
    people,
    queries,
    signed_snapshots,
    waiting_grants,
    web_sessions,
)

SIGN_IN_KINDS: dict[str, tuple[Table, ColumnElement[datetime]]] = {
    "sessions": (web_sessions, web_sessions.c.expires_at),
    "one-time links": (invitations, invitations.c.expires_at),
    "half-finished sign-ins": (begun_sign_ins, begun_sign_ins.c.expires_at),
    "known browsers": (known_devices, known_devices.c.last_used_at),
    "e-mails": (outbox, outbox.c.good_until),
}
"""What is kept of signing in and of writing to people, and since when each is of no use. Another is one more line."""

_STAYS = frozenset({grants.name, moderation_assignments.name, erased_people.name})
"""Tables about a person that are not emptied: who held which role, and who judged what, by an id alone."""

_TEXTS = (
    (answers, ("reason", "evidence", "impact", "value")),
    (actions, ("what", "owner", "completion", "change")),
    (queries, ("words",)),
    (moderations, ("reason",)),
    (hand_backs, ("reason",)),
)
"""Where people write freely in returns, and so may have written somebody's name."""


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that somebody holds, or held until ``ended_at``."""

    grant: Grant
    ended_at: datetime | None


class PersonalDataRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def person(self, person_id: str) -> Person | None:
        """Return a person, also one whose account is closed."""
        row = self._connection.execute(select(people).where(people.c.id == person_id)).one_or_none()
        return None if row is None else Person(row.id, row.email, row.name, row.post, is_closed=row.is_closed)

    def roles_of(self, person_ids: Iterable[str]) -> dict[str, list[HeldRole]]:
        """Return every role these people hold or held, by person id."""
        query = select(grants).where(grants.c.person_id.in_(sorted(person_ids))).order_by(grants.c.id)
        found: dict[str, list[HeldRole]] = {}
        for row in self._connection.execute(query):
            grant = Grant(Role(row.role), organisation_id=row.organisation_id, partnership_id=row.partnership_id)
            found.setdefault(row.person_id, []).append(HeldRole(grant, row.ended_at))
        return found

    def outside_accounts_of(self, person_id: str) -> list[str]:
        """Return the services with whose accounts a person signs in."""
        query = select(outside_accounts.c.issuer).where(outside_accounts.c.person_id == person_id)
        return list(self._connection.execute(query.order_by(outside_accounts.c.issuer)).scalars())

    def links_of(self, person_id: str) -> list[tuple[datetime, datetime, datetime | None]]:
        """Return when each one-time link of a person was made, until when it was good, and when it was used."""
        query = select(invitations).where(invitations.c.person_id == person_id).order_by(invitations.c.created_at)
        return [(row.created_at, row.expires_at, row.used_at) for row in self._connection.execute(query)]

    def mails_to(self, person_id: str, partnership_ids: Iterable[str] | None) -> list[tuple[datetime, str, str]]:
        """Return when each e-mail to a person was made, its subject, and what became of it.

        ``partnership_ids`` are whose mails; None for all.
        """
        query = select(outbox).where(outbox.c.person_id == person_id).order_by(outbox.c.made_at, outbox.c.id)
        if partnership_ids is not None:
            query = query.where(outbox.c.partnership_id.in_(sorted(partnership_ids)))
        return [
            (
                row.made_at,
                row.subject,
                what_became_of(sent_at=row.sent_at, given_up_at=row.given_up_at, due_at=row.due_at),
            )
            for row in self._connection.execute(query)
        ]

    def people_around(self, partnership_id: str, organisation_ids: Iterable[str]) -> list[str]:
        """Return the ids of everybody who holds or held a role in a partnership or one of these organisations."""
        here = or_(grants.c.partnership_id == partnership_id, grants.c.organisation_id.in_(sorted(organisation_ids)))
        query = select(grants.c.person_id).where(here).distinct().order_by(grants.c.person_id)
        return list(self._connection.execute(query).scalars())

    def left_at(self, person_ids: Iterable[str]) -> dict[str, datetime]:
        """Return when the last role ended of those of these people whose account is closed and not yet erased."""
        erased = select(erased_people.c.person_id)
        query = (
            select(people.c.id, func.max(grants.c.ended_at).label("left_at"))
            .join(grants, grants.c.person_id == people.c.id)
            .where(people.c.id.in_(sorted(person_ids)), people.c.is_closed.is_(True), people.c.id.not_in(erased))
            .group_by(people.c.id)
        )
        return {row.id: row.left_at for row in self._connection.execute(query) if row.left_at is not None}

    def signed_by(self, person_id: str) -> int:
        """Return how many signed versions of returns are kept that this person signed."""
        query = select(func.count()).where(signed_snapshots.c.by == person_id)
        return int(self._connection.execute(query).scalar_one())

    def texts_naming(self, name: str, partnership_ids: Iterable[str]) -> int:
        """Return in how many texts of these partnerships' returns a name stands, small letters or capitals."""
        here = (
            select(assessments.c.id)
            .join(cycle_partnerships, cycle_partnerships.c.cycle_id == assessments.c.cycle_id)
            .where(cycle_partnerships.c.partnership_id.in_(sorted(partnership_ids)))
        )
        number = 0
        for table, columns in _TEXTS:
            names_it = or_(*(func.lower(table.c[one]).contains(name.lower(), autoescape=True) for one in columns))
            query = select(func.count()).select_from(table).where(table.c.assessment_id.in_(here), names_it)
            number += int(self._connection.execute(query).scalar_one())
        return number

    def erased_at(self, person_id: str) -> datetime | None:
        query = select(erased_people.c.at).where(erased_people.c.person_id == person_id)
        return self._connection.execute(query).scalar_one_or_none()

    def kept_of(self, person_id: str) -> dict[str, int]:
        """Return how many rows about a person erasing takes away, by the name of the table; none that are zero."""
        counted = {
            table.name: self._connection.execute(
                select(func.count()).select_from(table).where(table.c.person_id == person_id)
            ).scalar_one()
            for table in _about_people()
        }
        return {name: int(number) for name, number in counted.items() if number}

    def erase(self, person_id: str, *, name: str, email: str, at: datetime, by: str) -> None:
        """Take away how a person signs in and put ``name`` and ``email`` in the place of theirs. All roles end."""
        of_person = select(invitations.c.token_hash).where(invitations.c.person_id == person_id)
        self._connection.execute(delete(waiting_grants).where(waiting_grants.c.token_hash.in_(of_person)))
        for table in _about_people():
            self._connection.execute(delete(table).where(table.c.person_id == person_id))
        open_roles = and_(grants.c.person_id == person_id, grants.c.ended_at.is_(None))
        self._connection.execute(update(grants).where(open_roles).values(ended_at=at))
        nothing = {"post": "", "password_hash": None, "password_set_at": None, "is_closed": True}
        self._connection.execute(
            update(people).where(people.c.id == person_id).values(name=name, email=email, **nothing)
        )
        self._connection.execute(insert(erased_people).values(person_id=person_id, at=at, by=by))

    def old_sign_ins(self, before: datetime) -> dict[str, dict[str, int]]:
        """Return how many things of signing in are of no use since then, by person id and kind."""
        found: dict[str, dict[str, int]] = {}
        for kind, (table, last_use) in SIGN_IN_KINDS.items():
            query = select(table.c.person_id, func.count().label("number")).where(last_use < before)
            for row in self._connection.execute(query.group_by(table.c.person_id)):
                found.setdefault(row.person_id, {})[kind] = row.number
        return found

    def forget_sign_ins(self, person_id: str, before: datetime) -> None:
        """Take away what of a person's signing in is of no use since then."""
        old = select(invitations.c.token_hash).where(
            invitations.c.person_id == person_id, invitations.c.expires_at < before
        )
        self._connection.execute(delete(waiting_grants).where(waiting_grants.c.token_hash.in_(old)))
        for table, last_use in SIGN_IN_KINDS.values():
            self._connection.execute(delete(table).where(table.c.person_id == person_id, last_use < before))


def _about_people() -> list[Table]:
    # Found by their columns, so that a table that is added later is not forgotten.
    tables = [one for one in metadata.sorted_tables if "person_id" in one.c and one.name not in _STAYS]
    return list(reversed(tables))
