"""An action whose date had already passed when the return was read or signed."""

from __future__ import annotations

from collections.abc import Iterator

from section11.domain.readings.context import ReadingContext
from section11.domain.readings.notice import Check, Notice
from section11.domain.uk_time import long_date

WEIGHT = 85


def _find(context: ReadingContext) -> Iterator[Notice]:
    for question in context.questions:
        action = context.actions.get(question.id)
        if action is not None and action.is_open and action.due is not None and action.due < context.today:
            message = (
                f"The action was due on {long_date(action.due)}, which has passed. "
                "If it is done, say so on the Actions page and look at the rating again; if not, give a new date."
            )
            yield Notice(CHECK.key, (question.id,), message, WEIGHT)


CHECK = Check("past-action-date", "Action date in the past", _find)
