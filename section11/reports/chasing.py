"""Chasing: the returns that are still to come, and the words of a reminder for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from section11.domain.assessments import Progress
from section11.domain.uk_time import long_date
from section11.domain.workflow import AssessmentStatus


@dataclass(frozen=True, slots=True)
class ChaseLine:
    """A return that is still to come. ``days_after_due`` is below 0 before the due date.

    ``addresses`` are the e-mail addresses of its organisation's people, for those who may know them.
    """

    assessment_id: str
    organisation_name: str
    type_title: str
    status: AssessmentStatus
    progress: Progress
    days_after_due: int
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reminder:
    subject: str
    body: str


def reminder_for(
    line: ChaseLine, *, audit_name: str, cycle_name: str, due: date, partnership: str, link: str
) -> Reminder:
    """Return what to write to an organisation: when the return is due, how far it is, and where to go on."""
    when = due_sentence(line.days_after_due, due)
    return Reminder(
        subject=f"{audit_name}, {cycle_name}: the return of {line.organisation_name} {when}",
        body=(
            f"Dear colleague,\n\n"
            f"The {audit_name} return of {line.organisation_name} for {cycle_name} {when}. {_how_far(line)}\n\n"
            f"{_what_to_do(line.status)}: {link}\n\n"
            "If something stands in the way, please reply and tell us when we can expect it.\n\n"
            f"{partnership}\n"
        ),
    )


def due_sentence(days_after_due: int, due: date) -> str:
    """Return "is due on 31 March 2026, in 12 days", or how long ago it was due."""
    day = long_date(due)
    if days_after_due > 0:
        return f"was due on {day}, {_days(days_after_due)} ago"
    return f"is due on {day}, in {_days(-days_after_due)}" if days_after_due else f"is due today, {day}"


def _how_far(line: ChaseLine) -> str:
    answered = f"{line.progress.settled} of {line.progress.asked} questions are answered"
    return {
        AssessmentStatus.NOT_STARTED: "It has not been started yet.",
        AssessmentStatus.AWAITING_SIGN_OFF: "It is complete and waits for your senior lead to sign it.",
        AssessmentStatus.HANDED_BACK: f"It was handed back to you for more work; {answered}.",
        AssessmentStatus.REOPENED: f"It was opened again for changes; {answered}.",
    }.get(line.status, f"So far {answered}.")


def _what_to_do(status: AssessmentStatus) -> str:
    if status is AssessmentStatus.AWAITING_SIGN_OFF:
        return "Please read and sign it here"
    return "Please begin here" if status is AssessmentStatus.NOT_STARTED else "Please go on here"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
