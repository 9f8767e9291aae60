"""The e-mails of “Your account”: the boxes a person ticks, and what comes without being asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from section11.domain.mail import MailKind
from section11.services.mail_choices import OwnChoice
from section11.web.pages import MailLine

PREFIX = "mail-"
BOUND_ELSEWHERE = (
    "Where you are the approver they come in any case, because somebody has to hear that a return is late."
)
HINTS = {MailKind.DIGEST: "On Mondays. It has counts alone and names no organisation."}
IN_ANY_CASE = (
    "invitations and links for a password",
    "changes to your password or two-step sign-in",
    "questions about your return",
    "returns handed back or opened again",
    "returns that wait for your signature",
)
LATE = "reminders after the due date, because you are the approver and somebody has to hear that a return is late"


def mail_lines(choices: Sequence[OwnChoice]) -> tuple[MailLine, ...]:
    """Return the boxes: what this person may switch off or on."""
    return tuple(
        MailLine(
            f"{PREFIX}{one.mail.kind}",
            one.mail.title,
            BOUND_ELSEWHERE if one.is_partly_bound else HINTS.get(one.mail.kind, ""),
            one.is_wanted,
        )
        for one in choices
        if not one.is_always
    )


def in_any_case(choices: Sequence[OwnChoice]) -> tuple[str, ...]:
    """Return what cannot be switched off, in words."""
    return (*IN_ANY_CASE, LATE) if any(one.is_always for one in choices) else IN_ANY_CASE


def wanted_kinds(fields: Mapping[str, str]) -> list[str]:
    """Return the names of the kinds whose boxes were ticked."""
    return [name.removeprefix(PREFIX) for name in fields if name.startswith(PREFIX)]
