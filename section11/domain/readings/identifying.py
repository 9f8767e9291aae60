"""Words that may identify a child or a member of staff."""

from __future__ import annotations

from collections.abc import Iterator

from section11.domain.answers import Action, Answer
from section11.domain.privacy import KIND_TITLES, likely_personal_data, may_hold_personal_data
from section11.domain.readings.context import ReadingContext
from section11.domain.readings.notice import Check, Notice

WEIGHT = 90


def _find(context: ReadingContext) -> Iterator[Notice]:
    texts = {question.id: _texts(answer, context.actions.get(question.id)) for question, answer in context.said}
    # One look at all of them together passes over most returns.
    if not may_hold_personal_data("\n".join(text for of_question in texts.values() for text in of_question)):
        return
    for question, _ in context.said:
        kinds = {found.kind for text in texts[question.id] for found in likely_personal_data(text)}
        if kinds:
            titles = ", ".join(sorted(KIND_TITLES[kind] for kind in kinds))
            message = f"The text may identify somebody ({titles}). Name a post instead, and leave children unnamed."
            yield Notice(CHECK.key, (question.id,), message, WEIGHT)


def _texts(answer: Answer, action: Action | None) -> list[str]:
    written = [answer.reason, answer.evidence, answer.impact, answer.value or ""]
    return written if action is None else [*written, action.what, action.owner]


CHECK = Check("identifying", "May identify somebody", _find)
