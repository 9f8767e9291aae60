"""The result of one organisation in one standard: a share, the lowest essential answer, and a level in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from section11.domain.answers import AnswerState
from section11.domain.scales import RatingScale, Tone
from section11.domain.standards import StandardsSet, Thresholds
from section11.reports.palette import RATING_SHADES, STATE_SHADES, Shade
from section11.reports.tally import Counts, Tally, tally_of


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


@dataclass(frozen=True, slots=True)
class StandardResult:
    """One organisation in one standard.

    ``percent`` is the share at the best rating, 0 to 100 and unrounded, of ``n`` questions; None when nothing counts.
    ``lowest_essential`` is a rating key, None when no essential question is rated.
    ``tally`` is None for a return that does not count, so that its answers are never shown.
    """

    standard_id: str
    level: Level
    percent: float | None = None
    n: int = 0
    lowest_essential: str | None = None
    tally: Tally | None = None


def standard_result(
    standard_id: str, counts: Counts, standards_set: StandardsSet, lowest_essential: str | None
) -> StandardResult:
    """Return the result of a return that counts, from the counts of its answers in this standard."""
    scale = standards_set.scale
    tally = tally_of(counts, scale)
    percent = tally.percent(scale.best.key)
    if tally.asked == 0:
        level = Level.NOT_ASKED
    elif percent is None:
        level = Level.NOT_APPLICABLE
    else:
        level = level_of(percent, lowest_essential, scale, standards_set.thresholds)
    return StandardResult(standard_id, level, percent, tally.denominator, lowest_essential, tally)


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
