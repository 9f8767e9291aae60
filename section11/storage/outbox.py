"""The outbox: mails that wait, were sent, or could not be delivered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, Row, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from section11.domain.mail import MailKind, MailRecord, WaitingMail
from section11.storage.tables import outbox


class OutboxRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        *,
        key: str,
        kind: MailKind,
        person_id: str,
        partnership_id: str,
        about: str | None,
        subject: str,
        text: str,
        sealed_link: str,
        made_at: datetime,
        good_until: datetime,
    ) -> bool:
        """Let a mail wait; False when there is one with this key already. The database decides."""
        new_row = sqlite.insert if self._connection.dialect.name == "sqlite" else postgresql.insert
        statement = new_row(outbox).values(
            key=key,
            kind=kind.value,
            person_id=person_id,
            partnership_id=partnership_id,
            about=about,
            subject=subject,
            text=text,
            sealed_link=sealed_link,
            made_at=made_at,
            due_at=made_at,
            good_until=good_until,
            tries=0,
            last_fault="",
        )
        added = self._connection.execute(statement.on_conflict_do_nothing().returning(outbox.c.id))
        return added.one_or_none() is not None

    def has(self, key: str) -> bool:
        return self.id_of(key) is not None

    def id_of(self, key: str) -> int | None:
        return self._connection.execute(select(outbox.c.id).where(outbox.c.key == key)).scalar_one_or_none()

    def due_ids(self, now: datetime, most: int) -> list[int]:
        """Return the mails whose turn it is, the longest waiting first."""
        query = select(outbox.c.id).where(outbox.c.due_at <= now).order_by(outbox.c.due_at, outbox.c.id).limit(most)
        return list(self._connection.execute(query).scalars())

    def claim(self, mail_id: int, now: datetime, until: datetime) -> WaitingMail | None:
        """Take a mail to send it, so that nobody else does before ``until``; None when somebody was quicker."""
        taken = (
            update(outbox)
            .where(outbox.c.id == mail_id, outbox.c.due_at <= now)
            .values(due_at=until, tries=outbox.c.tries + 1)
        )
        if self._connection.execute(taken).rowcount != 1:
            return None
        row = self._connection.execute(select(outbox).where(outbox.c.id == mail_id)).one()
        return WaitingMail(
            id=row.id,
            key=row.key,
            kind=MailKind(row.kind),
            person_id=row.person_id,
            partnership_id=row.partnership_id,
            about=row.about,
            subject=row.subject,
            text=row.text,
            sealed_link=row.sealed_link,
            good_until=row.good_until,
            tries=row.tries,
        )

    def set_sent(self, mail_id: int, at: datetime) -> None:
        """Write that a mail is on its way, and erase what it said: the person has it."""
        done = {"sent_at": at, "due_at": None, "sealed_link": "", "text": "", "last_fault": ""}
        self._connection.execute(update(outbox).where(outbox.c.id == mail_id).values(**done))

    def put_off(self, mail_id: int, until: datetime, fault: str) -> None:
        self._connection.execute(update(outbox).where(outbox.c.id == mail_id).values(due_at=until, last_fault=fault))

    def give_up(self, mail_id: int, at: datetime, fault: str) -> None:
        """Write that a mail will not be tried again, and erase the link it carried."""
        self._connection.execute(update(outbox).where(outbox.c.id == mail_id).values(**_given_up(at, fault)))

    def leave_out(self, key: str, why: str) -> None:
        """Write why a mail that waits is not needed any more, and erase what it said and the link it carried."""
        waiting = update(outbox).where(outbox.c.key == key, outbox.c.due_at.is_not(None))
        self._connection.execute(waiting.values(due_at=None, sealed_link="", text="", last_fault=why))

    def give_up_old(self, now: datetime, fault: str) -> None:
        """Give up the mails that waited until they were out of date, and are nobody's at the moment."""
        old = update(outbox).where(outbox.c.due_at <= now, outbox.c.good_until <= now)
        self._connection.execute(old.values(**_given_up(now, fault)))

    def give_up_waiting(self, now: datetime, fault: str) -> None:
        """Give up every mail that waits."""
        waiting = update(outbox).where(outbox.c.due_at.is_not(None))
        self._connection.execute(waiting.values(**_given_up(now, fault)))

    def note_fault(self, now: datetime, fault: str) -> None:
        """Write on every mail whose turn it is why none could be sent."""
        self._connection.execute(update(outbox).where(outbox.c.due_at <= now).values(last_fault=fault))

    def try_again(self, mail_id: int, now: datetime, good_until: datetime) -> bool:
        """Let a mail that was given up wait once more; False when it was not."""
        again = {"given_up_at": None, "due_at": now, "good_until": good_until, "tries": 0}
        given_up = update(outbox).where(outbox.c.id == mail_id, outbox.c.given_up_at.is_not(None))
        return self._connection.execute(given_up.values(**again)).rowcount == 1

    def get(self, mail_id: int) -> MailRecord | None:
        row = self._connection.execute(select(outbox).where(outbox.c.id == mail_id)).one_or_none()
        return None if row is None else _record(row)

    def latest(self, partnership_ids: Iterable[str], most: int) -> list[MailRecord]:
        """Return the mails of these partnerships, the latest first."""
        query = select(outbox).where(outbox.c.partnership_id.in_(sorted(partnership_ids)))
        rows = self._connection.execute(query.order_by(outbox.c.made_at.desc(), outbox.c.id.desc()).limit(most))
        return [_record(row) for row in rows]

    def count_waiting(self, partnership_ids: Iterable[str]) -> int:
        return self._count(partnership_ids, outbox.c.due_at.is_not(None))

    def count_given_up(self, partnership_ids: Iterable[str]) -> int:
        return self._count(partnership_ids, outbox.c.given_up_at.is_not(None))

    def oldest_waiting(self) -> datetime | None:
        """Return when the mail that waits longest was made."""
        query = select(outbox.c.made_at).where(outbox.c.due_at.is_not(None)).order_by(outbox.c.made_at).limit(1)
        return self._connection.execute(query).scalar_one_or_none()

    def forget_until(self, moment: datetime) -> None:
        """Delete what was sent, or given up, before a moment."""
        self._connection.execute(delete(outbox).where(outbox.c.due_at.is_(None), outbox.c.made_at <= moment))

    def _count(self, partnership_ids: Iterable[str], *wanted: object) -> int:
        query = select(func.count()).select_from(outbox).where(outbox.c.partnership_id.in_(sorted(partnership_ids)))
        return int(self._connection.execute(query.where(*wanted)).scalar_one())  # type: ignore[arg-type]


def _given_up(at: datetime, fault: str) -> dict[str, object]:
    return {"given_up_at": at, "due_at": None, "sealed_link": "", "last_fault": fault}


def _record(row: Row[tuple[object, ...]]) -> MailRecord:
    return MailRecord(
        id=row.id,
        kind=MailKind(row.kind),
        person_id=row.person_id,
        partnership_id=row.partnership_id,
        subject=row.subject,
        made_at=row.made_at,
        due_at=row.due_at,
        sent_at=row.sent_at,
        given_up_at=row.given_up_at,
        tries=row.tries,
        last_fault=row.last_fault,
    )
