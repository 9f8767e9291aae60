"""The answers to each question of a set, counted over the returns that count: what all other figures rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from section11.domain.answers import Answer, AnswerState, state_of
from section11.domain.standards import StandardsSet
from section11.reports.collated import CollatedCycle, CollatedReturn
from section11.reports.selection import ALL_RETURNS, Selection, selected
from section11.reports.tally import AnswerKind, Counts, Tally, tally_of

KindsByQuestion = Mapping[str, AnswerKind]


@dataclass(frozen=True)
class SetCounts:
    """The rated questions of one edition of a set, by question id, over ``returns_counted`` returns."""

    standards_set: StandardsSet
    returns_counted: int
    tallies: Mapping[str, Tally]


def returns_by_set(returns: Iterable[CollatedReturn]) -> list[list[CollatedReturn]]:
    """Return the returns of each edition of a set, as they first come."""
    found: dict[tuple[str, str], list[CollatedReturn]] = {}
    for each in returns:
        found.setdefault((each.standards_set.id, each.standards_set.version), []).append(each)
    return list(found.values())


_NOT_ANSWERED: AnswerKind = (AnswerState.NOT_ANSWERED, None)


def kinds_by_return(standards_set: StandardsSet, returns: Iterable[CollatedReturn]) -> dict[str, dict[str, AnswerKind]]:
    """Return of which kind each answer of the returns that count is, by assessment id and question id."""
    unanswered: dict[str, dict[str, AnswerKind]] = {}
    # By identity: read without texts, one answer stands in many returns, and what kind it is need be asked once.
    known: dict[int, AnswerKind] = {}
    found = {}
    for each in returns:
        if each.counts:
            kind = each.organisation_type.key
            if kind not in unanswered:
                unanswered[kind] = {one.id: (state_of(one, kind, None), None) for one in standards_set.rated_questions}
            found[each.assessment_id] = kinds = dict(unanswered[kind])
            for question_id, answer in each.answers.items():
                if kinds.get(question_id) == _NOT_ANSWERED:
                    of_answer = known.get(id(answer))
                    if of_answer is None:
                        question = standards_set.questions_by_id[question_id]
                        known[id(answer)] = of_answer = _kind_of(state_of(question, kind, answer), answer)
                    kinds[question_id] = of_answer
    return found


def _kind_of(state: AnswerState, answer: Answer) -> AnswerKind:
    return state, answer.rating if state is AnswerState.RATED else None


def counts_by_question(standards_set: StandardsSet, kinds: Iterable[KindsByQuestion]) -> dict[str, Counts]:
    """Return how many answers of each kind every rated question has."""
    every = list(kinds)
    return {one.id: Counter(each[one.id] for each in every) for one in standards_set.rated_questions}


def set_counts_of(collated: CollatedCycle, selection: Selection = ALL_RETURNS) -> tuple[SetCounts, ...]:
    """Return the counts of each set, over the chosen returns that count.

    Raises:
        BadInputError: an answer has a rating that its set's scale does not have.
    """
    return tuple(counts_of_set(of_set) for of_set in returns_by_set(selected(collated, selection).returns))


@dataclass(frozen=True, slots=True)
class SaidByMany:
    """An answer, without texts and values, that ``number`` returns of one type give to a question of one set.

    Where another answer is counted in its place, ``number`` takes so many away.
    """

    standards_set: StandardsSet
    organisation_type: str
    answer: Answer
    number: int


def set_counts_of_said(returns: Iterable[CollatedReturn], said: Iterable[SaidByMany]) -> tuple[SetCounts, ...]:
    """Return the same as ``set_counts_of`` for returns without answers, from what was said in those that count.

    Raises:
        As ``set_counts_of``.
    """
    by_set: dict[tuple[str, str], list[SaidByMany]] = {}
    for one in said:
        by_set.setdefault((one.standards_set.id, one.standards_set.version), []).append(one)
    found = []
    for of_set in returns_by_set(returns):
        standards_set = of_set[0].standards_set
        here = by_set.get((standards_set.id, standards_set.version), [])
        found.append(counts_of_said(standards_set, [one for one in of_set if one.counts], here))
    return tuple(found)


def counts_of_said(
    standards_set: StandardsSet, counted: Sequence[CollatedReturn], said: Iterable[SaidByMany]
) -> SetCounts:
    """Return the counts of returns of one set that count, from what was said in them."""
    returns_by_type = Counter(each.organisation_type.key for each in counted)
    counts: dict[str, Counts] = {one.id: Counter() for one in standards_set.rated_questions}
    for question in standards_set.rated_questions:
        for kind, number in returns_by_type.items():
            counts[question.id][state_of(question, kind, None), None] += number
    for one in said:
        if one.answer.question_id in counts:
            state = state_of(standards_set.questions_by_id[one.answer.question_id], one.organisation_type, one.answer)
            if state not in (AnswerState.NOT_ASKED, AnswerState.NOT_ANSWERED):
                of_question = counts[one.answer.question_id]
                of_question[_kind_of(state, one.answer)] += one.number
                of_question[_NOT_ANSWERED] -= one.number
    tallies = {key: tally_of(one, standards_set.scale) for key, one in counts.items()}
    return SetCounts(standards_set, len(counted), tallies)


def counts_of_set(returns: Sequence[CollatedReturn]) -> SetCounts:
    """Return the counts of one or more returns that use the same edition of a set."""
    standards_set = returns[0].standards_set
    kinds = kinds_by_return(standards_set, returns)
    counts = counts_by_question(standards_set, kinds.values())
    return SetCounts(
        standards_set, len(kinds), {key: tally_of(one, standards_set.scale) for key, one in counts.items()}
    )
