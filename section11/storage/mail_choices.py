"""Which mails people switched off or on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from section11.domain.mail import MailKind
from section11.storage.tables import mail_choices

AT_A_TIME = 1000
"""How many people are asked about in one query; databases take only so many values in one."""


class MailChoiceRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, person_ids: Iterable[str]) -> dict[str, dict[MailKind, bool]]:
        """Return what these people chose, by person id; who chose nothing is left out."""
        wanted = sorted(set(person_ids))
        found: dict[str, dict[MailKind, bool]] = {}
        for start in range(0, len(wanted), AT_A_TIME):
            here = mail_choices.c.person_id.in_(wanted[start : start + AT_A_TIME])
            for row in self._connection.execute(select(mail_choices).where(here)):
                found.setdefault(row.person_id, {})[MailKind(row.mail)] = row.is_wanted
        return found

    def who_want(self, kind: MailKind) -> dict[str, datetime]:
        """Return the ids of those who switched a kind on, with when they did."""
        query = select(mail_choices.c.person_id, mail_choices.c.at).where(
            mail_choices.c.mail == kind.value, mail_choices.c.is_wanted.is_(True)
        )
        return {row.person_id: row.at for row in self._connection.execute(query.order_by(mail_choices.c.person_id))}

    def put(self, person_id: str, choices: Mapping[MailKind, bool], at: datetime) -> None:
        """Write what a person chose about these kinds."""
        for kind, is_wanted in choices.items():
            here = mail_choices.c.person_id == person_id, mail_choices.c.mail == kind.value
            self._connection.execute(delete(mail_choices).where(*here))
            self._connection.execute(
                insert(mail_choices).values(person_id=person_id, mail=kind.value, is_wanted=is_wanted, at=at)
            )
