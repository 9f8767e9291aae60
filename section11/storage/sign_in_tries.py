"""Wrong tries to sign in, and the browsers somebody has signed in with before. Shared by every process."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from section11.domain.sign_in_limits import Tries
from section11.storage.locks import OneAtATime, wait_for_turn
from section11.storage.tables import known_devices, sign_in_tries


class SignInTries:
    """Keys are hashes: of the e-mail address as it was typed, of the caller's address, of the browser's cookie."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self) -> None:
        """Count one try at a time, until the transaction ends."""
        wait_for_turn(self._connection, OneAtATime.SIGN_IN_TRIES)

    def add(self, *, account: str, address: str, device: str, at: datetime) -> None:
        self._connection.execute(insert(sign_in_tries).values(account=account, address=address, device=device, at=at))

    def count(self, since: datetime, **keys: str) -> Tries:
        """Return the tries since then that have all these keys: ``account``, ``address``, ``device``."""
        wanted = [sign_in_tries.c[name] == value for name, value in keys.items()]
        query = select(func.count(), func.max(sign_in_tries.c.at)).where(sign_in_tries.c.at > since, *wanted)
        number, last = self._connection.execute(query).one()
        return Tries(number, last)

    def forget(self, **keys: str) -> None:
        """Delete the tries that have all these keys, after one that was right."""
        self._connection.execute(
            delete(sign_in_tries).where(*(sign_in_tries.c[name] == value for name, value in keys.items()))
        )

    def forget_until(self, moment: datetime) -> None:
        self._connection.execute(delete(sign_in_tries).where(sign_in_tries.c.at <= moment))

    def is_known_device(self, token_hash: str, person_id: str, since: datetime) -> bool:
        query = select(known_devices.c.person_id).where(
            known_devices.c.token_hash == token_hash,
            known_devices.c.person_id == person_id,
            known_devices.c.last_used_at > since,
        )
        return self._connection.execute(query).one_or_none() is not None

    def remember_device(self, token_hash: str, person_id: str, at: datetime) -> None:
        is_this = (known_devices.c.token_hash == token_hash, known_devices.c.person_id == person_id)
        if not self._connection.execute(update(known_devices).where(*is_this).values(last_used_at=at)).rowcount:
            self._connection.execute(
                insert(known_devices).values(token_hash=token_hash, person_id=person_id, last_used_at=at)
            )

    def forget_devices_of(self, person_id: str) -> None:
        self._connection.execute(delete(known_devices).where(known_devices.c.person_id == person_id))
