"""The figures of one set by organisation type: what each type answered, and how its organisations spread."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles

from section11.domain.standards import StandardsSet
from section11.reports.collated import CollatedReturn
from section11.reports.results import Result
from section11.reports.tally import AnswerKind, Counts, Tally, added_up, tally_of


@dataclass(frozen=True, slots=True)
class Quartiles:
    """How the shares of ``n`` organisations spread: 0 to 100, unrounded. A quarter of them lie up to ``lower``."""

    n: int
    lower: float
    median: float
    upper: float


@dataclass(frozen=True)
class Spread:
    """How the shares at the best rating of a group of organisations spread in each standard, by its id.

    ``quartiles`` lacks the standards in which none has a share. ``ranks`` has, by assessment id and standard, the place
    of an organisation's share, 1 for the highest; equal shares have the same place.
    """

    organisations: int
    quartiles: Mapping[str, Quartiles]
    ranks: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class TypeFigures:
    """One organisation type in one set; a question or standard is by its id."""

    type_key: str
    title: str
    returns_expected: int
    returns_counted: int
    total: Tally
    standards: Mapping[str, Tally]
    questions: Mapping[str, Tally]
    spread: Spread


def type_figures_of(
    standards_set: StandardsSet,
    returns: Sequence[CollatedReturn],
    kinds_by_return: Mapping[str, Mapping[str, AnswerKind]],
    results: Mapping[str, Sequence[Result]],
) -> tuple[TypeFigures, ...]:
    """Return the types of these returns by their titles. ``kinds_by_return`` has the returns that count."""
    by_type: dict[str, list[CollatedReturn]] = {}
    for each in returns:
        by_type.setdefault(each.organisation_type.key, []).append(each)
    found = [_type_figures(standards_set, of_type, kinds_by_return, results) for of_type in by_type.values()]
    return tuple(sorted(found, key=lambda one: (one.title.casefold(), one.type_key)))


def quartiles_of(shares: Sequence[float]) -> Quartiles | None:
    """Return the quartiles, between the smallest and the largest share; None where there is no share."""
    if not shares:
        return None
    if len(shares) == 1:
        return Quartiles(1, shares[0], shares[0], shares[0])
    lower, median, upper = quantiles(shares, n=4, method="inclusive")
    return Quartiles(len(shares), lower, median, upper)


def _type_figures(
    standards_set: StandardsSet,
    returns: Sequence[CollatedReturn],
    kinds_by_return: Mapping[str, Mapping[str, AnswerKind]],
    results: Mapping[str, Sequence[Result]],
) -> TypeFigures:
    scale = standards_set.scale
    counted = [each.assessment_id for each in returns if each.assessment_id in kinds_by_return]
    by_question: dict[str, Counts] = {
        one.id: Counter(kinds_by_return[each][one.id] for each in counted) for one in standards_set.rated_questions
    }
    return TypeFigures(
        type_key=returns[0].organisation_type.key,
        title=returns[0].organisation_type.title,
        returns_expected=len(returns),
        returns_counted=len(counted),
        total=tally_of(added_up(by_question.values()), scale),
        standards={
            one.id: tally_of(added_up(by_question[each.id] for each in one.rated_questions), scale)
            for one in standards_set.rated_standards
        },
        questions={key: tally_of(counts, scale) for key, counts in by_question.items()},
        spread=spread_of({each: results[each] for each in counted}),
    )


def spread_of(results: Mapping[str, Sequence[Result]]) -> Spread:
    """Return the spread of these results, which are by assessment id."""
    shares: dict[str, list[float]] = {}
    for row in results.values():
        for result in row:
            if result.percent is not None:
                shares.setdefault(result.subject_id, []).append(result.percent)
    for of_subject in shares.values():
        of_subject.sort()
    quartiles = {key: found for key, of_subject in shares.items() if (found := quartiles_of(of_subject)) is not None}
    return Spread(len(results), quartiles, {key: dict(_ranks(row, shares)) for key, row in results.items()})


def _ranks(results: Sequence[Result], shares: Mapping[str, Sequence[float]]) -> Iterator[tuple[str, int]]:
    """Give the rank in each standard that has a share. ``shares`` are sorted."""
    for result in results:
        if result.percent is not None:
            of_standard = shares[result.subject_id]
            yield result.subject_id, len(of_standard) - bisect_right(of_standard, result.percent) + 1
