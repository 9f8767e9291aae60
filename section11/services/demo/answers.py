"""The answers and actions of one fictional return, complete or half done."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from section11.domain.answers import Action, Answer, Marker
from section11.domain.evidence import EvidenceItem
from section11.domain.organisations import Organisation
from section11.domain.standards import Question, StandardsSet
from section11.services.demo import texts
from section11.services.demo.content import Phrases, Profile
from section11.services.demo.phrasing import Impacts, Phrasing
from section11.services.demo.ratings import CUTS, Character, rating_position
from section11.services.demo.values import value_for

CARRIED_FORWARD = 6
"""How many answers of the last cycle stand unconfirmed in a return that is in progress."""


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
    evidence: Mapping[str, Sequence[EvidenceItem]]
    """What it keeps from the first day, by question id."""


@dataclass(frozen=True, slots=True)
class Written:
    """One answer with the action promised under it, if any."""

    answer: Answer
    action: Action | None = None


def whole_return(
    rng: random.Random,
    author: Author,
    standards_set: StandardsSet,
    phrasing: Phrasing,
    *,
    cycle_number: int,
    moments: Sequence[datetime],
) -> list[Written]:
    """Return the answers to the questions asked of the organisation: complete, so that they could be signed.

    ``moments`` says when each question, in order, was answered; there must be at least as many.
    """
    impacts = phrasing.impacts(rng)
    written = [
        _written(rng, author, standards_set, phrasing, question, impacts, cycle_number=cycle_number, at=at)
        if question.is_rated
        else _value(rng, author, question, at=at)
        for question, at in zip(standards_set.questions_for(author.organisation.type), moments, strict=False)
    ]
    return [one for one in written if one.answer.said]


def _value(rng: random.Random, author: Author, question: Question, *, at: datetime) -> Written:
    value = value_for(rng, author.profile, question, quality=author.character.quality, written=at)
    return Written(Answer(question.id, value=value, updated_at=at, updated_by=author.contributor_id))


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
        known = kept[place].answer
        unsure = Answer(known.question_id, marker=Marker.DONT_KNOW_YET, evidence=phrases.dont_know)
        kept[place] = Written(replace(unsure, updated_at=known.updated_at, updated_by=known.updated_by))
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
    phrasing: Phrasing,
    question: Question,
    impacts: Impacts,
    *,
    cycle_number: int,
    at: datetime,
) -> Written:
    standard_id = standards_set.standard_id_by_question_id[question.id]
    own = phrasing.of_question(question)
    reason = phrasing.reason_not_applicable(
        question,
        buys_nothing=author.character.buys_nothing,
        keeps_no_case_records=author.character.keeps_no_case_records,
    )
    if reason:
        marked = Answer(question.id, marker=Marker.NOT_APPLICABLE, reason=reason)
        return Written(replace(marked, updated_at=at, updated_by=author.contributor_id))
    lean = phrasing.lean(question)
    position = rating_position(rng, author.character, question.id, lean=lean, cycle_number=cycle_number)
    words = texts.filling(rng, author.profile, at, position)
    ratings = standards_set.scale.ratings
    rating = ratings[min(position, len(ratings) - 1)].key
    answer = Answer(
        question.id,
        rating=rating,
        evidence=texts.evidence(rng, phrasing.phrases, own, position, words),
        impact=impacts.next(standard_id, position / len(CUTS), words),
        updated_at=at,
        updated_by=author.contributor_id,
    )
    is_low = standards_set.scale.is_lower_half(rating)
    promised = is_low and (question.essential or rng.random() < 0.7)
    if not promised and not (position == 1 and rng.random() < 0.12):
        return Written(answer)
    return Written(answer, texts.action(rng, author.profile, question.id, own, at, words))
