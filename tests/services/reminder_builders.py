"""Builders for tests of reminders: a town where mail is set up and nobody was written to yet, and what then waits."""

from __future__ import annotations

from dataclasses import replace

from section11.domain.mail import MailKind
from tests.services.builders import Town
from tests.services.mail_builders import NOBODY_LISTENS, waiting_mails, with_mail

OF_OURS = {MailKind.REMINDER, MailKind.OVERDUE, MailKind.DIGEST}


def town_with_mail(town: Town, port: int = NOBODY_LISTENS) -> Town:
    """Return the town with mail set up now, so that nothing waits of what happened so far."""
    return replace(town, office=with_mail(town.office, port))


def reminder_mails(town: Town) -> list[tuple[str, str, str, str]]:
    """Return kind, address, subject and text of every reminder and summary, without the mails of other events."""
    return [mail for mail in waiting_mails(town.office) if mail[0] in OF_OURS]
