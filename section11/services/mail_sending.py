"""Sending what waits in the outbox. Each mail is claimed in a transaction first: two processes never send one twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from section11.domain.mail import MOST_TRIES, WaitingMail, next_try
from section11.domain.people import Person
from section11.errors import SettingMissingError
from section11.reports.mail_wording import LINK_MARK
from section11.services.accounts import token_hash
from section11.services.mail_setup import MailSetup
from section11.services.office import Office
from section11.services.outdated_mails import why_outdated
from section11.services.smtp import MailRefusedError, MailServerError, Postman, postman_for
from section11.storage.unit_of_work import UnitOfWork

MOST_AT_ONCE = 5_000
CLAIM_LASTS = timedelta(minutes=10)
"""Longer than handing over one mail can take. When a process dies meanwhile, its mail is sent again after this."""
KEPT = timedelta(days=400)
"""How long the outbox remembers what was sent: longer than a cycle, so that a reminder is never made twice."""

NOT_SET_UP = (
    "No mail can be sent, because no mail server is set. Set SECTION11_SMTP_HOST and SECTION11_MAIL_FROM; "
    "docs/running.md says how."
)
OUT_OF_DATE = "It waited until it was out of date."
TOO_MANY_TRIES = "It was tried too many times."
LINK_ENDED = "Its link was used, or replaced by another, in the meantime."
OTHER_KEY = "Its link cannot be read, because SECTION11_SECRET_KEY has changed. Make a new link for this person."
BAD_ADDRESS = "The e-mail address cannot be used. Correct it, then try again."


@dataclass(frozen=True, slots=True)
class Sending:
    """What one round came to.

    ``left_out`` counts the mails that were not needed any more; ``fault`` says why the round ended early, and is empty
    when every mail had its turn.
    """

    sent: int = 0
    put_off: int = 0
    given_up: int = 0
    left_out: int = 0
    fault: str = ""


class _GivenUpError(Exception):
    """This mail can never be sent; the words say why."""


class _LeftOutError(Exception):
    """This mail is not needed any more; the words say why."""


def require_mail(office: Office) -> MailSetup:
    """Return how mail is sent.

    Raises:
        SettingMissingError: it is not set up.
    """
    if office.mail is None:
        raise SettingMissingError(NOT_SET_UP)
    return office.mail


def send_waiting(office: Office, progress: Callable[[float], None] | None = None) -> Sending:
    """Send every mail whose turn it is; may run any number of times, also at once.

    ``progress`` is called with the share done, 0 to 1.

    Raises:
        SettingMissingError: mail is not set up.
    """
    require_mail(office)
    with office.store.reading() as work:
        ids = work.outbox.due_ids(office.clock(), MOST_AT_ONCE)
    return send_these(office, ids, progress) if ids else Sending()


def send_these(office: Office, ids: Sequence[int], progress: Callable[[float], None] | None = None) -> Sending:
    """Send these mails, as ``send_waiting``; those that are not due are left out."""
    setup, done = require_mail(office), Sending()
    try:
        with postman_for(setup.server) as postman:
            for number, mail_id in enumerate(ids, start=1):
                done = _send_one(office, setup, postman, mail_id, done)
                if progress:
                    progress(number / len(ids))
    except MailServerError as error:
        with office.store.writing() as work:
            work.outbox.give_up_old(office.clock(), OUT_OF_DATE)
            work.outbox.note_fault(office.clock(), str(error))
            work.commit()
        return replace(done, fault=str(error))
    with office.store.writing() as work:
        work.outbox.forget_until(office.clock() - KEPT)
        work.commit()
    return done


def check_mail_server(setup: MailSetup) -> None:
    """Connect, sign in and ask whether the server listens.

    Raises:
        MailServerError: it does not.
    """
    with postman_for(setup.server) as postman:
        postman.check()


def _send_one(office: Office, setup: MailSetup, postman: Postman, mail_id: int, done: Sending) -> Sending:
    now = office.clock()
    with office.store.writing() as work:
        mail = work.outbox.claim(mail_id, now, now + CLAIM_LASTS)
        work.commit()
    if mail is None:
        return done
    try:
        message, recipient = _message(office, setup, mail)
        postman.hand_over(message, sender=setup.sender.addr_spec, recipient=recipient)
    except _GivenUpError as error:
        return _given_up(office, mail, str(error), done)
    except _LeftOutError as error:
        return _left_out(office, mail, str(error), done)
    except MailRefusedError as error:
        return _put_off(office, mail, str(error), done, for_good=error.for_good)
    except MailServerError as error:
        # Perhaps it is this mail that the server cannot take: the next round begins with another.
        _put_off(office, mail, str(error), done, for_good=False)
        raise
    with office.store.writing() as work:
        work.outbox.set_sent(mail.id, office.clock())
        work.commit()
    return replace(done, sent=done.sent + 1)


def _put_off(office: Office, mail: WaitingMail, why: str, done: Sending, *, for_good: bool) -> Sending:
    again = None if for_good else next_try(office.clock(), mail.tries)
    if again is None:
        return _given_up(office, mail, why, done)
    with office.store.writing() as work:
        work.outbox.put_off(mail.id, again, why)
        work.commit()
    return replace(done, put_off=done.put_off + 1)


def _given_up(office: Office, mail: WaitingMail, why: str, done: Sending) -> Sending:
    with office.store.writing() as work:
        work.outbox.give_up(mail.id, office.clock(), why)
        work.commit()
    return replace(done, given_up=done.given_up + 1)


def _left_out(office: Office, mail: WaitingMail, why: str, done: Sending) -> Sending:
    with office.store.writing() as work:
        work.outbox.leave_out(mail.key, why)
        work.commit()
    return replace(done, left_out=done.left_out + 1)


def _message(office: Office, setup: MailSetup, mail: WaitingMail) -> tuple[EmailMessage, str]:
    """Return a mail as it goes out, and the address it goes to.

    Raises:
        _LeftOutError: it is not needed any more.
        _GivenUpError: it cannot be sent.
    """
    if mail.tries > MOST_TRIES:
        raise _GivenUpError(TOO_MANY_TRIES)
    if mail.good_until <= office.clock():
        raise _GivenUpError(OUT_OF_DATE)
    with office.store.reading() as work:
        person = work.accounts.people_by_id([mail.person_id])[mail.person_id]
        text = _text(office, work, setup, mail)
        reply_to = work.mail_texts.reply_address(mail.partnership_id)
        outdated = why_outdated(work, mail)
    if outdated:
        raise _LeftOutError(outdated)
    try:
        return _written(office, setup, mail, person, text, reply_to)
    except (MessageError, ValueError, IndexError):
        raise _GivenUpError(BAD_ADDRESS) from None


def _text(office: Office, work: UnitOfWork, setup: MailSetup, mail: WaitingMail) -> str:
    if not mail.sealed_link:
        return mail.text
    link = setup.box.opened(mail.sealed_link)
    if link is None:
        raise _GivenUpError(OTHER_KEY)
    if work.accounts.open_invitation(token_hash(link.rpartition("/")[2]), office.clock()) is None:
        raise _LeftOutError(LINK_ENDED)
    return mail.text.replace(LINK_MARK, link)


def _written(
    office: Office, setup: MailSetup, mail: WaitingMail, person: Person, text: str, reply_to: str
) -> tuple[EmailMessage, str]:
    # The address alone: a name adds nothing for its owner, and there are names that headers garble.
    recipient = _address(person.email)
    message = EmailMessage(policy=SMTP)
    message["From"] = setup.sender
    message["To"] = recipient
    if reply_to:
        message["Reply-To"] = _address(reply_to)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(office.clock())
    # The same at every try, so that a mail that is sent twice after all is shown once.
    message["Message-ID"] = f"<{hashlib.sha256(mail.key.encode()).hexdigest()[:40]}@{setup.sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(text, cte="quoted-printable")
    return message, recipient.addr_spec


def _address(email: str) -> Address:
    """Return an address as mail servers know it: a domain with other letters is written in theirs."""
    mailbox, _, domain = email.rpartition("@")
    return Address(username=mailbox, domain=domain.encode("idna").decode())
