"""The best rating, where far fewer staff agree than that would let one expect."""

from __future__ import annotations

from collections.abc import Iterator

from section11.domain.readings.context import ReadingContext
from section11.domain.readings.notice import Check, Notice
from section11.domain.survey import SurveyShare

WEIGHT, WEIGHT_OF_PARTNERSHIP = 78, 45
FAR_BELOW_PERCENT = 60.0
"""The best rating says that it works for nearly everybody; fewer than this who agree do not bear it out."""


def _find(context: ReadingContext) -> Iterator[Notice]:
    best = context.standards_set.scale.best
    rated_best = {question.id for question, _, rating in context.rated if rating.key == best.key}
    covered: set[str] = set()
    for question in context.questions:
        share = context.survey.get(question.id)
        if question.id in rated_best and share is not None and share.is_usable:
            covered.add(question.id)
            if share.percent < FAR_BELOW_PERCENT:
                yield _notice((question.id,), f"Rated “{best.label}”", share)
    rated = {question.id for question, _, _ in context.rated}
    for key, questions in context.standards_set.questions_by_arrangement.items():
        share = context.survey.get(key)
        ids = tuple(one.id for one in questions if one.id in rated)
        if share is None or not share.is_usable or share.percent >= FAR_BELOW_PERCENT:
            continue
        # Where one answer is lower, the return already says that not everything is well.
        if ids and rated_best.issuperset(ids) and not covered.issuperset(ids):
            title = context.standards_set.arrangements.get(key, key)
            yield _notice(ids, f"Everything about “{title}” is rated “{best.label}”", share)


def _notice(question_ids: tuple[str, ...], said: str, share: SurveyShare) -> Notice:
    who = "staff asked" if share.is_own else "staff asked across the whole partnership"
    advice = "Ask why, and look at the rating again." if share.is_own else "Find out what your own staff say."
    message = f"{said}, but only {share.agree} of {share.responses} {who} agree ({share.percent:.0f}%). {advice}"
    return Notice(CHECK.key, question_ids, message, WEIGHT if share.is_own else WEIGHT_OF_PARTNERSHIP)


CHECK = Check("staff-disagree", "Staff survey far below the rating", _find)
