"""The same text under many questions: it cannot show all of them."""

from __future__ import annotations

from collections.abc import Iterator

from section11.domain.readings.context import ReadingContext
from section11.domain.readings.notice import Check, Notice
from section11.domain.readings.texts import opening_of, same_form

WEIGHT = 60
MANY = 3
"""From so many questions on. Under two, one text may well show both."""
SHORTEST_IN_WORDS = 8
"""A shorter text, such as "See above" or "Audit of March 2026", is a pointer and may stand anywhere."""
_FIELDS = {"evidence": "evidence", "impact": "impact on children"}


def _find(context: ReadingContext) -> Iterator[Notice]:
    for field, name in _FIELDS.items():
        for question_ids in _alike(context, field):
            message = (
                f"The same {name} stands under {len(question_ids)} questions: {', '.join(question_ids)}. "
                "Say under each what is particular to it."
            )
            yield Notice(CHECK.key, question_ids, message, WEIGHT)


def _alike(context: ReadingContext, field: str) -> list[tuple[str, ...]]:
    by_opening: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for question, answer, _ in context.rated:
        text = getattr(answer, field)
        if text:
            by_opening.setdefault(opening_of(text), []).append((question.id, text))
    ids_by_text: dict[str, list[str]] = {}
    for opened_alike in by_opening.values():
        for question_id, text in opened_alike if len(opened_alike) >= MANY else ():
            ids_by_text.setdefault(same_form(text), []).append(question_id)
    return [tuple(ids) for text, ids in ids_by_text.items() if len(ids) >= MANY and _is_long(text)]


def _is_long(text: str) -> bool:
    return text.count(" ") + 1 >= SHORTEST_IN_WORDS


CHECK = Check("same-text", "Same text under many questions", _find)
