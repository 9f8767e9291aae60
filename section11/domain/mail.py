"""Mail: the kinds there are, what each may tell, and when one that cannot be delivered is tried again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class MailKind(StrEnum):
    """Why a mail is sent; what people call it is in ``MAIL_TITLES``."""

    INVITATION = "invitation"
    ROLE_OFFER = "role_offer"
    PASSWORD_RESET = "password_reset"  # noqa: S105
    ACCOUNT_CHANGED = "account_changed"
    CYCLE_OPENED = "cycle_opened"
    REMINDER = "reminder"
    OVERDUE = "overdue"
    DIGEST = "digest"
    AWAITING_SIGN_OFF = "awaiting_sign_off"
    SUBMITTED = "submitted"
    RETURN_ARRIVED = "return_arrived"
    QUERY_ASKED = "query_asked"
    QUERY_REPLIED = "query_replied"
    HANDED_BACK = "handed_back"
    REOPENED = "reopened"
    RELEASED = "released"
    TEST = "test"


MAIL_TITLES: dict[MailKind, str] = {
    MailKind.INVITATION: "Invitation to choose a password",
    MailKind.ROLE_OFFER: "A further role for somebody with an account",
    MailKind.PASSWORD_RESET: "New password",
    MailKind.ACCOUNT_CHANGED: "Password or two-step sign-in changed",
    MailKind.CYCLE_OPENED: "The audit is open",
    MailKind.REMINDER: "Reminder before the due date",
    MailKind.OVERDUE: "Reminder after the due date",
    MailKind.DIGEST: "Summary for scrutiny and administrators",
    MailKind.AWAITING_SIGN_OFF: "A return waits for a signature",
    MailKind.SUBMITTED: "Thank you for the return",
    MailKind.RETURN_ARRIVED: "A return has come again (to scrutiny)",
    MailKind.QUERY_ASKED: "Scrutiny has asked something",
    MailKind.QUERY_REPLIED: "An organisation has replied (to scrutiny)",
    MailKind.HANDED_BACK: "A return is handed back",
    MailKind.REOPENED: "A return is reopened",
    MailKind.RELEASED: "The results are ready",
    MailKind.TEST: "Test",
}

ONE_TIME_LINKS = frozenset({MailKind.INVITATION, MailKind.ROLE_OFFER, MailKind.PASSWORD_RESET})
"""Kinds whose link opens an account, and so is a secret of its recipient."""

WAITS_AT_MOST = timedelta(days=7)
"""How long a mail may wait to be delivered, unless it is out of date before."""

_DISTANCES = tuple(timedelta(minutes=one) for one in (5, 15, 60, 4 * 60, 12 * 60, 24 * 60, 48 * 60))
MOST_TRIES = len(_DISTANCES) + 1


@dataclass(frozen=True, slots=True)
class MailFacts:
    """What a mail may tell: where it is about, until when, and where to go on. Never an answer, a reason or a name.

    ``path`` begins with / and leads to the page the mail is about; ``stop_path`` to where one no longer wants such
    mails. ``days`` counts to the due date, or from it when that is past. ``lines`` are the lines of a digest.
    ``change`` says what changed in an account: "password", for example.
    """

    organisation: str = ""
    audit: str = ""
    cycle: str = ""
    due: date | None = None
    days: int | None = None
    path: str = "/"
    stop_path: str = ""
    lines: tuple[str, ...] = ()
    change: str = ""


@dataclass(frozen=True, slots=True)
class WaitingMail:
    """A mail whose turn it is. ``sealed_link`` is the one-time link it carries, sealed; else empty.

    ``about`` is the id of the assessment or cycle it tells of; None where it is about neither.
    """

    id: int
    key: str
    kind: MailKind
    person_id: str
    partnership_id: str
    about: str | None
    subject: str
    text: str
    sealed_link: str
    good_until: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class MailRecord:
    """What became of a mail. ``due_at`` is when it is tried next: None once it was sent, given up or left out."""

    id: int
    kind: MailKind
    person_id: str
    partnership_id: str
    subject: str
    made_at: datetime
    due_at: datetime | None
    sent_at: datetime | None
    given_up_at: datetime | None
    tries: int
    last_fault: str


def what_became_of(*, sent_at: datetime | None, given_up_at: datetime | None, due_at: datetime | None) -> str:
    """Return in a few words what became of a mail; one that was left out has none of the three moments."""
    if sent_at is not None:
        return "Sent"
    if given_up_at is not None:
        return "Not delivered"
    return "Waits" if due_at is not None else "Not needed any more"


_EMAIL = re.compile(r"[^\s@<>()'\"=?&/]+@[^\s@<>()'\"&/]+")


def without_addresses(words: str) -> str:
    """Return words with every e-mail address in them replaced."""
    return _EMAIL.sub("…@…", words)


def masked(email: str) -> str:
    """Return an address of which only the beginning and the place can be read: ``a…@police.example``."""
    mailbox, _, domain = email.rpartition("@")
    return f"{mailbox[:1]}…@{domain}"


def next_try(now: datetime, tries: int) -> datetime | None:
    """Return when to try again after ``tries`` tries, further away each time; None when it is time to give up."""
    return now + _DISTANCES[tries - 1] if 0 < tries <= len(_DISTANCES) else None
