"""Trends of one set over cycles: a line runs on only where the same questions are asked in the same way.

Between two cycles a line breaks where a question, the meaning of its ratings or the scale changed, and says why.
Beside the break stands what still compares: the share over the questions that did not change, before and after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from section11.domain.crosswalks import Crosswalk
from section11.domain.cycles import Cycle
from section11.domain.standards import StandardsSet
from section11.reports.question_counts import SetCounts
from section11.reports.tally import Tally, added_tallies
from section11.reports.trend_breaks import breaks_between, comparable_pairs, withheld_words


class SubjectKind(StrEnum):
    """What a line is about."""

    SET = "set"
    STANDARD = "standard"
    ARRANGEMENT = "arrangement"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One cycle of a line. ``tally`` is None where the cycle asked nothing that stands for the subject."""

    cycle_id: str
    cycle_name: str
    due: date
    returns_counted: int
    tally: Tally | None
    percent: float | None
    """The share at the best rating, 0 to 100 and unrounded; None when nothing counts."""


@dataclass(frozen=True, slots=True)
class TrendStep:
    """What lies between two points. It is a break when there are ``reasons``, each a sentence.

    ``compared`` of the ``asked`` questions of the later cycle compare; ``before`` and ``after`` are the shares over
    those alone, None where there is none.
    """

    reasons: tuple[str, ...]
    compared: int
    asked: int
    before: float | None
    after: float | None

    @property
    def is_break(self) -> bool:
        return bool(self.reasons)


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One subject over the cycles, the earliest first; ``steps`` has one fewer than ``points``."""

    kind: SubjectKind
    subject_id: str
    title: str
    points: tuple[TrendPoint, ...]
    steps: tuple[TrendStep, ...]


@dataclass(frozen=True)
class Trend:
    """The lines of one set, as its latest edition names and orders them."""

    standards_set: StandardsSet
    lines: tuple[TrendLine, ...]


@dataclass(frozen=True)
class TrendSource:
    """One cycle of a trend: its counts in the set, and the crosswalk from the source before (None for the first)."""

    cycle: Cycle
    counts: SetCounts
    crosswalk: Crosswalk | None = None


def trend_of(sources: Sequence[TrendSource]) -> Trend:
    """Return the trend of a set over one or more cycles that use it, the earliest first."""
    standards_set = sources[-1].counts.standards_set
    tallies = [source.counts.tallies for source in sources]
    lines = [
        _line(sources, tallies, kind, subject_id, title, ids)
        for kind, subject_id, title, ids in _subjects(standards_set)
    ]
    return Trend(standards_set, tuple(lines))


def _subjects(one: StandardsSet) -> Iterable[tuple[SubjectKind, str, str, tuple[str, ...]]]:
    """Give every subject of the latest edition with its questions."""
    yield SubjectKind.SET, "", "All standards", tuple(question.id for question in one.rated_questions)
    for standard in one.rated_standards:
        ids = tuple(question.id for question in standard.rated_questions)
        yield SubjectKind.STANDARD, standard.id, standard.title, ids
    for key, questions in one.questions_by_arrangement.items():
        ids = tuple(question.id for question in questions)
        yield SubjectKind.ARRANGEMENT, key, one.arrangements.get(key, key), ids
    for question in one.rated_questions:
        yield SubjectKind.QUESTION, question.id, question.text, (question.id,)


def _line(
    sources: Sequence[TrendSource],
    tallies: Sequence[Mapping[str, Tally]],
    kind: SubjectKind,
    subject_id: str,
    title: str,
    question_ids: tuple[str, ...],
) -> TrendLine:
    """Return a line, found from its last point backwards."""
    asked = question_ids
    points = [_point(sources[-1], tallies[-1], asked)]
    steps = []
    for number in range(len(sources) - 1, 0, -1):
        crosswalk = sources[number].crosswalk
        earlier: tuple[str, ...] = ()
        if crosswalk is None or not asked:
            steps.append(TrendStep((), 0, 0, None, None))
        else:
            earlier = _asked_before(kind, subject_id, crosswalk, asked)
            steps.append(_step(crosswalk, earlier, asked, tallies[number - 1], tallies[number]))
        points.append(_point(sources[number - 1], tallies[number - 1], earlier))
        asked = earlier
    return TrendLine(kind, subject_id, title, tuple(reversed(points)), tuple(reversed(steps)))


def _asked_before(kind: SubjectKind, subject_id: str, crosswalk: Crosswalk, asked: Sequence[str]) -> tuple[str, ...]:
    """Return the questions of the edition before that make the subject: its own, or those that became what is asked."""
    before = crosswalk.before
    standard = before.standard(subject_id) if kind is SubjectKind.STANDARD else None
    if kind is SubjectKind.SET:
        return tuple(one.id for one in before.rated_questions)
    if standard is not None:
        return tuple(one.id for one in standard.rated_questions)
    if kind is SubjectKind.ARRANGEMENT and subject_id in before.questions_by_arrangement:
        return tuple(one.id for one in before.questions_by_arrangement[subject_id])
    found = dict.fromkeys(each for one in asked for each in crosswalk.back(one).question_ids)
    return tuple(one for one in found if before.questions_by_id[one].is_rated)


def _step(
    crosswalk: Crosswalk,
    earlier: Sequence[str],
    asked: Sequence[str],
    tallies_before: Mapping[str, Tally],
    tallies_after: Mapping[str, Tally],
) -> TrendStep:
    pairs = comparable_pairs(crosswalk, earlier, asked)
    withheld = [after for before, after in pairs if (before in tallies_before) is not (after in tallies_after)]
    pairs = [(before, after) for before, after in pairs if before in tallies_before and after in tallies_after]
    return TrendStep(
        reasons=(*breaks_between(crosswalk, earlier, asked), *withheld_words(withheld)),
        compared=len(pairs),
        asked=len(asked),
        before=_percent(_sum(tallies_before, [before for before, _ in pairs])),
        after=_percent(_sum(tallies_after, [after for _, after in pairs])),
    )


def _point(source: TrendSource, tallies: Mapping[str, Tally], question_ids: Sequence[str]) -> TrendPoint:
    tally = _sum(tallies, question_ids)
    cycle = source.cycle
    return TrendPoint(cycle.id, cycle.name, cycle.due, source.counts.returns_counted, tally, _percent(tally))


def _sum(tallies: Mapping[str, Tally], question_ids: Sequence[str]) -> Tally | None:
    found = [tallies[one] for one in question_ids if one in tallies]
    return added_tallies(found) if found else None


def _percent(tally: Tally | None) -> float | None:
    return None if tally is None or not tally.denominator else 100 * tally.at_best / tally.denominator
