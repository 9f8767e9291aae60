"""Builders for tests of reminders: a town where mail is set up and nobody was written to yet, and what then waits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from section11.domain.mail import MailKind
from section11.services.office import Office
from tests.services.builders import Town, a_town
from tests.services.mail_builders import NOBODY_LISTENS, waiting_mails, with_mail

OF_OURS = {MailKind.REMINDER, MailKind.OVERDUE, MailKind.DIGEST}


def a_town_with_mail(office: Office, folder: Path, port: int = NOBODY_LISTENS) -> Town:
    """Start Riverdale with its cycle due on 31 March 2026, and set up mail afterwards; it is 2 March."""
    town = a_town(office, folder)
    return replace(town, office=with_mail(town.office, port))


def reminder_mails(town: Town) -> list[tuple[str, str, str, str]]:
    """Return kind, address, subject and text of every reminder and summary, without the mails of other events."""
    return [mail for mail in waiting_mails(town.office) if mail[0] in OF_OURS]
