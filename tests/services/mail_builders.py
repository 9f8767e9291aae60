"""Builders for tests of mail: an office that has a mail server, and what waits in its outbox."""

from __future__ import annotations

from dataclasses import replace
from email.headerregistry import Address

from sqlalchemy import delete, select

from section11.domain.mail import MailFacts, MailKind, MailRecord
from section11.services.mail_setup import MailSecurity, MailServer, MailSetup
from section11.services.office import Office
from section11.services.outbox import put_in_outbox
from section11.services.secret_box import SecretBox
from section11.storage.tables import outbox, people
from tests.services.builders import PARTNERSHIP, Town

BASE_URL = "https://audit.example"
NOBODY_LISTENS = 9


def with_mail(office: Office, port: int = NOBODY_LISTENS) -> Office:
    """Return the office with a mail server on this machine; nothing is sent until somebody sends it."""
    server = MailServer(host="127.0.0.1", port=port, security=MailSecurity.NONE)
    sender = Address("Section 11 audit", addr_spec="audit@riverdale.example")
    return replace(office, mail=MailSetup(server, sender, BASE_URL, SecretBox("a key for tests")))


def waiting_mails(office: Office) -> list[tuple[str, str, str, str]]:
    """Return kind, address, subject and text of every mail in the outbox, in the order they were made."""
    query = (
        select(outbox.c.kind, people.c.email, outbox.c.subject, outbox.c.text)
        .join(people, people.c.id == outbox.c.person_id)
        .order_by(outbox.c.id)
    )
    with office.store.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query)]


def records(office: Office) -> list[MailRecord]:
    """Return what became of every mail, in the order they were made."""
    with office.store.reading() as work:
        return work.outbox.latest(work.facts.partnerships(), 100)[::-1]


def erase_outbox(office: Office) -> None:
    """Forget the mails so far, so that a test sees its own alone."""
    with office.store.engine.begin() as connection:
        connection.execute(delete(outbox))


def a_lost_mail(town: Town) -> int:
    """Give up a reminder to the approver of the police, and return its id."""
    office = with_mail(town.office)
    with office.store.writing() as work:
        put_in_outbox(
            work,
            office,
            kind=MailKind.REMINDER,
            to=town.approver.person,
            partnership_id=PARTNERSHIP,
            key="a lost one",
            facts=MailFacts(organisation="Riverdale Police", audit="Section 11 audit"),
        )
        mail_id = work.outbox.id_of("a lost one")
        assert mail_id is not None
        work.outbox.give_up(mail_id, office.clock(), "The mail server says: No such person")
        work.commit()
    return mail_id
