"""What changed in a return between two times it was signed: only the answers that differ, as word differences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from section11.domain.answers import Action, ActionsByQuestion, Answer, AnswersByQuestion
from section11.domain.question_types import said_words
from section11.domain.standards import Question, StandardsSet
from section11.domain.uk_time import long_date
from section11.reports.word_differences import Stretch, stretches

TEXTS = {"Why it does not apply", "Why", "Evidence", "Impact on children", "Action"}


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One thing that reads differently. ``parts`` is None where too little stayed to mark single words."""

    title: str
    before: str
    after: str
    parts: tuple[Stretch, ...] | None


@dataclass(frozen=True, slots=True)
class Version:
    """What a return said at one time. ``evidence`` names the files and links under a question, by its id."""

    answers: AnswersByQuestion
    actions: ActionsByQuestion
    evidence: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    question: Question
    fields: tuple[ChangedField, ...]


def changed_answers(
    questions: Iterable[Question],
    standards_set: StandardsSet,
    before: Version,
    after: Version,
) -> tuple[ChangedAnswer, ...]:
    """Return the answers that read differently, in the order of the questions, with what differs in each."""
    found = []
    for question in questions:
        old, new = (_words(question, standards_set, version) for version in (before, after))
        fields = tuple(changed_field(title, old[title], new[title]) for title in old if old[title] != new[title])
        if fields:
            found.append(ChangedAnswer(question, fields))
    return tuple(found)


def _words(question: Question, standards_set: StandardsSet, version: Version) -> dict[str, str]:
    answer = version.answers.get(question.id, Answer(question.id))
    action = version.actions.get(question.id, Action(question.id))
    return {
        "Rating" if question.is_rated else "Answer": said_words(question, answer, standards_set),
        "Why it does not apply": answer.reason,
        "Evidence": answer.evidence,
        "Evidence files and links": version.evidence.get(question.id, ""),
        "Impact on children": answer.impact,
        "Action": action.what,
        "Who will do it": action.owner,
        "By when": long_date(action.due) if action.due else "",
    }


def changed_field(title: str, before: str, after: str) -> ChangedField:
    """Return how a field read before and after, with the words that differ marked where it is a text."""
    is_text = title in TEXTS
    parts = stretches(before, after) if is_text and before and after else None
    return ChangedField(title, before, after, parts)
