"""The feedback letter: what is known about one return, and what each placeholder of its wording stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from section11.domain.answers import STATE_TITLES, Action, Answer, AnswersByQuestion, AnswerState, state_of
from section11.domain.moderation import (
    QUALITY_MEANINGS,
    QUALITY_TITLES,
    EvidenceQuality,
    Moderation,
    ModerationsByQuestion,
    differs,
)
from section11.domain.scales import RatingScale
from section11.domain.standards import Question, Standard, StandardsSet
from section11.domain.uk_time import long_date, uk_date
from section11.reports.letter_blocks import Block, Bullets, Entry, Part, Table
from section11.reports.results import LEVEL_TITLES, Level, Result, result_of
from section11.reports.tally import AnswerKind

PLACEHOLDERS: Mapping[str, str] = {
    "organisation": "the organisation's name",
    "organisation_type": "what kind of organisation it is",
    "partnership": "the partnership's name",
    "audit": "the name of the audit",
    "cycle": "the name of the cycle",
    "date": "the day of the letter: when the return was released",
    "today": "the day the letter is made; its actions are counted up to this day",
    "due_date": "the day the return was due",
    "signed_on": "the day the organisation signed its return",
    "signed_by": "the post of whoever released the return",
    "results": "a table: each standard with the organisation's result and the result after moderation",
    "differences": "each question where the moderated rating is another, with the reason",
    "evidence": "a table: how good the evidence was, in words, with the number of answers",
    "strengths": "a list: the standards whose result is strong",
    "to_work_on": "the essential questions with a rating in the lower half, the lowest first",
    "overdue_actions": "a table: open actions whose date has passed",
    "open_actions": "a table: the other open actions",
    "open_questions": "the questions of scrutiny that have no reply yet",
}
"""Every placeholder and what stands in its place, in the order people are shown."""
NOT_MODERATED = "This return has not been moderated yet."


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An action that is still to be done; ``about`` says which question it was promised under, and when."""

    action: Action
    about: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Something scrutiny asked and nobody replied to."""

    question_id: str
    asked_on: date
    words: str


@dataclass(frozen=True, kw_only=True)
class LetterFacts:
    """What a letter is made from. ``outcomes`` is empty unless the moderation is finished.

    ``day`` is the day of release, or for a preview the day it is made; ``made_at`` has a time zone.
    """

    organisation: str
    organisation_type_key: str
    organisation_type: str
    partnership: str
    audit: str
    cycle: str
    due: date
    day: date
    made_at: datetime
    signed_on: date | None
    signed_by: str
    standards_set: StandardsSet
    answers: AnswersByQuestion
    outcomes: ModerationsByQuestion
    actions: Sequence[OpenAction]
    open_questions: Sequence[OpenQuestion]
    is_preview: bool = False
    is_demo: bool = False

    @property
    def title(self) -> str:
        return f"{self.organisation}: {self.cycle}"

    @property
    def kind(self) -> str:
        return "Preview, not released" if self.is_preview else "Feedback letter"

    @property
    def standards(self) -> tuple[Standard, ...]:
        """The standards with a result, with the questions this organisation is asked."""
        kinds = self.standards_set.standards_for(self.organisation_type_key)
        return tuple(one for one in kinds if one.rated_questions)

    def answer_to(self, question_id: str) -> Answer:
        return self.answers.get(question_id, Answer(question_id))

    def rating_of(self, question: Question) -> str | None:
        """Return the rating that counts: the moderated one, or before that the organisation's own."""
        return self.kind_of(question, self.outcomes.get(question.id))[1]

    def kind_of(self, question: Question, outcome: Moderation | None) -> AnswerKind:
        """Return how an answer counts: as moderated, or without an outcome as the organisation gave it."""
        answer = self.answer_to(question.id)
        state = state_of(question, self.organisation_type_key, answer)
        if outcome is None:
            return state, answer.rating if state is AnswerState.RATED else None
        if outcome.rating is not None:
            return AnswerState.RATED, outcome.rating
        return (AnswerState.NOT_APPLICABLE if state is AnswerState.RATED else state), None


def values_of(facts: LetterFacts) -> dict[str, str | Part]:
    """Return what every placeholder stands for, by its name."""
    overdue = [one for one in facts.actions if one.is_overdue]
    others = [one for one in facts.actions if not one.is_overdue]
    return {
        "organisation": facts.organisation,
        "organisation_type": facts.organisation_type,
        "partnership": facts.partnership,
        "audit": facts.audit,
        "cycle": facts.cycle,
        "date": long_date(facts.day),
        "today": long_date(uk_date(facts.made_at)),
        "due_date": long_date(facts.due),
        "signed_on": long_date(facts.signed_on) if facts.signed_on else "",
        "signed_by": facts.signed_by,
        "results": _results(facts),
        "differences": _differences(facts),
        "evidence": _evidence(facts),
        "strengths": _strengths(facts),
        "to_work_on": _to_work_on(facts),
        "overdue_actions": _actions(overdue, "No action is overdue."),
        "open_actions": _actions(others, "No other action is open." if overdue else "No action is open."),
        "open_questions": _open_questions(facts),
    }


def _results(facts: LetterFacts) -> Part:
    head: tuple[str, ...] = ("Standard", "Your own result")
    columns = [_results_with(facts, {})]
    if facts.outcomes:
        head = (*head, "Result after moderation")
        columns.append(_results_with(facts, facts.outcomes))
    scale = facts.standards_set.scale
    rows = tuple(
        (standard.heading, *(_result_words(column[number], scale) for column in columns))
        for number, standard in enumerate(facts.standards)
    )
    return _part([Table(head, rows)] if rows else [], "No standard with a rating is asked of your organisation.")


def _results_with(facts: LetterFacts, outcomes: ModerationsByQuestion) -> list[Result]:
    """Return the result of every standard, with these outcomes in place of the organisation's own ratings."""
    return [
        result_of(
            standard.id,
            standard.rated_questions,
            {one.id: facts.kind_of(one, outcomes.get(one.id)) for one in standard.rated_questions},
            facts.standards_set,
        )
        for standard in facts.standards
    ]


def _result_words(result: Result, scale: RatingScale) -> str:
    if result.percent is None:
        return LEVEL_TITLES[result.level]
    return f"{LEVEL_TITLES[result.level]}: {result.at_best} of {result.n} “{scale.best.label}”"


def _differences(facts: LetterFacts) -> Part:
    found = [
        (question, facts.outcomes[question.id])
        for question in _questions(facts)
        if question.id in facts.outcomes and differs(facts.outcomes[question.id], facts.answer_to(question.id))
    ]
    entries = [
        Entry(
            _asked(question),
            (
                ("Your rating", _kind_words(facts, facts.kind_of(question, None))),
                ("Moderated rating", _kind_words(facts, (AnswerState.RATED, outcome.rating))),
                ("Quality of the evidence", _quality_words(outcome)),
                ("Why", outcome.reason),
            ),
        )
        for question, outcome in found
    ]
    return _part(entries, "Scrutiny agrees with every rating you gave." if facts.outcomes else NOT_MODERATED)


def _quality_words(outcome: Moderation) -> str:
    quality = outcome.evidence_quality
    return f"{QUALITY_TITLES[quality]}. {QUALITY_MEANINGS[quality]}" if quality else ""


def _kind_words(facts: LetterFacts, kind: AnswerKind) -> str:
    state, rating = kind
    if state is not AnswerState.RATED:
        return STATE_TITLES[state]
    return facts.standards_set.scale.rating(rating).label if rating else "No rating"


def _evidence(facts: LetterFacts) -> Part:
    qualities = [one.evidence_quality for one in facts.outcomes.values() if one.evidence_quality]
    rows = tuple(
        (QUALITY_TITLES[one], QUALITY_MEANINGS[one], str(qualities.count(one))) for one in reversed(EvidenceQuality)
    )
    head = "Evidence", "What it means", f"Answers, of {len(qualities)}"
    otherwise = "No answer had evidence to judge." if facts.outcomes else NOT_MODERATED
    return _part([Table(head, rows)] if qualities else [], otherwise)


def _strengths(facts: LetterFacts) -> Part:
    scale = facts.standards_set.scale
    strong = [
        f"{standard.heading}: {result.at_best} of {result.n} “{scale.best.label}”"
        for standard, result in zip(facts.standards, _results_with(facts, facts.outcomes), strict=True)
        if result.level is Level.STRONG
    ]
    return _part([Bullets(tuple(strong))] if strong else [], "No standard has a strong result yet.")


def _to_work_on(facts: LetterFacts) -> Part:
    scale = facts.standards_set.scale
    rated = [(one, facts.rating_of(one)) for one in _questions(facts) if one.essential]
    low = [(question, rating) for question, rating in rated if rating is not None and scale.is_lower_half(rating)]
    entries = [
        Entry(
            _asked(question),
            (
                ("Rating", scale.rating(rating).label),
                (f"What “{scale.best.label}” means here", question.descriptors.get(scale.best.key, "")),
            ),
        )
        for question, rating in sorted(low, key=lambda pair: -scale.position(pair[1]))
    ]
    return _part(entries, "No essential question has a rating in the lower half of the scale.")


def _actions(actions: Iterable[OpenAction], otherwise: str) -> Part:
    rows = tuple(
        (
            one.action.what,
            one.action.owner or "no owner",
            long_date(one.action.due) if one.action.due else "no date",
            one.about,
        )
        for one in sorted(actions, key=lambda one: (one.action.due or date.max, one.about))
    )
    return _part([Table(("Action", "Owner", "Due", "Promised under"), rows)] if rows else [], otherwise)


def _open_questions(facts: LetterFacts) -> Part:
    by_id = facts.standards_set.questions_by_id
    entries = [
        Entry(_asked(by_id[one.question_id]), ((f"Asked on {long_date(one.asked_on)}", one.words),))
        for one in facts.open_questions
    ]
    return _part(entries, "There is no question of scrutiny that waits for your reply.")


def _questions(facts: LetterFacts) -> list[Question]:
    return [question for standard in facts.standards for question in standard.rated_questions]


def _asked(question: Question) -> str:
    return f"{question.id} {question.text}"


def _part(blocks: Sequence[Block], otherwise: str) -> Part:
    return Part(tuple(blocks), otherwise)
