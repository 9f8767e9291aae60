"""The second step of signing in: secrets, recovery codes, and sign-ins that wait for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from section11.storage.tables import begun_sign_ins, recovery_codes, second_steps


@dataclass(frozen=True, slots=True)
class SecondStep:
    """``secret`` is sealed; ``last_counter`` is the time step of the last code that was used."""

    secret: str
    is_on: bool
    last_counter: int


@dataclass(frozen=True, slots=True)
class BegunSignIn:
    person_id: str
    way: str


class SecondStepRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, person_id: str) -> SecondStep | None:
        row = self._connection.execute(select(second_steps).where(second_steps.c.person_id == person_id)).one_or_none()
        return None if row is None else SecondStep(row.secret, row.is_on, row.last_counter)

    def is_on(self, person_id: str) -> bool:
        step = self.of(person_id)
        return step is not None and step.is_on

    def prepare(self, person_id: str, secret: str) -> None:
        """Keep a secret that the person has not shown a code of yet, in place of any other such."""
        self._connection.execute(
            delete(second_steps).where(second_steps.c.person_id == person_id, second_steps.c.is_on.is_(False))
        )
        self._connection.execute(
            insert(second_steps).values(person_id=person_id, secret=secret, is_on=False, last_counter=0)
        )

    def turn_on(self, person_id: str) -> None:
        self._connection.execute(update(second_steps).where(second_steps.c.person_id == person_id).values(is_on=True))

    def use_counter(self, person_id: str, counter: int) -> bool:
        """Mark the code of a time step as used; False when it, or a later one, was. The database decides."""
        done = self._connection.execute(
            update(second_steps)
            .where(second_steps.c.person_id == person_id, second_steps.c.last_counter < counter)
            .values(last_counter=counter)
        )
        return done.rowcount == 1

    def remove(self, person_id: str) -> None:
        self._connection.execute(delete(recovery_codes).where(recovery_codes.c.person_id == person_id))
        self._connection.execute(delete(second_steps).where(second_steps.c.person_id == person_id))

    def put_codes(self, person_id: str, code_hashes: Iterable[str]) -> None:
        """Put new recovery codes in place of all others."""
        self._connection.execute(delete(recovery_codes).where(recovery_codes.c.person_id == person_id))
        self._connection.execute(
            insert(recovery_codes), [{"person_id": person_id, "code_hash": one} for one in code_hashes]
        )

    def unused_codes(self, person_id: str) -> dict[int, str]:
        """Return the hashes of the recovery codes that are left, by number."""
        query = select(recovery_codes).where(
            recovery_codes.c.person_id == person_id, recovery_codes.c.used_at.is_(None)
        )
        return {row.id: row.code_hash for row in self._connection.execute(query)}

    def use_code(self, code_id: int, at: datetime) -> bool:
        """Mark a recovery code as used; False when somebody was quicker. The database decides."""
        done = self._connection.execute(
            update(recovery_codes)
            .where(recovery_codes.c.id == code_id, recovery_codes.c.used_at.is_(None))
            .values(used_at=at)
        )
        return done.rowcount == 1

    def begin_sign_in(self, token_hash: str, person_id: str, way: str, *, expires_at: datetime) -> None:
        self._connection.execute(
            insert(begun_sign_ins).values(token_hash=token_hash, person_id=person_id, way=way, expires_at=expires_at)
        )

    def begun_sign_in(self, token_hash: str, now: datetime) -> BegunSignIn | None:
        query = select(begun_sign_ins).where(
            begun_sign_ins.c.token_hash == token_hash, begun_sign_ins.c.expires_at > now
        )
        row = self._connection.execute(query).one_or_none()
        return None if row is None else BegunSignIn(row.person_id, row.way)

    def end_begun_sign_in(self, token_hash: str, now: datetime) -> bool:
        """End a sign-in that waited, and all that waited too long; False when somebody was quicker."""
        self._connection.execute(delete(begun_sign_ins).where(begun_sign_ins.c.expires_at <= now))
        done = self._connection.execute(delete(begun_sign_ins).where(begun_sign_ins.c.token_hash == token_hash))
        return done.rowcount == 1

    def end_begun_sign_ins_of(self, person_id: str) -> None:
        self._connection.execute(delete(begun_sign_ins).where(begun_sign_ins.c.person_id == person_id))
