"""Words that may identify a child or a member of staff."""

from __future__ import annotations

from collections.abc import Iterator

from section11.domain.answers import Action, Answer
from section11.domain.privacy import KIND_TITLES, likely_personal_data, may_hold_personal_data
from section11.domain.readings.context import ReadingContext
from section11.domain.readings.notice import Check, Notice

WEIGHT = 90


def _find(context: ReadingContext) -> Iterator[Notice]:
    # One look at all of them together passes over most returns.
    if not may_hold_personal_data(_everything_in(context)):
        return
    for question, answer in context.said:
        texts = _texts(answer, context.actions.get(question.id, Action(question.id)))
        kinds = {found.kind for text in texts if text for found in likely_personal_data(text)}
        if kinds:
            titles = ", ".join(sorted(KIND_TITLES[kind] for kind in kinds))
            message = f"The text may identify somebody ({titles}). Name a post instead, and leave children unnamed."
            yield Notice(CHECK.key, (question.id,), message, WEIGHT)


def _everything_in(context: ReadingContext) -> str:
    texts: list[str] = []
    for _, answer in context.said:
        texts += (answer.evidence, answer.impact, answer.reason, answer.value or "")
    for action in context.actions.values():
        texts += (action.what, action.owner)
    return "\n".join(filter(None, texts))


def _texts(answer: Answer, action: Action) -> tuple[str, ...]:
    return (answer.reason, answer.evidence, answer.impact, answer.value or "", action.what, action.owner)


CHECK = Check("identifying", "May identify somebody", _find)
