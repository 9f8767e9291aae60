"""Returns over time: how many had been signed by the end of each day, against the due date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from section11.domain.uk_time import uk_date
from section11.reports.collated import CollatedReturn
from section11.reports.tally import percent_of


@dataclass(frozen=True, slots=True)
class SignedDay:
    """A day in the UK on which returns were signed: how many, and how many by then of those ``expected``.

    ``days_after_due`` is below 0 before the due date.
    """

    day: date
    signed: int
    signed_so_far: int
    expected: int
    days_after_due: int

    @property
    def percent(self) -> float | None:
        return percent_of(self.signed_so_far, self.expected)


def signed_days_of(returns: Iterable[CollatedReturn], due: date) -> tuple[SignedDay, ...]:
    """Return the days on which returns that count were signed, the earliest first.

    A return that was signed again counts on the later day; one whose day is not known, as it was imported, on none.
    """
    every = list(returns)
    by_day = Counter(uk_date(one.signed_at) for one in every if one.counts and one.signed_at is not None)
    days, so_far = [], 0
    for day in sorted(by_day):
        so_far += by_day[day]
        days.append(SignedDay(day, by_day[day], so_far, len(every), (day - due).days))
    return tuple(days)
