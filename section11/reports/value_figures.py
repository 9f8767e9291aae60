"""The figures of one question that is not rated: how many said what, or the spread of what they said."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from section11.domain.answers import AnswerState, state_of
from section11.domain.question_types import Summary, type_of
from section11.domain.standards import Question, Standard, StandardsSet
from section11.reports.collated import CollatedReturn
from section11.reports.tally import percent_of


@dataclass(frozen=True, slots=True)
class Spread:
    """The spread of numbers. Quartiles are the median of each half, without the middle one; None below four answers.

    ``total`` is None for percentages, whose sum says nothing.
    """

    lowest: float
    median: float
    highest: float
    lower_quartile: float | None = None
    upper_quartile: float | None = None
    total: float | None = None


@dataclass(frozen=True, slots=True)
class ValueFigures:
    """One question over all organisations whose return counts.

    ``states`` counts every state; ``n`` is how many gave a value. Which of the others is filled depends on the
    question's type: ``by_choice`` counts by the words of each choice, also those nobody chose; ``spread`` of
    numbers; ``earliest`` and ``latest`` of dates. Texts are only counted.
    """

    question: Question
    standard: Standard
    states: Mapping[AnswerState, int]
    by_choice: Mapping[str, int] = field(default_factory=dict)
    spread: Spread | None = None
    earliest: date | None = None
    latest: date | None = None

    @property
    def n(self) -> int:
        return self.states[AnswerState.ANSWERED]

    @property
    def without_value(self) -> int:
        """Asked, applicable, and without a value that counts."""
        waiting = (AnswerState.DONT_KNOW_YET, AnswerState.NOT_CONFIRMED, AnswerState.NOT_ANSWERED)
        return sum(self.states[state] for state in waiting)

    def percent(self, choice: str) -> float | None:
        """Return the share of a choice among those who chose, 0 to 100 and unrounded."""
        return percent_of(self.by_choice[choice], self.n)


def value_figures_of(standards_set: StandardsSet, returns: Sequence[CollatedReturn]) -> tuple[ValueFigures, ...]:
    """Return the figures of every question of the set that is not rated, in its order."""
    counted = [each for each in returns if each.counts]
    return tuple(
        _figures_of(question, standard, counted)
        for standard in standards_set.standards
        for question in standard.questions
        if not question.is_rated
    )


def _figures_of(question: Question, standard: Standard, returns: Sequence[CollatedReturn]) -> ValueFigures:
    states: Counter[AnswerState] = Counter()
    values: list[str] = []
    for each in returns:
        answer = each.answers.get(question.id)
        state = state_of(question, each.organisation_type.key, answer)
        states[state] += 1
        if state is AnswerState.ANSWERED and answer is not None and answer.value is not None:
            values.append(answer.value)
    every_state: dict[AnswerState, int] = {state: states[state] for state in AnswerState}
    del every_state[AnswerState.RATED]
    match type_of(question).summary:
        case Summary.COUNTS:
            counts = Counter(values)
            options = type_of(question).options(question)
            by_choice = {label: counts[key] for key, label in options.items()}
            return ValueFigures(question, standard, every_state, by_choice=by_choice)
        case Summary.SPREAD if values:
            return ValueFigures(question, standard, every_state, spread=_spread(values, question))
        case Summary.DAYS if values:
            days = sorted(map(date.fromisoformat, values))
            return ValueFigures(question, standard, every_state, earliest=days[0], latest=days[-1])
        case _:
            return ValueFigures(question, standard, every_state)


def _spread(values: Sequence[str], question: Question) -> Spread:
    numbers = sorted(map(Decimal, values))
    half = len(numbers) // 2
    has_quartiles = len(numbers) >= 4
    return Spread(
        lowest=float(numbers[0]),
        median=float(statistics.median(numbers)),
        highest=float(numbers[-1]),
        lower_quartile=float(statistics.median(numbers[:half])) if has_quartiles else None,
        upper_quartile=float(statistics.median(numbers[-half:])) if has_quartiles else None,
        total=None if question.type == "percentage" else float(sum(numbers)),
    )
