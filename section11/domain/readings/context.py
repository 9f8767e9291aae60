"""What a careful reader has before them: one return, the last one, and what staff say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from section11.domain.answers import Action, Answer, AnswerState, state_of
from section11.domain.carrying import Earlier
from section11.domain.organisations import DutyBasis
from section11.domain.scales import Rating
from section11.domain.standards import Question, StandardsSet
from section11.domain.survey import SurveyShare

USUAL_PERIOD_YEARS = 2
"""How long a first return looks back from its due date."""


def period_start(due: date, last_due: date | None) -> date:
    """Return the first day of the period a return tells of: the day after the last one was due."""
    if last_due is not None:
        return last_due + timedelta(days=1)
    # The 28th is in every February.
    return due.replace(year=due.year - USUAL_PERIOD_YEARS, day=min(due.day, 28)) + timedelta(days=1)


@dataclass(frozen=True)
class ReadingContext:
    """One return as it is read. Answers that were carried forward and not confirmed yet are not read."""

    standards_set: StandardsSet
    organisation_type: str
    duty: DutyBasis
    answers: Mapping[str, Answer]
    actions: Mapping[str, Action]
    today: date
    """The day the return is read on; for a signed return, the day it was signed."""
    period_start: date
    """The first day of the period that the return tells of."""
    earlier: Mapping[str, Earlier] = field(default_factory=dict)
    """What was rated low last time, by the id of the question that stands for it now."""
    survey: Mapping[str, SurveyShare] = field(default_factory=dict)
    """How many staff agree, by question id and by arrangement key."""
    documented: frozenset[str] = frozenset()
    """Questions that have a document or link as evidence, whatever is written beside it."""

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions that are asked, in the order of the form."""
        return self.standards_set.questions_for(self.organisation_type)

    def state(self, question: Question) -> AnswerState:
        return state_of(question, self.organisation_type, self.answers.get(question.id))

    @cached_property
    def rated(self) -> tuple[tuple[Question, Answer, Rating], ...]:
        """Every question that is rated, with its answer and rating, in the order of the form."""
        rating_of = self.standards_set.scale.rating
        return tuple(
            (question, answer, rating_of(answer.rating))
            for question, answer in self.said
            if answer.rating and answer.marker is None and question.is_rated
        )

    @cached_property
    def said(self) -> tuple[tuple[Question, Answer], ...]:
        """Every question that something stands under, with its answer; brought-forward answers are left out."""
        given = self.answers
        return tuple(
            (question, answer)
            for question in self.questions
            if (answer := given.get(question.id)) is not None and not answer.carried_from and not answer.is_empty
        )
