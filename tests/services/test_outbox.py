"""A mail is put in the outbox once, says only what it may, and carries its secret sealed."""

from datetime import date

import pytest
from sqlalchemy import select

from section11.domain.mail import MailFacts, MailKind
from section11.domain.people import Person
from section11.services.outbox import put_in_outbox
from section11.storage.tables import outbox
from tests.services.builders import start
from tests.services.mail_builders import waiting_mails, with_mail

FACTS = MailFacts(
    organisation="Riverdale Police",
    audit="Section 11 audit",
    cycle="2026",
    due=date(2026, 3, 31),
    days=7,
    path="/assessment?assessment=2026/riverdale-police",
)


@pytest.fixture
def admin(office):
    return start(office, "Riverdale").person


def put(office, to, kind=MailKind.REMINDER, key="reminder:1", facts=FACTS, **more):
    with office.store.writing() as work:
        is_new = put_in_outbox(work, office, kind=kind, to=to, partnership_id="riverdale", key=key, facts=facts, **more)
        work.commit()
    return is_new


def test_a_mail_waits_with_its_placeholders_filled_in(office, admin):
    office = with_mail(office)

    assert put(office, admin)

    [(kind, email, subject, text)] = waiting_mails(office)
    assert (kind, email, subject) == ("reminder", admin.email, "Section 11 audit: due on 31 March 2026")
    assert "Riverdale Police for 2026 is due on 31 March 2026, in 7 days." in text
    assert "\nhttps://audit.example/assessment?assessment=2026/riverdale-police\n" in text
    assert "no more of these" not in text


def test_the_same_key_again_changes_nothing(office, admin):
    office = with_mail(office)
    put(office, admin)

    assert not put(office, admin)
    assert len(waiting_mails(office)) == 1


def test_without_a_mail_server_nothing_waits(office, admin):
    assert not put(office, admin)
    assert waiting_mails(office) == []


def test_nobody_whose_account_is_closed_is_written_to(office, admin):
    closed = Person(admin.id, admin.email, admin.name, is_closed=True)

    assert not put(with_mail(office), closed)
    assert waiting_mails(office) == []


def test_a_one_time_link_is_readable_nowhere_in_the_outbox(office, admin):
    office = with_mail(office)

    put(office, admin, kind=MailKind.INVITATION, facts=MailFacts(path="/invitation/very-secret"))

    with office.store.engine.connect() as connection:
        [row] = connection.execute(select(outbox)).mappings()
    assert not [value for value in row.values() if "very-secret" in str(value)]
    assert office.mail.box.opened(row["sealed_link"]) == "https://audit.example/invitation/very-secret"


def test_line_breaks_in_names_stay_out_of_the_subject(office, admin):
    office = with_mail(office)
    facts = MailFacts(audit="Audit\r\nBcc: everyone@elsewhere.example\u2028", due=date(2026, 3, 31))

    put(office, admin, facts=facts)

    [(_kind, _email, subject, _text)] = waiting_mails(office)
    assert subject == "Audit Bcc: everyone@elsewhere.example: due on 31 March 2026"


@pytest.mark.parametrize("kind", list(MailKind))
def test_every_kind_has_a_text_of_ours_that_leads_somewhere(office, admin, kind):
    office = with_mail(office)
    with office.store.writing() as work:
        work.mail_choices.put(admin.id, {MailKind.DIGEST: True}, office.clock())  # nobody gets it unasked
        work.commit()

    put(office, admin, kind=kind)

    [(_kind, _email, subject, text)] = waiting_mails(office)
    assert 10 < len(subject) < 80
    assert "{" not in subject + text
    assert text.startswith(f"Hello {admin.name},\n\n")
