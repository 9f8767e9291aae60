"""What a careful reader notices in a return: each check in a module of its own, and the registry of all of them."""

from __future__ import annotations

from section11.domain.readings import (
    essential_without_action,
    fully_met_without_evidence,
    identifying,
    jump,
    must_answer,
    old_evidence,
    past_action_date,
    same_text,
    staff_disagree,
)
from section11.domain.readings.context import ReadingContext, period_start
from section11.domain.readings.jump import could_rise_from
from section11.domain.readings.notice import Check, Notice

__all__ = ["CHECKS", "Check", "Notice", "ReadingContext", "could_rise_from", "notices_in", "period_start"]

CHECKS: dict[str, Check] = {
    one.key: one
    for one in (
        essential_without_action.CHECK,
        must_answer.CHECK,
        identifying.CHECK,
        past_action_date.CHECK,
        staff_disagree.CHECK,
        fully_met_without_evidence.CHECK,
        jump.CHECK,
        same_text.CHECK,
        old_evidence.CHECK,
    )
}
"""The checks by key, in the order in which lists name them."""


def notices_in(context: ReadingContext) -> list[Notice]:
    """Return everything noticed in a return: the heaviest first, then in the order of the form."""
    place = {question.id: index for index, question in enumerate(context.questions)}
    found = [notice for check in CHECKS.values() for notice in check.find(context)]
    return sorted(found, key=lambda one: (-one.weight, place[one.question_ids[0]]))
