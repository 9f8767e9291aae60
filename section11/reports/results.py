"""The result of one organisation in one standard or arrangement: a share, the lowest essential answer, a level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from section11.domain.answers import AnswerState
from section11.domain.scales import RatingScale, Tone
from section11.domain.standards import Question, StandardsSet, Thresholds
from section11.reports.palette import RATING_SHADES, STATE_SHADES, Shade
from section11.reports.tally import AnswerKind, Counts, Tally, tally_of


class Level(StrEnum):
    """What a result comes to, best first; the last three say why there is none."""

    STRONG = "strong"
    MIXED = "mixed"
    WEAK = "weak"
    NOT_APPLICABLE = "not_applicable"
    NOT_ASKED = "not_asked"
    NOT_RETURNED = "not_returned"


LEVEL_TITLES: dict[Level, str] = {
    Level.STRONG: "Strong",
    Level.MIXED: "Mixed",
    Level.WEAK: "Weak",
    Level.NOT_APPLICABLE: "Not applicable",
    Level.NOT_ASKED: "Not asked",
    Level.NOT_RETURNED: "Not returned",
}

LEVEL_SHADES: dict[Level, Shade] = {
    Level.STRONG: RATING_SHADES[Tone.FULL],
    Level.MIXED: RATING_SHADES[Tone.PART],
    Level.WEAK: RATING_SHADES[Tone.NONE],
    Level.NOT_APPLICABLE: STATE_SHADES[AnswerState.NOT_APPLICABLE],
    Level.NOT_ASKED: STATE_SHADES[AnswerState.NOT_ASKED],
    Level.NOT_RETURNED: STATE_SHADES[AnswerState.NOT_ANSWERED],
}


JUDGED = (Level.STRONG, Level.MIXED, Level.WEAK)
"""The levels of those who have a result."""


@dataclass(frozen=True, slots=True)
class Result:
    """One organisation in one subject: a standard by its id, or an arrangement by its key.

    ``percent`` is the share at the best rating, 0 to 100 and unrounded, of ``n`` questions; None when nothing counts.
    ``lowest_essential`` is a rating key, None when no essential question is rated.
    ``tally`` is None for a return that does not count, so that its answers are never shown.
    """

    subject_id: str
    level: Level
    percent: float | None = None
    n: int = 0
    lowest_essential: str | None = None
    tally: Tally | None = None

    @property
    def at_best(self) -> int:
        """How many of the ``n`` questions have the best rating."""
        return 0 if self.tally is None else self.tally.at_best


_WEAKEST_FIRST = (Level.WEAK, Level.MIXED, Level.STRONG, Level.NOT_APPLICABLE, Level.NOT_ASKED, Level.NOT_RETURNED)


def weakness(result: Result) -> tuple[int, float]:
    """Return what sorts results: the weakest word and the lowest share first, those without a result last."""
    return _WEAKEST_FIRST.index(result.level), 0.0 if result.percent is None else result.percent


def result_of(
    subject_id: str, questions: Iterable[Question], kinds: Mapping[str, AnswerKind], standards_set: StandardsSet
) -> Result:
    """Return the result of a return that counts in these questions; ``kinds`` has its answers by question id."""
    scale = standards_set.scale
    counts: Counts = Counter()
    essential_ratings: set[str] = set()
    for question in questions:
        kind = kinds[question.id]
        counts[kind] += 1
        if question.essential and kind[1] is not None:
            essential_ratings.add(kind[1])
    lowest_essential = max(essential_ratings, key=scale.position, default=None)
    tally = tally_of(counts, scale)
    percent = tally.percent(scale.best.key)
    if tally.asked == 0:
        level = Level.NOT_ASKED
    elif percent is None:
        level = Level.NOT_APPLICABLE
    else:
        level = level_of(percent, lowest_essential, scale, standards_set.thresholds)
    return Result(subject_id, level, percent, tally.denominator, lowest_essential, tally)


def level_of(percent: float, lowest_essential: str | None, scale: RatingScale, thresholds: Thresholds) -> Level:
    """Return strong, mixed or weak.

    Strong needs the share and no essential answer in the lower half of the scale; weak is a low share
    or an essential answer at the lowest rating. Essential questions without a rating do not decide the
    word: they hold the share down, as they stay in the denominator.
    """
    essential_is_low = lowest_essential is not None and scale.is_lower_half(lowest_essential)
    if percent >= thresholds.strong_from_percent and not essential_is_low:
        return Level.STRONG
    if percent < thresholds.weak_below_percent or lowest_essential == scale.ratings[-1].key:
        return Level.WEAK
    return Level.MIXED


def level_counts(subject_ids: Iterable[str], rows: Iterable[Iterable[Result]]) -> dict[str, dict[Level, int]]:
    """Return how many results of each subject have each level, also those with 0; a row is one organisation."""
    counts = {subject_id: dict.fromkeys(Level, 0) for subject_id in subject_ids}
    for row in rows:
        for result in row:
            counts[result.subject_id][result.level] += 1
    return counts
