"""Assessments: one organisation's self-assessment in one cycle, and what it still lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from section11.domain.answers import ActionsByQuestion, Answer, AnswersByQuestion, AnswerState, state_of
from section11.domain.standards import Question, StandardsSet
from section11.domain.uk_time import uk_date
from section11.domain.workflow import AssessmentStatus

SETTLED = frozenset({AnswerState.RATED, AnswerState.ANSWERED, AnswerState.NOT_APPLICABLE})
"""States that count as answered. "Don't know yet" and unconfirmed answers do not."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """One organisation's self-assessment in one cycle. ``revision`` rises with every change to it."""

    id: str
    cycle_id: str
    organisation_id: str
    status: AssessmentStatus
    set_sha256: str
    organisation_type: str
    """The organisation's type in this cycle; once returned, it stays what it was."""
    revision: int = 0
    signed_at: datetime | None = None
    signed_by: str | None = None
    hand_back_reason: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that stands between a return and its sign-off."""

    question_id: str
    message: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a form is: settled answers out of the questions asked, without the optional ones."""

    settled: int
    asked: int

    @property
    def percent(self) -> int:
        """Whole percent, rounded down so that 100 means complete; 100 when nothing is asked."""
        return 100 if self.asked == 0 else self.settled * 100 // self.asked


def assessment_id_for(cycle_id: str, organisation_id: str) -> str:
    return f"{cycle_id}.{organisation_id}"


def progress_of(questions: tuple[Question, ...], organisation_type: str, answers: AnswersByQuestion) -> Progress:
    """Return how many of these questions are settled, of those this type is asked."""
    counted = [question for question in questions if not question.optional]
    states = [state_of(question, organisation_type, answers.get(question.id)) for question in counted]
    asked = [state for state in states if state is not AnswerState.NOT_ASKED]
    return Progress(settled=sum(state in SETTLED for state in asked), asked=len(asked))


def settled_change(question: Question, organisation_type: str, before: Answer, after: Answer) -> int:
    """Return by how much the number of settled answers changes: 1, 0 or -1."""
    if question.optional:
        return 0
    states = [state_of(question, organisation_type, answer) in SETTLED for answer in (before, after)]
    return states[1] - states[0]


def missing_before_sign_off(
    standards_set: StandardsSet,
    organisation_type: str,
    answers: AnswersByQuestion,
    actions: ActionsByQuestion,
) -> list[Missing]:
    """Return everything that must be put right before sign-off, in the order of the form."""
    missing: list[Missing] = []
    for question in standards_set.questions_for(organisation_type):
        answer = answers.get(question.id)
        state = state_of(question, organisation_type, answer)
        if state is AnswerState.NOT_ANSWERED and question.optional:
            continue
        if state is AnswerState.NOT_ANSWERED:
            missing.append(Missing(question.id, "Not answered yet."))
        elif state is AnswerState.DONT_KNOW_YET:
            wanted = "Choose a rating." if question.is_rated else "Answer it."
            missing.append(Missing(question.id, f"Marked “Don't know yet”. {wanted}"))
        elif state is AnswerState.NOT_CONFIRMED:
            missing.append(Missing(question.id, "Brought from an earlier cycle. Confirm or change it."))
        elif state is AnswerState.NOT_APPLICABLE and answer is not None and not answer.reason.strip():
            missing.append(Missing(question.id, "Marked not applicable without a reason. Say why."))
        elif (
            question.essential
            and answer is not None
            and answer.rating is not None
            and standards_set.scale.is_lower_half(answer.rating)
        ):
            action = actions.get(question.id)
            if action is None or not action.is_complete:
                message = "Essential and rated low. Add an action with an owner and a date."
                missing.append(Missing(question.id, message))
    return missing


def is_late(signed_at: datetime | None, due: date, today: date) -> bool:
    """Return whether a return came, or is still to come, after the due date. ``today`` is the day in the UK."""
    return (uk_date(signed_at) if signed_at else today) > due
