"""Not applicable where it can hardly be: an essential question, or a whole arrangement of somebody under the duty."""

from __future__ import annotations

from collections.abc import Iterator

from section11.domain.answers import AnswerState, Marker
from section11.domain.organisations import DutyBasis
from section11.domain.readings.context import ReadingContext
from section11.domain.readings.notice import Check, Notice

WEIGHT_OF_ARRANGEMENT, WEIGHT_OF_ESSENTIAL = 95, 75


def _find(context: ReadingContext) -> Iterator[Notice]:
    if not any(answer.marker is Marker.NOT_APPLICABLE for answer in context.answers.values()):
        return
    covered: set[str] = set()
    if context.duty is DutyBasis.SECTION_11:
        for key, question_ids in _left_out(context).items():
            covered.update(question_ids)
            title = context.standards_set.arrangements.get(key, key)
            message = (
                f"Every question about “{title}” is marked not applicable, but this organisation is under the "
                "section 11 duty. Answer at least one of them, or have somebody confirm that none applies."
            )
            yield Notice(CHECK.key, question_ids, message, WEIGHT_OF_ARRANGEMENT)
    for question in context.questions:
        is_left_out = context.state(question) is AnswerState.NOT_APPLICABLE
        if question.essential and is_left_out and question.id not in covered:
            message = "Essential, but marked not applicable. Make sure that the reason holds for your organisation."
            yield Notice(CHECK.key, (question.id,), message, WEIGHT_OF_ESSENTIAL)


def _left_out(context: ReadingContext) -> dict[str, tuple[str, ...]]:
    """Return the arrangements that this type is asked about and that are marked not applicable throughout."""
    found = {}
    for key, questions in context.standards_set.questions_by_arrangement.items():
        asked = [one for one in questions if one.is_asked_of(context.organisation_type)]
        if asked and all(context.state(one) is AnswerState.NOT_APPLICABLE for one in asked):
            found[key] = tuple(one.id for one in asked)
    return found


CHECK = Check("must-answer", "Not applicable where an answer is expected", _find)
