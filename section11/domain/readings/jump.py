"""Two ratings better than last time, with nothing new that shows it."""

from __future__ import annotations

from collections.abc import Iterator

from section11.domain.answers import Answer
from section11.domain.carrying import Earlier
from section11.domain.crosswalks import LinkKind, TrendBreak
from section11.domain.readings.context import ReadingContext
from section11.domain.readings.notice import Check, Notice
from section11.domain.readings.texts import new_words
from section11.domain.scales import RatingScale

WEIGHT = 65
STEPS = 2
FEWEST_NEW_WORDS = 5
"""With fewer words that last time's evidence did not have, it is taken to be the same evidence."""
_ASK_THE_SAME = frozenset({LinkKind.SAME, LinkKind.REWORDED})


def could_rise_from(scale: RatingScale) -> frozenset[str]:
    """Return the ratings that are low enough to become so much better; others of last time are not looked at."""
    return frozenset(scale.keys[STEPS:])


def _find(context: ReadingContext) -> Iterator[Notice]:
    scale = context.standards_set.scale
    for question, answer, rating in context.rated:
        earlier = context.earlier.get(question.id)
        before = _comparable(earlier) if earlier is not None else None
        if earlier is None or before is None or before.rating is None or question.id in context.documented:
            continue
        rise = scale.position(before.rating) - scale.position(rating.key)
        if rise >= STEPS and not _has_new_evidence(answer, before):
            was = scale.rating(before.rating).label
            message = (
                f"“{was}” in {earlier.cycle_name}, “{rating.label}” now, and the evidence says nothing new. "
                "Say what changed since."
            )
            yield Notice(CHECK.key, (question.id,), message, WEIGHT)


def _comparable(earlier: Earlier) -> Answer | None:
    """Return last time's answer where one question on the same scale asked for the same."""
    if earlier.match.kind not in _ASK_THE_SAME or TrendBreak.SCALE in earlier.match.breaks:
        return None
    return earlier.answers[0].answer if len(earlier.answers) == 1 else None


def _has_new_evidence(now: Answer, before: Answer) -> bool:
    return len(new_words(f"{now.evidence} {now.impact}", f"{before.evidence} {before.impact}")) >= FEWEST_NEW_WORDS


CHECK = Check("jump", "Two ratings better without new evidence", _find)
