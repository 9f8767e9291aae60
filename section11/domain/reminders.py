"""Reminders: on which days before and after its due date a return that is still to come is asked for, and of whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from section11.domain.people import ORGANISATION_ROLES, Role
from section11.domain.uk_time import uk_date
from section11.domain.workflow import AssessmentStatus
from section11.errors import BadInputError

FURTHEST_DAY = 365
MOST_DAYS = 12
_SEPARATORS = str.maketrans({";": ",", "\n": ","})


@dataclass(frozen=True, slots=True)
class ReminderSchedule:
    """When the returns of one cycle are asked for. ``before`` and ``after`` are days from the due date, from 1.

    ``roles`` are those of an organisation's people who are written to.
    """

    before: tuple[int, ...] = (28, 14, 3, 1)
    after: tuple[int, ...] = (1, 7, 14)
    roles: frozenset[Role] = ORGANISATION_ROLES
    is_on: bool = True

    def days(self, due: date) -> list[date]:
        """Return the days on which a return due on this day is asked for, the earliest first."""
        if not self.is_on:
            return []
        offsets = {-days for days in self.before} | set(self.after)
        return [due + timedelta(days=offset) for offset in sorted(offsets)]

    def day_that_fell_due(self, due: date, since: datetime, until: datetime) -> date | None:
        """Return the last of those days that began, in the UK, after ``since`` and not after ``until``.

        Only the last: whoever looks again after a week without looking asks once, not for every day that passed.
        """
        passed = [day for day in self.days(due) if uk_date(since) < day <= uk_date(until)]
        return passed[-1] if passed else None

    def next_day(self, due: date, today: date) -> date | None:
        """Return the first of those days after today; None when all have passed."""
        return next((day for day in self.days(due) if day > today), None)


def checked_schedule(*, is_on: bool, before: str, after: str, roles: Iterable[Role]) -> ReminderSchedule:
    """Return the schedule that somebody typed: days as "28, 14, 3" and the roles they chose.

    Raises:
        BadInputError: a day cannot be used, a day stands twice, or reminders are on for no day or nobody.
    """
    schedule = ReminderSchedule(
        before=tuple(sorted(days_written(before), reverse=True)),
        after=tuple(sorted(days_written(after))),
        roles=frozenset(roles),
        is_on=is_on,
    )
    if not schedule.roles <= ORGANISATION_ROLES:
        raise BadInputError("Reminders go to contributors and approvers. Choose one of them or both.")
    if is_on and not schedule.roles:
        raise BadInputError("Choose whom to remind: contributors, approvers or both. Or switch the reminders off.")
    if is_on and not (schedule.before or schedule.after):
        raise BadInputError("Write at least one day before or after the due date, or switch the reminders off.")
    return schedule


def days_written(words: str) -> tuple[int, ...]:
    """Return the days that words such as "28, 14, 3" name, in their order; empty words name none.

    Raises:
        BadInputError: something is not a whole number from 1 to 365, stands twice, or there are too many.
    """
    days: list[int] = []
    for part in words.translate(_SEPARATORS).split(","):
        word = part.strip()
        if not word:
            continue
        # Written out, because Python takes other scripts' digits and underscores for a number as well.
        day = int(word) if word.isascii() and word.isdigit() and len(word) <= 5 else 0
        if not 1 <= day <= FURTHEST_DAY:
            raise BadInputError(
                f"“{word[:40]}” is not a number of days. Write whole numbers from 1 to {FURTHEST_DAY} with commas "
                "between them, for example 28, 14, 3."
            )
        if day in days:
            raise BadInputError(f"{day} stands twice. Write each number of days once.")
        days.append(day)
    if len(days) > MOST_DAYS:
        raise BadInputError(f"That is {len(days)} days. Choose at most {MOST_DAYS}, or people stop reading reminders.")
    return tuple(days)


def roles_to_remind(status: AssessmentStatus, wanted: frozenset[Role], there: frozenset[Role]) -> frozenset[Role]:
    """Return the roles whose people are reminded of one return.

    Args:
        status: Where the return stands. One that only waits for a signature is its approvers' alone, if they are
            reminded at all.
        wanted: The roles the schedule names.
        there: The roles somebody holds in the organisation. Where nobody holds a wanted one, the others are reminded,
            so that no organisation hears nothing.
    """
    chosen = wanted & there or there & ORGANISATION_ROLES
    signs = frozenset({Role.APPROVER})
    return signs if status is AssessmentStatus.AWAITING_SIGN_OFF and signs <= chosen else chosen
