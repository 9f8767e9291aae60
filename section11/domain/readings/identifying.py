"""Words that may identify a child or a member of staff."""

from __future__ import annotations

from collections.abc import Iterator

from section11.domain.answers import Action, Answer
from section11.domain.privacy import KIND_TITLES, likely_personal_data
from section11.domain.readings.context import ReadingContext
from section11.domain.readings.notice import Check, Notice

WEIGHT = 90


def _find(context: ReadingContext) -> Iterator[Notice]:
    for question, answer in context.said():
        action = context.actions.get(question.id, Action(question.id))
        kinds = {found.kind for text in _texts(answer, action) if text for found in likely_personal_data(text)}
        if kinds:
            titles = ", ".join(sorted(KIND_TITLES[kind] for kind in kinds))
            message = f"The text may identify somebody ({titles}). Name a post instead, and leave children unnamed."
            yield Notice(CHECK.key, (question.id,), message, WEIGHT)


def _texts(answer: Answer, action: Action) -> tuple[str, ...]:
    return (answer.reason, answer.evidence, answer.impact, answer.value or "", action.what, action.owner)


CHECK = Check("identifying", "May identify somebody", _find)
