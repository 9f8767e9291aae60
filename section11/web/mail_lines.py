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
ABOUT_AN_ACCOUNT = ("invitations and links for a password", "changes to your password or two-step sign-in")
ABOUT_A_RETURN = (
    "questions about your return",
    "a return that is handed back or opened again",
    "a return that waits for your signature",
)
LATE = (
    "reminders after the due date, and those the partnership sends by hand: you are the approver, and somebody has to "
    "hear that a return is late"
)


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
    """Return what cannot be switched off by this person, in words."""
    has_returns = any(one.mail.kind is MailKind.REMINDER for one in choices)
    is_bound = any(one.is_always for one in choices)
    return (*ABOUT_AN_ACCOUNT, *(ABOUT_A_RETURN if has_returns else ()), *((LATE,) if is_bound else ()))


def wanted_kinds(fields: Mapping[str, str]) -> list[str]:
    """Return the names of the kinds whose boxes were ticked."""
    return [name.removeprefix(PREFIX) for name in fields if name.startswith(PREFIX)]
