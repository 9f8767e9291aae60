"""What waits in the outbox goes out once, is tried again when that makes sense, and says why when it cannot."""

from dataclasses import replace
from email.headerregistry import Address
from threading import Thread

import pytest

from section11.domain.mail import MOST_TRIES, MailFacts, MailKind
from section11.domain.people import Person
from section11.errors import SettingMissingError
from section11.services.mail_sending import check_mail_server, send_waiting
from section11.services.mail_setup import MailSecurity
from section11.services.outbox import put_in_outbox
from section11.services.smtp import MailServerError
from tests.mail_server import free_port, locked_mail_server, mail_server
from tests.services.builders import start
from tests.services.mail_builders import records, with_mail


@pytest.fixture
def server():
    with mail_server() as letterbox:
        yield letterbox


@pytest.fixture
def admin(sqlite_office):
    return start(sqlite_office, "Riverdale").person


def put(office, to, key="1", kind=MailKind.TEST, **facts):
    with office.store.writing() as work:
        if work.accounts.people_by_id([to.id]) == {}:
            work.accounts.add_person(to)
        put_in_outbox(work, office, kind=kind, to=to, partnership_id="riverdale", key=key, facts=MailFacts(**facts))
        work.commit()


def test_a_refused_recipient_is_given_up_with_the_reason_and_the_others_get_theirs(sqlite_office, admin, server):
    office = with_mail(sqlite_office, server.port)
    server.refused = {"gone@police.example": "550 No such person: gone@police.example"}
    put(office, Person("gone", "gone@police.example", "Gone"), key="1")
    put(office, admin, key="2")

    done = send_waiting(office)

    assert (done.sent, done.given_up, done.put_off) == (1, 1, 0)
    assert server.recipients == [admin.email]
    assert records(office)[0].last_fault == "The mail server says: No such person: …@…"
    assert send_waiting(office).sent == 0


def test_a_mail_refused_for_now_is_tried_further_and_further_apart_and_then_given_up(sqlite_office, admin, server):
    office = with_mail(sqlite_office, server.port)
    server.refused = {admin.email: "451 Try again later"}
    put(office, admin)
    waits = []
    for _ in range(MOST_TRIES - 1):
        assert send_waiting(office).put_off == 1
        [record] = records(office)
        waits.append(record.due_at - office.clock())
        office.clock.now = record.due_at

    assert send_waiting(office).given_up == 1
    assert waits == sorted(waits)
    assert len(set(waits)) == MOST_TRIES - 1


def test_a_server_that_is_down_costs_no_mail_a_try(sqlite_office, admin):
    office = with_mail(sqlite_office, free_port())
    put(office, admin)

    done = send_waiting(office)

    assert done.sent == 0
    assert "does not answer" in done.fault
    [record] = records(office)
    assert (record.tries, record.due_at, record.last_fault) == (0, office.clock(), done.fault)


def test_a_mail_at_which_the_server_hangs_up_keeps_no_other_back(sqlite_office, admin, server):
    office = with_mail(sqlite_office, server.port)
    server.hangs_up_on = "poison@police.example"
    put(office, Person("poison", server.hangs_up_on, "Poison"), key="1")
    put(office, admin, key="2")

    done = [send_waiting(office) for _ in range(2)]

    assert sum(one.sent for one in done) == 1
    assert server.recipients == [admin.email]
    assert records(office)[0].due_at > office.clock()


def test_a_sender_the_server_does_not_take_is_told_as_the_servers_fault(sqlite_office, admin, server):
    office = with_mail(sqlite_office, server.port)
    server.refused_senders = "550 audit@riverdale.example may not send"
    put(office, admin)

    assert "does not take mail from our address: …@… may not send" in send_waiting(office).fault
    assert records(office)[0].tries == 1


def test_what_waited_for_a_week_is_out_of_date(sqlite_office, admin):
    office = with_mail(sqlite_office, free_port())
    put(office, admin)
    office.clock.move(days=7)

    send_waiting(office)

    assert records(office)[0].last_fault == "It waited until it was out of date."
    assert records(office)[0].due_at is None


def test_two_processes_at_once_send_every_mail_once(office, server):
    admin, office = start(office, "Riverdale").person, with_mail(office, server.port)
    for number in range(20):
        put(office, admin, key=str(number))

    both = [Thread(target=send_waiting, args=(office,)) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert len(server.messages) == 20
    assert len({one["Message-ID"] for one in server.messages}) == 20


def test_a_process_that_dies_on_the_way_leaves_the_mail_to_the_next(sqlite_office, admin, server):
    office = with_mail(sqlite_office, server.port)
    put(office, admin)
    with office.store.writing() as work:
        [mail_id] = work.outbox.due_ids(office.clock(), 10)
        now = office.clock()
        assert work.outbox.claim(mail_id, now, now.replace(minute=10)) is not None
        work.commit()

    assert send_waiting(office).sent == 0
    office.clock.move(minutes=10)
    assert send_waiting(office).sent == 1


def test_an_invitation_is_sent_with_its_link_which_is_kept_nowhere(sqlite_office, admin, server):
    office = with_mail(sqlite_office, server.port)
    with office.store.writing() as work:
        work.accounts.add_invitation("hash", admin.id, created_at=office.clock(), expires_at=office.clock())
    put(office, admin, kind=MailKind.INVITATION, path="/invitation/unknown")

    assert send_waiting(office).left_out == 1
    assert records(office)[0].last_fault.startswith("Its link was used")
    assert server.messages == []


def test_a_link_sealed_with_another_key_is_given_up_with_what_to_do(sqlite_office, admin, server):
    office = with_mail(sqlite_office, server.port)
    put(office, admin, kind=MailKind.INVITATION, path="/invitation/secret")
    other = replace(office, mail=replace(office.mail, box=type(office.mail.box)("another key")))

    assert send_waiting(other).given_up == 1
    assert "SECTION11_SECRET_KEY has changed" in records(office)[0].last_fault


@pytest.mark.parametrize(
    ("email", "seen"),
    [
        ("o'brien+audit@police.example", "o'brien+audit@police.example"),
        ("anna@müller.example", "anna@xn--mller-kva.example"),
        ("björn@police.example", "björn@police.example"),
    ],
)
def test_unusual_addresses_arrive(sqlite_office, admin, server, email, seen):
    office = with_mail(sqlite_office, server.port)
    put(office, Person("odd", email, 'Zoë "Zed" O’Brien, <MBE>\r\nBcc: all@police.example'))

    assert send_waiting(office).sent == 1
    [message] = server.messages
    assert server.recipients == [seen]
    assert message["Bcc"] is None
    assert message.get_content().splitlines()[0] == 'Hello Zoë "Zed" O’Brien, <MBE> Bcc: all@police.example,'


def test_an_address_that_cannot_be_used_is_given_up(sqlite_office, admin, server):
    office = with_mail(sqlite_office, server.port)
    put(office, Person("odd", "a@" + "b" * 70 + ".example", "Odd"))

    assert send_waiting(office).given_up == 1
    assert records(office)[0].last_fault.startswith("The e-mail address cannot be used.")


def test_a_mail_says_who_it_is_from_and_that_a_machine_wrote_it(sqlite_office, admin, server):
    office = with_mail(sqlite_office, server.port)
    with office.store.writing() as work:
        work.mail_texts.set_reply_address("riverdale", "safeguarding@riverdale.example")
        work.commit()
    put(office, admin)

    send_waiting(office)

    [message] = server.messages
    assert message["From"].addresses[0] == Address("Section 11 audit", addr_spec="audit@riverdale.example")
    assert message["Reply-To"] == "safeguarding@riverdale.example"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"


def test_starttls_and_a_password_are_used_where_they_are_set(sqlite_office, admin, tmp_path):
    with locked_mail_server(tmp_path) as (letterbox, certificate):
        office = with_mail(sqlite_office, letterbox.port)
        locked = replace(
            office.mail.server, security=MailSecurity.STARTTLS, user="audit", password="secret", ca_file=certificate
        )
        office = replace(office, mail=replace(office.mail, server=locked))
        put(office, admin)

        check_mail_server(office.mail)
        assert send_waiting(office).sent == 1
        assert letterbox.was_encrypted == [True]
        wrong = replace(office.mail, server=replace(locked, password="wrong"))
        with pytest.raises(MailServerError, match="does not take the user and password"):
            check_mail_server(wrong)
        untrusted = replace(office.mail, server=replace(locked, ca_file=None))
        with pytest.raises(MailServerError, match="cannot be trusted"):
            check_mail_server(untrusted)


def test_without_starttls_on_the_other_side_nothing_is_sent_in_the_clear(sqlite_office, admin, server):
    office = with_mail(sqlite_office, server.port)
    office = replace(
        office, mail=replace(office.mail, server=replace(office.mail.server, security=MailSecurity.STARTTLS))
    )
    put(office, admin)

    assert "does not offer what is set" in send_waiting(office).fault
    assert server.messages == []


def test_without_a_mail_server_one_is_told_how_to_set_it(sqlite_office):
    with pytest.raises(SettingMissingError, match="SECTION11_SMTP_HOST"):
        send_waiting(sqlite_office)
