"""Which mails a person may switch off or on, and which come in any case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from section11.domain.mail import MailKind
from section11.domain.people import ORGANISATION_ROLES, Role

MailChoices = Mapping[MailKind, bool]
"""What one person chose, by kind; a kind they never chose about is not in it."""


@dataclass(frozen=True, slots=True)
class OptionalMail:
    """A kind of mail people may choose about.

    ``roles`` are those whose people are sent it; the people with one of the ``bound`` roles are sent it in any case.
    ``is_usual`` is whether it comes to those who chose nothing.
    """

    kind: MailKind
    title: str
    roles: frozenset[Role]
    bound: frozenset[Role] = frozenset()
    is_usual: bool = True


_SCRUTINY = frozenset({Role.SCRUTINY_LEAD})

OPTIONAL_MAILS: tuple[OptionalMail, ...] = (
    OptionalMail(MailKind.CYCLE_OPENED, "When an audit opens", ORGANISATION_ROLES),
    OptionalMail(MailKind.REMINDER, "Reminders before the due date", ORGANISATION_ROLES),
    # Somebody has to hear that the organisation is late, and the senior lead answers for it.
    OptionalMail(
        MailKind.OVERDUE, "Reminders after the due date", ORGANISATION_ROLES, bound=frozenset({Role.APPROVER})
    ),
    OptionalMail(MailKind.SUBMITTED, "A thank-you when your return is submitted", ORGANISATION_ROLES),
    OptionalMail(MailKind.RELEASED, "When your results are ready", ORGANISATION_ROLES),
    OptionalMail(MailKind.RETURN_ARRIVED, "When a return arrives", _SCRUTINY),
    OptionalMail(MailKind.QUERY_REPLIED, "When an organisation replies to a question", _SCRUTINY),
    OptionalMail(
        MailKind.DIGEST,
        "A weekly summary: how many returns are started, signed, late and handed back",
        frozenset({Role.SCRUTINY_LEAD, Role.ADMINISTRATOR}),
        is_usual=False,
    ),
)
"""The whole choice, in the order it is shown. Every kind that is not here comes in any case."""

_BY_KIND = {one.kind: one for one in OPTIONAL_MAILS}


def is_wanted(kind: MailKind, choices: MailChoices, roles: frozenset[Role]) -> bool:
    """Return whether a person is sent a mail of this kind.

    Args:
        choices: What the person chose.
        roles: The roles they hold where the mail is about: an approver of one organisation may be a contributor of
            another.
    """
    mail = _BY_KIND.get(kind)
    if mail is None or mail.bound & roles:
        return True
    return choices.get(kind, mail.is_usual)


def is_bound(kind: MailKind, roles: frozenset[Role]) -> bool:
    """Return whether people with one of these roles are sent a kind of mail whatever they chose."""
    mail = _BY_KIND.get(kind)
    return mail is None or bool(mail.bound & roles)


def choices_offered(roles: frozenset[Role]) -> list[OptionalMail]:
    """Return the mails a person with these roles, anywhere, may choose about or is told that they cannot."""
    return [mail for mail in OPTIONAL_MAILS if mail.roles & roles]


def is_always_sent(mail: OptionalMail, roles: frozenset[Role]) -> bool:
    """Return whether switching this mail off would change nothing: every role it comes to is bound to it."""
    return bool(mail.bound & roles) and mail.roles & roles <= mail.bound
