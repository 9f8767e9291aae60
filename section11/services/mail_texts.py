"""The texts of e-mails: each partnership may have its own, for each kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from section11.domain.mail import MailFacts, MailKind
from section11.domain.people import User
from section11.errors import BadInputError, NotAvailableError
from section11.permissions import Right, require
from section11.reports.mail_wording import LINK_MARK, MailWords, check_mail_text, values_of_mail, written_mail
from section11.services.office import Office
from section11.services.outbox import usual_text
from section11.services.places import partnership_place
from section11.services.trail import partnership_stream, record
from section11.storage.mail_texts import MailText

CHANGED_MEANWHILE = (
    "A colleague changed this text after you opened this page. Copy yours, reload the page, and put both together."
)
_SAMPLE = MailFacts(
    organisation="Oakfield Primary School",
    audit="Section 11 audit",
    cycle="2026",
    due=date(2026, 9, 30),
    days=7,
    path="/…",
    stop_path="/…",
    change="password",
)
_SAMPLE_COUNTS = "2026: 40 returns asked for, 31 started, 12 signed, 0 late, 1 handed back"


@dataclass(frozen=True, slots=True)
class OwnMailText:
    """The text of a kind as a partnership has it now, and whether that is ours."""

    text: MailText
    is_usual: bool


def list_mail_texts(office: Office, user: User, partnership_id: str) -> dict[MailKind, OwnMailText]:
    """Return the text of every kind.

    Raises:
        NotAvailableError, NotPermittedError: the person may not change this partnership's mail.
    """
    with office.store.reading() as work:
        require(user, Right.MANAGE_MAIL, partnership_place(partnership_id))
        own = work.mail_texts.of(partnership_id)
    return {kind: OwnMailText(own.get(kind, usual_text(kind)), kind not in own) for kind in MailKind}


def preview_mail(kind: MailKind, text: MailText, partnership_name: str, base_url: str) -> MailWords:
    """Return a made-up mail in this wording.

    Raises:
        BadInputError: one sentence that says what is wrong with the wording, and where.
    """
    check_mail_text(kind, text.subject, text.body)
    facts = replace(_SAMPLE, lines=(_SAMPLE_COUNTS,)) if kind is MailKind.DIGEST else _SAMPLE
    values = values_of_mail(
        kind, facts, name="Sam Example", partnership=partnership_name, today=date(2026, 9, 23), base_url=base_url
    )
    words = written_mail(text.subject, text.body, values)
    return replace(words, text=words.text.replace(LINK_MARK, f"{base_url}/invitation/…"))


def change_mail_text(
    office: Office,
    user: User,
    partnership_id: str,
    kind: MailKind,
    text: MailText | None,
    *,
    instead_of: MailText | None = None,
) -> None:
    """Write a partnership's own text of a kind; None, or our own words, go back to ours.

    Args:
        instead_of: What the person had before them; None for whoever does not care.

    Raises:
        BadInputError: a placeholder is wrong, or a colleague changed the text since; nothing is saved.
        NotAvailableError, NotPermittedError: the person may not change this partnership's mail.
    """
    with office.store.refusals_told():
        require(user, Right.MANAGE_MAIL, partnership_place(partnership_id))
    if text is not None:
        text = MailText(_kept(text.subject), _kept(text.body))
        check_mail_text(kind, text.subject, text.body)
    wanted = None if text == usual_text(kind) else text
    with office.store.writing() as work:
        if partnership_id not in work.facts.partnerships():
            raise NotAvailableError()
        stored = work.mail_texts.of(partnership_id).get(kind)
        if instead_of not in (None, stored or usual_text(kind)):
            raise BadInputError(CHANGED_MEANWHILE)
        if wanted != stored:
            work.mail_texts.put(partnership_id, kind, wanted)
            details = {"kind": kind.value, "subject": wanted.subject if wanted else "", "is_ours": wanted is None}
            record(work, partnership_stream(partnership_id), user, "mail_text_changed", office.clock(), **details)
            work.commit()


def _kept(words: str) -> str:
    return words.replace("\x00", "").replace("\r\n", "\n").strip()
