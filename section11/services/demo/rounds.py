"""The fictional cycles, and where each return of the current one stands."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from section11.domain.cycles import Cycle, CycleStatus
from section11.domain.workflow import AssessmentStatus

YEARS_BETWEEN = 2
DAYS_OPEN_BEFORE_TODAY = 45
DAYS_UNTIL_DUE = 42

Status = AssessmentStatus


@dataclass(frozen=True, slots=True)
class Round:
    """A cycle with the moments it opened and closed. ``number`` is 0 for the first."""

    cycle: Cycle
    number: int
    opened_at: datetime
    closed_at: datetime | None


def demo_rounds(now: datetime, *, count: int, partnership_id: str, set_ids_by_type: Mapping[str, str]) -> list[Round]:
    """Return the cycles, the earliest first; the last is open and due in about six weeks."""
    today = now.date()
    rounds = []
    for number in range(count):
        years_ago = (count - 1 - number) * YEARS_BETWEEN
        year = today.year - years_ago
        # Days, not a changed year: the 29th of February has no counterpart in most years.
        shift = timedelta(days=round(years_ago * 365.25))
        due = today + timedelta(days=DAYS_UNTIL_DUE) - shift
        cycle = Cycle(
            id=str(year),
            name=f"Section 11 audit {year}",
            due=due,
            status=CycleStatus.CLOSED if years_ago else CycleStatus.OPEN,
            partnership_ids=frozenset({partnership_id}),
            set_ids_by_type=set_ids_by_type,
            moderators_per_return=2 if years_ago > YEARS_BETWEEN else 1,
        )
        opened_at = morning(today - timedelta(days=DAYS_OPEN_BEFORE_TODAY) - shift)
        closed_at = morning(due + timedelta(days=21)) if years_ago else None
        rounds.append(Round(cycle, number, opened_at, closed_at))
    return rounds


def morning(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC)


def current_statuses(rng: random.Random, organisation_ids: Sequence[str]) -> dict[str, Status]:
    """Return where each return of the current cycle stands.

    The first organisation's is in progress, so that the tour has something to do. Of all returns about
    45 % are submitted and 25 % in progress; one was handed back and one awaits sign-off.
    """
    first, *others = organisation_ids
    count = len(organisation_ids)
    submitted = max(round(count * 0.45), 1)
    in_progress = max(round(count * 0.25) - 1, 0)
    deck = [Status.SUBMITTED, Status.AWAITING_SIGN_OFF, Status.HANDED_BACK]
    deck += [Status.SUBMITTED] * (submitted - 1) + [Status.IN_PROGRESS] * in_progress
    deck += [Status.NOT_STARTED] * (count - 1 - len(deck))
    shuffled = rng.sample(others, len(others))
    return {first: Status.IN_PROGRESS} | dict(zip(shuffled, deck, strict=False))
