"""The answers and actions of one fictional return, complete or half done."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from section11.domain.answers import Action, Answer, Marker
from section11.domain.organisations import Organisation
from section11.domain.standards import Question, StandardsSet
from section11.services.demo import texts
from section11.services.demo.content import Phrases, Profile
from section11.services.demo.ratings import Character, rating_position

CARRIED_FORWARD = 6
"""How many answers of the last cycle stand unconfirmed in a return that is in progress."""
COMMISSIONING = "S3"


@dataclass(frozen=True)
class Author:
    """One organisation as it answers: what it is, whose posts it has, how well it does, who writes."""

    organisation: Organisation
    profile: Profile
    character: Character
    contributor_id: str
    approver_id: str
    is_tour: bool
    """Whether the demo's own accounts belong to this organisation."""


@dataclass(frozen=True, slots=True)
class Written:
    """One answer with the action promised under it, if any."""

    answer: Answer
    action: Action | None = None


def whole_return(
    rng: random.Random,
    author: Author,
    standards_set: StandardsSet,
    phrases: Phrases,
    *,
    cycle_number: int,
    moments: Sequence[datetime],
) -> list[Written]:
    """Return an answer to every question asked of the organisation: complete, so that it could be signed.

    ``moments`` says when each question, in order, was answered; there must be at least as many.
    """
    impacts = texts.Impacts(rng, phrases)
    return [
        _written(rng, author, standards_set, phrases, question, impacts, cycle_number=cycle_number, at=at)
        for question, at in zip(standards_set.questions_for(author.organisation.type), moments, strict=False)
    ]


def draft_of(
    rng: random.Random,
    whole: Sequence[Written],
    phrases: Phrases,
    *,
    share: float,
    earlier: Mapping[str, Answer],
    earlier_cycle_id: str | None,
) -> list[Written]:
    """Return the first part of a return, as it looks in the middle of the work.

    One answer is "don't know yet", some essential low ratings lack their action, the newest texts are
    still empty, and a few more answers were brought from the earlier cycle and wait to be confirmed.
    """
    count = round(len(whole) * share)
    kept = [
        replace(
            one,
            answer=replace(one.answer, evidence="", impact="") if index >= count - 2 else one.answer,
            action=one.action if rng.random() < 0.6 else None,
        )
        for index, one in enumerate(whole[:count])
    ]
    if len(kept) > 5:
        place = rng.randrange(2, len(kept) - 2)
        unsure = replace(
            kept[place].answer,
            rating=None,
            marker=Marker.DONT_KNOW_YET,
            reason="",
            evidence=phrases.dont_know,
            impact="",
        )
        kept[place] = Written(unsure)
    if earlier_cycle_id is not None:
        for one in whole[count : count + CARRIED_FORWARD]:
            before = earlier.get(one.answer.question_id)
            if before is not None:
                at, by = one.answer.updated_at, one.answer.updated_by
                kept.append(Written(replace(before, carried_from=earlier_cycle_id, updated_at=at, updated_by=by)))
    return kept


def _written(
    rng: random.Random,
    author: Author,
    standards_set: StandardsSet,
    phrases: Phrases,
    question: Question,
    impacts: texts.Impacts,
    *,
    cycle_number: int,
    at: datetime,
) -> Written:
    standard_id = standards_set.standard_id_by_question_id[question.id]
    own = phrases.by_question_id[question.id]
    reason = _reason_not_applicable(author, phrases, standard_id, own.not_applicable)
    if reason:
        marked = Answer(question.id, marker=Marker.NOT_APPLICABLE, reason=reason)
        return Written(replace(marked, updated_at=at, updated_by=author.contributor_id))
    position = rating_position(rng, author.character, phrases, standard_id, question.id, cycle_number)
    words = texts.filling(rng, author.profile, at, position)
    rating = standards_set.scale.ratings[position].key
    answer = Answer(
        question.id,
        rating=rating,
        evidence=texts.evidence(rng, phrases, own, position, words),
        impact=impacts.next(standard_id, position, words),
        updated_at=at,
        updated_by=author.contributor_id,
    )
    is_low = standards_set.scale.is_lower_half(rating)
    promised = is_low and (question.essential or rng.random() < 0.7)
    if not promised and not (position == 1 and rng.random() < 0.12):
        return Written(answer)
    return Written(answer, texts.action(rng, author.profile, question.id, own, at, words))


def _reason_not_applicable(author: Author, phrases: Phrases, standard_id: str, own_reason: str) -> str:
    if standard_id == COMMISSIONING and author.character.buys_nothing:
        return phrases.buys_nothing
    return own_reason if author.character.keeps_no_case_records else ""
