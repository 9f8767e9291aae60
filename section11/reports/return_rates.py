"""Return rates: how many returns are expected, came back, came late, or are still to come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from section11.domain.assessments import is_late
from section11.domain.uk_time import uk_date
from section11.domain.workflow import RETURNED, AssessmentStatus
from section11.reports.collated import CollatedCycle, CollatedReturn
from section11.reports.return_timeline import SignedDay, signed_days_of
from section11.reports.tally import percent_of


class Timing(StrEnum):
    """How a return stands against the due date."""

    ON_TIME = "on_time"
    LATE = "late"
    DATE_NOT_KNOWN = "date_not_known"
    OVERDUE = "overdue"
    NOT_YET_DUE = "not_yet_due"


TIMING_TITLES: dict[Timing, str] = {
    Timing.ON_TIME: "Returned on time",
    Timing.LATE: "Returned late",
    Timing.DATE_NOT_KNOWN: "Returned, date not known",
    Timing.OVERDUE: "Overdue",
    Timing.NOT_YET_DUE: "Not yet due",
}


@dataclass(frozen=True, slots=True)
class ReturnRate:
    """Counts of returns. ``by_status`` has every status; ``late`` is part of ``returned``, ``overdue`` of the rest."""

    expected: int
    by_status: Mapping[AssessmentStatus, int]
    late: int
    overdue: int

    @property
    def returned(self) -> int:
        return sum(count for status, count in self.by_status.items() if status in RETURNED)

    @property
    def started(self) -> int:
        """Begun, returned ones included."""
        return self.expected - self.by_status[AssessmentStatus.NOT_STARTED]

    @property
    def outstanding(self) -> int:
        return self.expected - self.returned

    @property
    def returned_percent(self) -> float | None:
        """0 to 100, unrounded; None when no return is expected."""
        return percent_of(self.returned, self.expected)


@dataclass(frozen=True, slots=True)
class TypeReturnRate:
    """The return rate of one organisation type."""

    type_key: str
    title: str
    group: str
    rate: ReturnRate


@dataclass(frozen=True, slots=True)
class ReturnRates:
    """The return rate overall, by organisation type (sorted by group and then title), and day by day."""

    overall: ReturnRate
    by_type: tuple[TypeReturnRate, ...]
    signed_days: tuple[SignedDay, ...]


def timing_of(collated_return: CollatedReturn, due: date, today: date) -> Timing:
    """Return how one return stands. An earlier signature of a return handed back does not make it returned."""
    if not collated_return.counts:
        return Timing.OVERDUE if is_late(None, due, today) else Timing.NOT_YET_DUE
    if collated_return.signed_at is None:
        return Timing.DATE_NOT_KNOWN
    return Timing.LATE if is_late(collated_return.signed_at, due, today) else Timing.ON_TIME


def return_rates_of(collated: CollatedCycle) -> ReturnRates:
    """Return the return rates on the day the cycle was read."""
    due, today = collated.cycle.due, uk_date(collated.taken_at)
    returns_by_type: dict[str, list[CollatedReturn]] = {}
    for each in collated.returns:
        returns_by_type.setdefault(each.organisation_type.key, []).append(each)
    by_type = [_type_rate(returns, due, today) for returns in returns_by_type.values()]
    by_type.sort(key=lambda row: (row.group.casefold(), row.title.casefold(), row.type_key))
    return ReturnRates(
        overall=_rate(collated.returns, due, today),
        by_type=tuple(by_type),
        signed_days=signed_days_of(collated.returns, due),
    )


def _type_rate(returns: list[CollatedReturn], due: date, today: date) -> TypeReturnRate:
    kind = returns[0].organisation_type
    return TypeReturnRate(kind.key, kind.title, kind.group, _rate(returns, due, today))


def _rate(returns: Iterable[CollatedReturn], due: date, today: date) -> ReturnRate:
    statuses: Counter[AssessmentStatus] = Counter()
    timings: Counter[Timing] = Counter()
    for each in returns:
        statuses[each.status] += 1
        timings[timing_of(each, due, today)] += 1
    return ReturnRate(
        expected=statuses.total(),
        by_status={status: statuses[status] for status in AssessmentStatus},
        late=timings[Timing.LATE],
        overdue=timings[Timing.OVERDUE],
    )
