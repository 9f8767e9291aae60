"""The figures of one standards set: in total, by standard, by question, by arrangement, and by organisation.

Ratings and values (numbers, dates, choices, texts) are counted apart: a value is never part of a share of ratings.

Every answer is looked at once. It is counted for its question, and for its organisation and standard; all
other tallies are sums of these, so they agree with each other by construction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from section11.domain.answers import AnswerState, state_of
from section11.domain.standards import Standard, StandardsSet
from section11.reports.collated import CollatedReturn
from section11.reports.standard_results import Level, StandardResult, standard_result
from section11.reports.tally import Counts, Tally, added_up, tally_of
from section11.reports.value_figures import ValueFigures, value_figures_of


@dataclass(frozen=True, slots=True)
class StandardFigures:
    """One standard over all organisations; ``levels`` counts every expected return, also those not returned."""

    standard_id: str
    title: str
    tally: Tally
    levels: Mapping[Level, int]


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """One question over all organisations whose return counts."""

    question_id: str
    standard_id: str
    text: str
    essential: bool
    tally: Tally


@dataclass(frozen=True, slots=True)
class ArrangementFigures:
    """One statutory arrangement, over the questions that test it. A question that tests two is counted in both."""

    key: str
    title: str
    question_ids: tuple[str, ...]
    tally: Tally


@dataclass(frozen=True)
class SetFigures:
    """Everything counted in one set; nothing here mixes two scales."""

    standards_set: StandardsSet
    returns_expected: int
    returns_counted: int
    total: Tally
    standards: tuple[StandardFigures, ...]
    questions: tuple[QuestionFigures, ...]
    arrangements: tuple[ArrangementFigures, ...]
    values: tuple[ValueFigures, ...]
    results: Mapping[str, tuple[StandardResult, ...]]
    """By assessment id, the results in the order of the set's standards."""
    totals_by_return: Mapping[str, Tally]
    """By assessment id, only of the returns that count."""


def set_figures_of(standards_set: StandardsSet, returns: Sequence[CollatedReturn]) -> SetFigures:
    """Return the figures of the returns that use this set.

    Raises:
        BadInputError: a rating that the set's scale does not have.
    """
    scale = standards_set.scale
    by_question: dict[str, Counts] = {question.id: Counter() for question in standards_set.rated_questions}
    results: dict[str, tuple[StandardResult, ...]] = {}
    totals: dict[str, Tally] = {}
    for each in returns:
        if not each.counts:
            results[each.assessment_id] = _not_returned(standards_set)
            continue
        per_standard = [
            _count_standard(each, standard, standards_set, by_question) for standard in standards_set.rated_standards
        ]
        results[each.assessment_id] = tuple(result for _, result in per_standard)
        totals[each.assessment_id] = tally_of(added_up(counts for counts, _ in per_standard), scale)
    return SetFigures(
        standards_set=standards_set,
        returns_expected=len(returns),
        returns_counted=len(totals),
        total=tally_of(added_up(by_question.values()), scale),
        standards=_standard_figures(standards_set, by_question, results),
        questions=tuple(
            QuestionFigures(
                question.id, standard.id, question.text, question.essential, tally_of(by_question[question.id], scale)
            )
            for standard in standards_set.rated_standards
            for question in standard.rated_questions
        ),
        arrangements=_arrangement_figures(standards_set, by_question),
        values=value_figures_of(standards_set, returns),
        results=results,
        totals_by_return=totals,
    )


def _not_returned(standards_set: StandardsSet) -> tuple[StandardResult, ...]:
    return tuple(StandardResult(standard.id, Level.NOT_RETURNED) for standard in standards_set.rated_standards)


def _count_standard(
    collated_return: CollatedReturn, standard: Standard, standards_set: StandardsSet, by_question: dict[str, Counts]
) -> tuple[Counts, StandardResult]:
    counts: Counts = Counter()
    essential_ratings: set[str] = set()
    for question in standard.rated_questions:
        answer = collated_return.answers.get(question.id)
        state = state_of(question, collated_return.organisation_type.key, answer)
        rating = answer.rating if answer is not None and state is AnswerState.RATED else None
        counts[state, rating] += 1
        by_question[question.id][state, rating] += 1
        if question.essential and rating is not None:
            essential_ratings.add(rating)
    lowest = max(essential_ratings, key=standards_set.scale.position, default=None)
    return counts, standard_result(standard.id, counts, standards_set, lowest)


def _standard_figures(
    standards_set: StandardsSet,
    by_question: Mapping[str, Counts],
    results: Mapping[str, tuple[StandardResult, ...]],
) -> tuple[StandardFigures, ...]:
    levels: dict[str, Counter[Level]] = {standard.id: Counter() for standard in standards_set.rated_standards}
    for row in results.values():
        for result in row:
            levels[result.standard_id][result.level] += 1
    return tuple(
        StandardFigures(
            standard.id,
            standard.title,
            tally_of(added_up(by_question[question.id] for question in standard.rated_questions), standards_set.scale),
            {level: levels[standard.id][level] for level in Level},
        )
        for standard in standards_set.rated_standards
    )


def _arrangement_figures(
    standards_set: StandardsSet, by_question: Mapping[str, Counts]
) -> tuple[ArrangementFigures, ...]:
    question_ids: dict[str, list[str]] = {key: [] for key in standards_set.arrangements}
    for question in standards_set.rated_questions:
        for key in dict.fromkeys(question.arrangements):
            question_ids.setdefault(key, []).append(question.id)
    return tuple(
        ArrangementFigures(
            key,
            standards_set.arrangements.get(key, key),
            tuple(ids),
            tally_of(added_up(by_question[question_id] for question_id in ids), standards_set.scale),
        )
        for key, ids in question_ids.items()
    )
