"""What changed since the cycle before, standard by standard: only where the questions and the scale are the same."""

from __future__ import annotations

from dataclasses import dataclass

from section11.domain.standards import Question, Standard, StandardsSet
from section11.reports.figures import CycleFigures
from section11.reports.set_figures import SetFigures, StandardFigures


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
class SinceLastTime:
    """One set compared with the cycle before; ``changed`` counts the standards that cannot be compared."""

    set_id: str
    earlier_name: str
    best_label: str
    returns_before: int
    returns_now: int
    standards: tuple[StandardThenAndNow, ...]
    changed: int

    @property
    def fewest_returns(self) -> int:
        return min(self.returns_before, self.returns_now)


def since_last_time(figures: CycleFigures, earlier: CycleFigures | None) -> tuple[SinceLastTime, ...]:
    """Return the comparison of every set that was also used in the earlier cycle, where both have answers.

    The figures are those of all returns of each cycle, so organisations that joined or left count where they answered.
    """
    if earlier is None:
        return ()
    before = {one.standards_set.id: one for one in earlier.sets}
    return tuple(
        _compared(one, before[one.standards_set.id], earlier.cycle.name)
        for one in figures.sets
        if one.standards_set.id in before and one.returns_counted and before[one.standards_set.id].returns_counted
    )


def _compared(now: SetFigures, before: SetFigures, earlier_name: str) -> SinceLastTime:
    before_by_id = {row.standard_id: row for row in before.standards}
    same = [row for row in now.standards if _is_the_same(row.standard_id, now.standards_set, before.standards_set)]
    pairs = [(before_by_id[row.standard_id], row) for row in same]
    return SinceLastTime(
        set_id=now.standards_set.id,
        earlier_name=earlier_name,
        best_label=now.standards_set.scale.best.label,
        returns_before=before.returns_counted,
        returns_now=now.returns_counted,
        standards=tuple(found for pair in pairs if (found := _then_and_now(*pair)) is not None),
        changed=len(now.standards) - len(same),
    )


def _then_and_now(before: StandardFigures, now: StandardFigures) -> StandardThenAndNow | None:
    best = next(iter(now.tally.by_rating))
    shares = before.tally.percent(best), now.tally.percent(best)
    if shares[0] is None or shares[1] is None:
        return None
    return StandardThenAndNow(
        now.standard_id, now.title, shares[0], before.tally.denominator, shares[1], now.tally.denominator
    )


def _is_the_same(standard_id: str, now: StandardsSet, before: StandardsSet) -> bool:
    ours, theirs = now.standard(standard_id), before.standard(standard_id)
    return now.scale == before.scale and theirs is not None and ours is not None and _asks(ours) == _asks(theirs)


def _asks(standard: Standard) -> dict[str, tuple[object, ...]]:
    """Return what decides how a standard is answered: its rated questions with their words and who is asked."""
    return {one.id: _key(one) for one in standard.rated_questions}


def _key(question: Question) -> tuple[object, ...]:
    return question.text, dict(question.descriptors), question.asked_of, question.not_asked_of
