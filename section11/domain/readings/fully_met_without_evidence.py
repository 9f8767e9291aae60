"""The best rating, and nothing that shows it."""

from __future__ import annotations

from collections.abc import Iterator

from section11.domain.readings.context import ReadingContext
from section11.domain.readings.notice import Check, Notice
from section11.domain.readings.texts import says_nothing

WEIGHT, WEIGHT_IF_ESSENTIAL = 70, 80


def _find(context: ReadingContext) -> Iterator[Notice]:
    best = context.standards_set.scale.best.key
    for question, answer, rating in context.rated:
        is_bare = rating.key == best and says_nothing(answer.evidence)
        if is_bare and question.id not in context.documented:
            message = f"Rated “{rating.label}”, but no evidence is given. Say what shows it, or rate it lower."
            yield Notice(CHECK.key, (question.id,), message, WEIGHT_IF_ESSENTIAL if question.essential else WEIGHT)


CHECK = Check("fully-met-without-evidence", "Best rating without evidence", _find)
