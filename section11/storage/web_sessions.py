"""Sessions: who is signed in, from when until when, by the hash of a token that only their browser has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from section11.domain.people import User
from section11.storage.accounts import grant_of, person_of
from section11.storage.tables import grants, people, web_sessions


@dataclass(frozen=True, slots=True)
class WebSession:
    person_id: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    browser: str = ""
    token_hash: str = ""
    """Set on reading: names the session to its person; nobody can make the token of it."""


@dataclass(frozen=True, slots=True)
class SessionTimes:
    """When a session ends at the latest, and when it was last seen."""

    expires_at: datetime
    last_seen_at: datetime


class WebSessionRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, token_hash: str, session: WebSession) -> None:
        self._connection.execute(
            insert(web_sessions).values(
                token_hash=token_hash,
                person_id=session.person_id,
                created_at=session.created_at,
                last_seen_at=session.last_seen_at,
                expires_at=session.expires_at,
                browser=session.browser,
            )
        )

    def get(self, token_hash: str) -> WebSession | None:
        row = self._connection.execute(
            select(web_sessions).where(web_sessions.c.token_hash == token_hash)
        ).one_or_none()
        return None if row is None else _session(row)

    def times(self, token_hash: str) -> SessionTimes | None:
        """Return the times of the session of an open account; None without one.

        One short question, because it is asked at every message of every open page.
        """
        row = self._connection.execute(_TIMES, {"asked_hash": token_hash}).one_or_none()
        return None if row is None else SessionTimes(row.expires_at, row.last_seen_at)

    def user_of(self, token_hash: str) -> tuple[User, SessionTimes] | None:
        """Return the person of the session of an open account, with all grants, and its times; None without one.

        One question too, because it is asked whenever a page is drawn.
        """
        rows = self._connection.execute(_USER, {"asked_hash": token_hash}).all()
        if not rows:
            return None
        held = frozenset(grant_of(row) for row in rows if row.role is not None)
        return User(person_of(rows[0]), held), SessionTimes(rows[0].expires_at, rows[0].last_seen_at)

    def of_person(self, person_id: str) -> list[WebSession]:
        """Return a person's sessions, the one last used first."""
        of_person = select(web_sessions).where(web_sessions.c.person_id == person_id)
        rows = self._connection.execute(of_person.order_by(web_sessions.c.last_seen_at.desc()))
        return [_session(row) for row in rows]

    def touch(self, token_hash: str, seen_at: datetime) -> None:
        self._connection.execute(
            update(web_sessions).where(web_sessions.c.token_hash == token_hash).values(last_seen_at=seen_at)
        )

    def end(self, token_hash: str) -> None:
        self._connection.execute(delete(web_sessions).where(web_sessions.c.token_hash == token_hash))

    def end_all_of(self, person_id: str, *, except_hash: str = "") -> None:
        """End every session of a person, or all but one."""
        self._connection.execute(
            delete(web_sessions).where(web_sessions.c.person_id == person_id, web_sessions.c.token_hash != except_hash)
        )

    def forget_expired(self, now: datetime) -> None:
        """Delete the sessions that have run out for good."""
        self._connection.execute(delete(web_sessions).where(web_sessions.c.expires_at <= now))

    def count(self, now: datetime) -> int:
        """Count the sessions that have not run out."""
        query = select(func.count()).select_from(web_sessions).where(web_sessions.c.expires_at > now)
        return int(self._connection.execute(query).scalar_one())


# Made once, because making them takes longer than running them.
_OPEN = (web_sessions.c.token_hash == bindparam("asked_hash")) & people.c.is_closed.is_(False)
_TIMES = (
    select(web_sessions.c.expires_at, web_sessions.c.last_seen_at)
    .join(people, people.c.id == web_sessions.c.person_id)
    .where(_OPEN)
)
_USER = (
    select(
        web_sessions.c.expires_at,
        web_sessions.c.last_seen_at,
        people.c.id,
        people.c.email,
        people.c.name,
        people.c.post,
        people.c.is_closed,
        grants.c.role,
        grants.c.organisation_id,
        grants.c.partnership_id,
    )
    .join_from(web_sessions, people, people.c.id == web_sessions.c.person_id)
    .outerjoin(grants, (grants.c.person_id == people.c.id) & grants.c.ended_at.is_(None))
    .where(_OPEN)
)


def _session(row: Row[*tuple[Any, ...]]) -> WebSession:
    return WebSession(
        row.person_id, row.created_at, row.last_seen_at, row.expires_at, row.browser or "", row.token_hash
    )
