"""Putting a mail in the outbox, in the transaction of what it tells of; sending is another's work."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from section11.config import PROJECT_DIR
from section11.domain.mail import ONE_TIME_LINKS, WAITS_AT_MOST, MailFacts, MailKind
from section11.domain.mail_choices import is_wanted
from section11.domain.people import Person, Role
from section11.domain.uk_time import uk_date
from section11.reports.mail_wording import MailWords, values_of_mail, written_mail
from section11.services.office import Office
from section11.storage.mail_texts import MailText
from section11.storage.unit_of_work import UnitOfWork

USUAL_TEXTS_DIR = PROJECT_DIR / "exports" / "templates" / "mail"


def put_in_outbox(
    work: UnitOfWork,
    office: Office,
    *,
    kind: MailKind,
    to: Person,
    partnership_id: str,
    key: str,
    facts: MailFacts,
    about: str | None = None,
    good_until: datetime | None = None,
    words: MailWords | None = None,
) -> bool:
    """Let a mail to a person wait to be sent, in the wording of a partnership.

    Args:
        key: Names this mail for ever: the kind, what it is about, the occasion and the person. The same key again
            changes nothing, so a command may run twice.
        about: The id of the assessment or cycle it tells of; it is not sent once that has moved on (outdated_mails).
        good_until: When it would be out of date; at most a week from now.
        words: What somebody read before they sent it, in place of the wording. It goes to whoever they chose.

    Returns:
        Whether it is new. False as well where mail is not set up (``office.mail`` is None), the account is closed, or
        the person wants no such mail.
    """
    setup, now = office.mail, office.clock()
    if setup is None or to.is_closed:
        return False
    if work.outbox.has(key):
        return False
    if words is None:
        # A kind that some roles are bound to is asked about by whoever knows which role it is sent to.
        if not is_wanted(kind, work.mail_choices.of([to.id]).get(to.id, {}), frozenset(Role)):
            return False
        words = _in_words_of(work, partnership_id, kind, facts, to=to, today=uk_date(now), base_url=setup.base_url)
    latest = now + WAITS_AT_MOST
    return work.outbox.add(
        key=key,
        kind=kind,
        person_id=to.id,
        partnership_id=partnership_id,
        about=about,
        subject=words.subject,
        text=words.text,
        sealed_link=setup.box.sealed(setup.base_url + facts.path) if kind in ONE_TIME_LINKS else "",
        made_at=now,
        good_until=min(good_until, latest) if good_until else latest,
    )


def _in_words_of(
    work: UnitOfWork, partnership_id: str, kind: MailKind, facts: MailFacts, *, to: Person, today: date, base_url: str
) -> MailWords:
    text = work.mail_texts.of(partnership_id).get(kind) or usual_text(kind)
    partnership = work.facts.partnerships()[partnership_id].name
    values = values_of_mail(kind, facts, name=to.name, partnership=partnership, today=today, base_url=base_url)
    return written_mail(text.subject, text.body, values)


@cache
def usual_text(kind: MailKind) -> MailText:
    """Return our own wording of a kind: the first line of its file is the subject."""
    subject, _, body = (USUAL_TEXTS_DIR / f"{kind.value}.txt").read_text(encoding="utf-8").partition("\n")
    return MailText(subject.strip(), body.strip())
