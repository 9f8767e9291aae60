"""What each partnership changed about its mail: texts by kind, and where replies go."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from section11.domain.mail import MailKind
from section11.storage.tables import mail_texts, reply_addresses


@dataclass(frozen=True, slots=True)
class MailText:
    """The wording of one kind of mail, with placeholders in both parts."""

    subject: str
    body: str


class MailTextRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, partnership_id: str) -> dict[MailKind, MailText]:
        """Return by kind the texts a partnership has of its own."""
        query = select(mail_texts).where(mail_texts.c.partnership_id == partnership_id)
        return {MailKind(row.kind): MailText(row.subject, row.body) for row in self._connection.execute(query)}

    def put(self, partnership_id: str, kind: MailKind, text: MailText | None) -> None:
        """Write a partnership's own text of a kind; None goes back to ours."""
        is_this = (mail_texts.c.partnership_id == partnership_id, mail_texts.c.kind == kind.value)
        self._connection.execute(delete(mail_texts).where(*is_this))
        if text is not None:
            self._connection.execute(
                insert(mail_texts).values(
                    partnership_id=partnership_id, kind=kind.value, subject=text.subject, body=text.body
                )
            )

    def reply_address(self, partnership_id: str) -> str:
        """Return where replies to a partnership's mail go; empty when it has not said."""
        query = select(reply_addresses.c.email).where(reply_addresses.c.partnership_id == partnership_id)
        return self._connection.execute(query).scalar_one_or_none() or ""

    def set_reply_address(self, partnership_id: str, email: str) -> None:
        self._connection.execute(delete(reply_addresses).where(reply_addresses.c.partnership_id == partnership_id))
        if email:
            self._connection.execute(insert(reply_addresses).values(partnership_id=partnership_id, email=email))
