"""Carrying answers forward: what last time's return says about the questions of a new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from section11.domain.answers import LONGEST_TEXT, Answer, Marker
from section11.domain.crosswalks import Crosswalk, LinkKind, Match, TrendBreak
from section11.domain.standards import Question, StandardsSet

_KEEPS_WHAT_WAS_CHOSEN = frozenset({LinkKind.SAME, LinkKind.REWORDED})
"""A question that was split or merged asks for another judgement: its texts come along, its rating does not."""

_ROOM_FOR_HEADINGS = 100
"""Characters kept free beside each of several texts, for the id of its question and the note below."""
_SHORTENED = "(shortened; the whole text is in last time's return)"


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """What was answered last time to one question that stands for a question of now."""

    question: Question
    answer: Answer


@dataclass(frozen=True)
class Earlier:
    """Last time's answers to what one question asks now, and how the two belong together.

    ``standards_set`` is that of last time, for its scale and words.
    """

    cycle_id: str
    cycle_name: str
    standards_set: StandardsSet
    match: Match
    answers: tuple[EarlierAnswer, ...]


def earlier_answers(
    crosswalk: Crosswalk, answers: Mapping[str, Answer], question_id: str
) -> tuple[Match, tuple[EarlierAnswer, ...]]:
    """Return how a question of now was asked last time, and what was answered to it; nothing if it is new."""
    match = crosswalk.back(question_id)
    found = tuple(
        EarlierAnswer(crosswalk.before.questions_by_id[one], answers[one])
        for one in match.question_ids
        if one in answers and not answers[one].is_empty
    )
    return match, found


def carried_answers(
    crosswalk: Crosswalk, organisation_type: str, answers: Mapping[str, Answer], cycle_id: str
) -> Iterator[Answer]:
    """Give last time's answers as answers of the new set, marked with their cycle and not yet confirmed.

    Args:
        crosswalk: From last time's set to the new one.
        organisation_type: The organisation's type now; questions it is not asked get nothing.
        answers: What was returned last time, by question id.
        cycle_id: The cycle they were returned in.

    "Don't know yet" is left behind, and so is a rating, value or choice that means something else now.
    """
    for question in crosswalk.after.questions_for(organisation_type):
        match, found = earlier_answers(crosswalk, answers, question.id)
        if found:
            carried = _carried(crosswalk, question, match, found)
            if not carried.is_empty:
                yield replace(carried, carried_from=cycle_id, version=0)


def _carried(crosswalk: Crosswalk, question: Question, match: Match, found: tuple[EarlierAnswer, ...]) -> Answer:
    last = found[-1].answer
    carried = Answer(
        question.id,
        evidence=_joined(found, "evidence"),
        impact=_joined(found, "impact"),
        updated_at=last.updated_at,
        updated_by=last.updated_by,
    )
    if match.kind not in _KEEPS_WHAT_WAS_CHOSEN:
        return carried
    if last.marker is Marker.NOT_APPLICABLE:
        return replace(carried, marker=last.marker, reason=last.reason)
    return replace(
        carried,
        rating=None if TrendBreak.SCALE in match.breaks else last.rating,
        value=None if TrendBreak.ANSWERS in match.breaks else last.value,
    )


def _joined(found: tuple[EarlierAnswer, ...], field: str) -> str:
    texts = [(one.question.id, str(getattr(one.answer, field))) for one in found if getattr(one.answer, field)]
    if len(found) == 1:
        return "".join(text for _, text in texts)
    room = LONGEST_TEXT // max(len(texts), 1) - _ROOM_FOR_HEADINGS
    return "\n\n".join(f"{question_id}: {_within(text, room)}" for question_id, text in texts)


def _within(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[:room]} {_SHORTENED}"
