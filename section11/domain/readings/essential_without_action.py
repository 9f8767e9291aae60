"""An essential question in the lower half of the scale, and no complete action for it."""

from __future__ import annotations

from collections.abc import Iterator

from section11.domain.readings.context import ReadingContext
from section11.domain.readings.notice import Check, Notice

WEIGHT = 100


def _find(context: ReadingContext) -> Iterator[Notice]:
    for question, _, rating in context.rated:
        if not question.essential or not context.standards_set.scale.is_lower_half(rating.key):
            continue
        action = context.actions.get(question.id)
        if action is None or not action.is_complete:
            what = "there is no action" if action is None or action.is_empty else "its action lacks an owner or a date"
            message = (
                f"Essential and rated “{rating.label}”, but {what}. Say what will be done, by which post and by when."
            )
            yield Notice(CHECK.key, (question.id,), message, WEIGHT)


CHECK = Check("essential-without-action", "Essential and low, without an action", _find)
