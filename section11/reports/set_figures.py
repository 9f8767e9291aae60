"""The figures of one standards set: in total, by standard, by question, by arrangement, and by organisation.

Ratings and values (numbers, dates, choices, texts) are counted apart: a value is never part of a share of ratings.

Every answer is looked at once, to see of which kind it is. All tallies and results are counted from these kinds,
so they agree with each other by construction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from section11.domain.standards import Question, StandardsSet
from section11.reports.calibration import CalibrationFigures, calibration_of
from section11.reports.collated import CollatedReturn
from section11.reports.moderation_figures import ModerationFigures, moderation_figures_of
from section11.reports.question_counts import SetCounts, counts_by_question, kinds_by_return
from section11.reports.results import Level, Result, level_counts, result_of
from section11.reports.tally import AnswerKind, Counts, Tally, added_up, tally_of
from section11.reports.type_figures import Spread, TypeFigures, spread_of, type_figures_of
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
    """One statutory arrangement, over the questions that test it. A question that tests two is counted in both.

    ``levels`` counts every expected return, also those not returned.
    """

    key: str
    title: str
    question_ids: tuple[str, ...]
    tally: Tally
    levels: Mapping[Level, int]


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
    moderation: ModerationFigures
    calibration: CalibrationFigures
    types: tuple[TypeFigures, ...]
    spread: Spread
    """Over every organisation whose return counts."""
    standard_results: Mapping[str, tuple[Result, ...]]
    """By assessment id, the results in the order of ``standards``."""
    arrangement_results: Mapping[str, tuple[Result, ...]]
    """By assessment id, the results in the order of ``arrangements``."""
    totals_by_return: Mapping[str, Tally]
    """By assessment id, only of the returns that count."""

    @property
    def counts(self) -> SetCounts:
        tallies = {one.question_id: one.tally for one in self.questions}
        return SetCounts(self.standards_set, self.returns_counted, tallies)

    @cached_property
    def type_ranks(self) -> Mapping[str, Mapping[str, int]]:
        """By assessment id and standard, the place of an organisation among those of its type."""
        return {assessment_id: ranks for one in self.types for assessment_id, ranks in one.spread.ranks.items()}


def set_figures_of(standards_set: StandardsSet, returns: Sequence[CollatedReturn]) -> SetFigures:
    """Return the figures of the returns that use this set.

    Raises:
        BadInputError: a rating that the set's scale does not have.
    """
    scale = standards_set.scale
    questions_by_standard = {one.id: one.rated_questions for one in standards_set.rated_standards}
    kinds = kinds_by_return(standards_set, returns)
    by_question = counts_by_question(standards_set, kinds.values())
    standard_results = _results(standards_set, questions_by_standard, returns, kinds)
    arrangement_results = _results(standards_set, standards_set.questions_by_arrangement, returns, kinds)
    return SetFigures(
        standards_set=standards_set,
        returns_expected=len(returns),
        returns_counted=len(kinds),
        total=tally_of(added_up(by_question.values()), scale),
        standards=_standard_figures(standards_set, by_question, standard_results),
        questions=tuple(
            QuestionFigures(
                question.id, standard.id, question.text, question.essential, tally_of(by_question[question.id], scale)
            )
            for standard in standards_set.rated_standards
            for question in standard.rated_questions
        ),
        arrangements=_arrangement_figures(standards_set, by_question, arrangement_results),
        values=value_figures_of(standards_set, returns),
        moderation=moderation_figures_of(standards_set, returns),
        calibration=calibration_of(standards_set, returns),
        spread=spread_of({key: standard_results[key] for key in kinds}),
        types=type_figures_of(standards_set, returns, kinds, standard_results),
        standard_results=standard_results,
        arrangement_results=arrangement_results,
        totals_by_return={key: tally_of(Counter(one.values()), scale) for key, one in kinds.items()},
    )


def _results(
    standards_set: StandardsSet,
    questions_by_subject: Mapping[str, Sequence[Question]],
    returns: Sequence[CollatedReturn],
    kinds_by_return: Mapping[str, Mapping[str, AnswerKind]],
) -> dict[str, tuple[Result, ...]]:
    """Return the results of every expected return by assessment id, in the order of the subjects."""
    not_returned = tuple(Result(subject_id, Level.NOT_RETURNED) for subject_id in questions_by_subject)
    subjects = [_Subject(key, questions, standards_set) for key, questions in questions_by_subject.items()]
    return {
        each.assessment_id: tuple(subject.result(kinds_by_return[each.assessment_id]) for subject in subjects)
        if each.counts
        else not_returned
        for each in returns
    }


class _Subject:
    """A standard or arrangement, with the results of the returns seen so far.

    Many organisations give the same answers to a subject's few questions, and then their result is the same.
    """

    def __init__(self, subject_id: str, questions: Sequence[Question], standards_set: StandardsSet) -> None:
        self._subject_id, self._questions, self._set = subject_id, questions, standards_set
        self._answers_of = itemgetter(*(question.id for question in questions))
        self._known: dict[object, Result] = {}

    def result(self, kinds: Mapping[str, AnswerKind]) -> Result:
        answers = self._answers_of(kinds)
        found = self._known.get(answers)
        if found is None:
            found = result_of(self._subject_id, self._questions, kinds, self._set)
            self._known[answers] = found
        return found


def _standard_figures(
    standards_set: StandardsSet, by_question: Mapping[str, Counts], results: Mapping[str, tuple[Result, ...]]
) -> tuple[StandardFigures, ...]:
    levels = level_counts((standard.id for standard in standards_set.rated_standards), results.values())
    return tuple(
        StandardFigures(
            standard.id,
            standard.title,
            tally_of(added_up(by_question[question.id] for question in standard.rated_questions), standards_set.scale),
            levels[standard.id],
        )
        for standard in standards_set.rated_standards
    )


def _arrangement_figures(
    standards_set: StandardsSet, by_question: Mapping[str, Counts], results: Mapping[str, tuple[Result, ...]]
) -> tuple[ArrangementFigures, ...]:
    levels = level_counts(standards_set.questions_by_arrangement, results.values())
    return tuple(
        ArrangementFigures(
            key,
            standards_set.arrangements.get(key, key),
            tuple(question.id for question in questions),
            tally_of(added_up(by_question[question.id] for question in questions), standards_set.scale),
            levels[key],
        )
        for key, questions in standards_set.questions_by_arrangement.items()
    )
