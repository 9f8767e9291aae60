"""Evidence whose newest date lies before the period that the return tells of."""

from __future__ import annotations

from collections.abc import Iterator

from section11.domain.readings.context import ReadingContext
from section11.domain.readings.notice import Check, Notice
from section11.domain.uk_time import long_date
from section11.domain.written_dates import newest_in, newest_may_be_before

WEIGHT = 40


def _find(context: ReadingContext) -> Iterator[Notice]:
    """Look at ratings in the upper half alone: under a low one, an old date is honest."""
    for question, answer, rating in context.rated:
        if context.standards_set.scale.is_lower_half(rating.key):
            continue
        text = f"{answer.evidence}\n{answer.impact}"
        newest = newest_in(text) if newest_may_be_before(text, context.period_start) else None
        if newest is not None and newest.last_day < context.period_start:
            message = (
                f"The newest date in the evidence is {newest.words}, before this period began "
                f"({long_date(context.period_start)}). Add what has been checked or done since."
            )
            yield Notice(CHECK.key, (question.id,), message, WEIGHT)


CHECK = Check("old-evidence", "Evidence older than the period", _find)
