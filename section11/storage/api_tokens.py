"""Tokens with which a program reads one partnership's data; only their hashes are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from section11.storage.tables import api_tokens


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token without the token itself. ``created_by`` is a person's id; moments are in UTC."""

    id: str
    partnership_id: str
    name: str
    created_at: datetime
    created_by: str
    expires_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None


class ApiTokenRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, token: ApiToken, token_hash: str) -> None:
        self._connection.execute(
            insert(api_tokens).values(
                id=token.id,
                partnership_id=token.partnership_id,
                name=token.name,
                token_hash=token_hash,
                created_at=token.created_at,
                created_by=token.created_by,
                expires_at=token.expires_at,
            )
        )

    def get(self, token_id: str) -> ApiToken | None:
        row = self._connection.execute(select(api_tokens).where(api_tokens.c.id == token_id)).one_or_none()
        return None if row is None else _token(row)

    def with_hash(self, token_hash: str) -> ApiToken | None:
        query = select(api_tokens).where(api_tokens.c.token_hash == token_hash)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _token(row)

    def of_partnerships(self, partnership_ids: Iterable[str]) -> list[ApiToken]:
        """Return the tokens of these partnerships, the latest first, also those that were revoked."""
        query = select(api_tokens).where(api_tokens.c.partnership_id.in_(sorted(partnership_ids)))
        ordered = query.order_by(api_tokens.c.created_at.desc(), api_tokens.c.id)
        return [_token(row) for row in self._connection.execute(ordered)]

    def note_use(self, token_id: str, at: datetime) -> None:
        self._connection.execute(update(api_tokens).where(api_tokens.c.id == token_id).values(last_used_at=at))

    def revoke(self, token_id: str, at: datetime) -> bool:
        """End a token for good; False when it had been revoked before. The database decides."""
        done = self._connection.execute(
            update(api_tokens)
            .where(api_tokens.c.id == token_id, api_tokens.c.revoked_at.is_(None))
            .values(revoked_at=at)
        )
        return done.rowcount == 1


def _token(row: Row[tuple[object, ...]]) -> ApiToken:
    return ApiToken(
        id=row.id,
        partnership_id=row.partnership_id,
        name=row.name,
        created_at=row.created_at,
        created_by=row.created_by,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )
