"""What changed since the cycle before, standard by standard, from the trends: only where a line runs on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from section11.reports.trend import SubjectKind, Trend, TrendLine


@dataclass(frozen=True, slots=True)
class StandardThenAndNow:
    """The share at the best rating of one standard in two cycles, each with its own n; 0 to 100 and unrounded."""

    standard_id: str
    title: str
    percent_before: float
    n_before: int
    percent_now: float
    n_now: int

    @property
    def difference(self) -> float:
        """In points, of the shares as they are printed, so that what is said agrees with what is shown."""
        return round(round(self.percent_now, 1) - round(self.percent_before, 1), 1)

    @property
    def direction(self) -> int:
        """1 risen, -1 fallen, 0 the same."""
        return (self.difference > 0) - (self.difference < 0)


@dataclass(frozen=True, slots=True)
class BrokenStandard:
    """A standard whose line breaks since the cycle before, with why, in sentences."""

    title: str
    why: str


@dataclass(frozen=True, slots=True)
class SinceLastTime:
    """One set compared with the last cycle that used it, or what became it; ``broken`` cannot be compared."""

    set_id: str
    earlier_name: str
    best_label: str
    returns_before: int
    returns_now: int
    standards: tuple[StandardThenAndNow, ...]
    broken: tuple[BrokenStandard, ...]

    @property
    def fewest_returns(self) -> int:
        return min(self.returns_before, self.returns_now)


def since_last_time(trends: Iterable[Trend]) -> tuple[SinceLastTime, ...]:
    """Return the last step of each trend, where both cycles have answers.

    The figures are those of all returns of each cycle, so organisations that joined or left count where they answered.
    """
    return tuple(_compared(one) for one in trends if _has_answers(one))


def _has_answers(trend: Trend) -> bool:
    points = trend.lines[0].points
    return len(points) > 1 and all(point.returns_counted for point in points[-2:])


def _compared(trend: Trend) -> SinceLastTime:
    lines = [one for one in trend.lines if one.kind is SubjectKind.STANDARD]
    before, now = trend.lines[0].points[-2:]
    return SinceLastTime(
        set_id=trend.standards_set.id,
        earlier_name=before.cycle_name,
        best_label=trend.standards_set.scale.best.label,
        returns_before=before.returns_counted,
        returns_now=now.returns_counted,
        standards=tuple(_then_and_now(lines)),
        broken=tuple(
            BrokenStandard(one.title, " ".join(one.steps[-1].reasons)) for one in lines if one.steps[-1].is_break
        ),
    )


def _then_and_now(lines: Sequence[TrendLine]) -> Iterable[StandardThenAndNow]:
    for line in lines:
        before, now = line.points[-2:]
        if line.steps[-1].is_break or before.tally is None or now.tally is None:
            continue
        if before.percent is not None and now.percent is not None:
            yield StandardThenAndNow(
                line.subject_id,
                line.title,
                before.percent,
                before.tally.denominator,
                now.percent,
                now.tally.denominator,
            )
