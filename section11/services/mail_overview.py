"""What an administrator sees of mail: whether it is set up, what waits, was sent or could not be delivered."""

from __future__ import annotations

from dataclasses import dataclass

from section11.domain.mail import ONE_TIME_LINKS, WAITS_AT_MOST, MailFacts, MailKind, MailRecord, masked
from section11.domain.people import User
from section11.errors import BadInputError, NotAvailableError
from section11.permissions import Right, require
from section11.services.inviting import checked_email
from section11.services.mail_sending import require_mail, send_these
from section11.services.office import Office
from section11.services.outbox import put_in_outbox
from section11.services.places import partnership_place
from section11.services.trail import partnership_stream, record

MOST_SHOWN = 1_000


@dataclass(frozen=True, slots=True)
class MailLine:
    """One mail in the list; of the address only so much that one can tell which it was."""

    record: MailRecord
    name: str
    masked_email: str

    @property
    def may_be_tried_again(self) -> bool:
        return self.record.given_up_at is not None and self.record.kind not in ONE_TIME_LINKS


@dataclass(frozen=True, slots=True)
class MailOverview:
    """``sender`` is empty where mail is not set up. ``lines`` are the latest, at most a thousand."""

    sender: str
    reply_address: str
    waiting: int
    given_up: int
    lines: tuple[MailLine, ...]


def view_mail(office: Office, user: User, partnership_id: str) -> MailOverview:
    """Return the mail of a partnership, the latest first.

    Raises:
        NotAvailableError, NotPermittedError: the person may not see this partnership's mail.
    """
    with office.store.reading() as work:
        require(user, Right.MANAGE_MAIL, partnership_place(partnership_id))
        records = work.outbox.latest([partnership_id], MOST_SHOWN)
        people = work.accounts.people_by_id(one.person_id for one in records)
        return MailOverview(
            sender=str(office.mail.sender) if office.mail else "",
            reply_address=work.mail_texts.reply_address(partnership_id),
            waiting=work.outbox.count_waiting([partnership_id]),
            given_up=work.outbox.count_given_up([partnership_id]),
            lines=tuple(
                MailLine(one, people[one.person_id].name, masked(people[one.person_id].email)) for one in records
            ),
        )


def send_test_mail(office: Office, user: User, partnership_id: str) -> None:
    """Send the person a mail at once.

    Raises:
        NotAvailableError, NotPermittedError: the person may not see this partnership's mail.
        SettingMissingError: mail is not set up.
        BadInputError: it could not be sent; the sentence says why.
    """
    with office.store.refusals_told():
        require(user, Right.MANAGE_MAIL, partnership_place(partnership_id))
    require_mail(office)
    now = office.clock()
    key = f"test:{user.id}:{now.isoformat()}"
    with office.store.writing() as work:
        if partnership_id not in work.facts.partnerships() or work.accounts.user(user.id) is None:
            raise NotAvailableError()
        put_in_outbox(
            work, office, kind=MailKind.TEST, to=user.person, partnership_id=partnership_id, key=key, facts=MailFacts()
        )
        mail_id = work.outbox.id_of(key)
        record(work, partnership_stream(partnership_id), user, "test_mail_made", now)
        work.commit()
    done = send_these(office, [mail_id] if mail_id is not None else [])
    if done.sent:
        return
    with office.store.reading() as work:
        made = work.outbox.get(mail_id) if mail_id is not None else None
    raise BadInputError(f"The test e-mail could not be sent. {done.fault or (made.last_fault if made else '')}".strip())


def try_again(office: Office, user: User, mail_id: int) -> None:
    """Let a mail that was given up wait once more.

    Raises:
        NotAvailableError, NotPermittedError: there is none, or it is of a partnership whose mail is not theirs.
        BadInputError: it waits, was sent, or its link was erased.
    """
    with office.store.writing() as work:
        mail = work.outbox.get(mail_id)
        if mail is None:
            raise NotAvailableError()
        require(user, Right.MANAGE_MAIL, partnership_place(mail.partnership_id))
        if mail.kind in ONE_TIME_LINKS:
            raise BadInputError("Its one-time link was erased. Make a new link for this person on the page People.")
        now = office.clock()
        if not work.outbox.try_again(mail_id, now, now + WAITS_AT_MOST):
            raise BadInputError("This e-mail waits to be sent, or was sent already. Reload the page.")
        record(
            work, partnership_stream(mail.partnership_id), user, "mail_tried_again", now, kind=mail.kind.value,
            person=mail.person_id,
        )  # fmt: skip
        work.commit()


def set_reply_address(office: Office, user: User, partnership_id: str, email: str) -> None:
    """Say where replies to a partnership's mail go; an empty address lets them go to the sender.

    Raises:
        NotAvailableError, NotPermittedError: the person may not change this partnership's mail.
        BadInputError: it is no e-mail address.
    """
    with office.store.refusals_told():
        require(user, Right.MANAGE_MAIL, partnership_place(partnership_id))
    address = checked_email(email) if email.strip() else ""
    with office.store.writing() as work:
        if partnership_id not in work.facts.partnerships():
            raise NotAvailableError()
        if address != work.mail_texts.reply_address(partnership_id):
            work.mail_texts.set_reply_address(partnership_id, address)
            record(work, partnership_stream(partnership_id), user, "reply_address_changed", office.clock())
            work.commit()
