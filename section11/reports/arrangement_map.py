"""One picture over all sets: the result of every organisation in each statutory arrangement.

Each result comes from the organisation's own set, with that set's scale and thresholds. Only the words are counted
over all organisations: how many are strong, mixed or weak. No share or mean is made over two scales.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from section11.reports.results import JUDGED, Level, Result, level_counts
from section11.reports.set_figures import SetFigures

_NUMBER = re.compile(r"([0-9]+)")


@dataclass(frozen=True, slots=True)
class ArrangementTotals:
    """One arrangement over all organisations; ``levels`` counts every expected return of the cycle.

    ``other_titles`` has the words of the sets that call it something else, by set id.
    """

    key: str
    title: str
    other_titles: Mapping[str, str]
    levels: Mapping[Level, int]

    @property
    def n(self) -> int:
        """How many organisations have a result: strong, mixed or weak."""
        return sum(self.levels[level] for level in JUDGED)

    @property
    def organisations(self) -> int:
        return sum(self.levels.values())


@dataclass(frozen=True)
class ArrangementMap:
    """``rows`` has, by assessment id, the results of one organisation in the order of ``arrangements``."""

    arrangements: tuple[ArrangementTotals, ...]
    rows: Mapping[str, tuple[Result, ...]]


def arrangement_map_of(sets: Sequence[SetFigures], main_set_id: str | None) -> ArrangementMap:
    """Return every arrangement of the sets, sorted by key, for every organisation that answers one of them.

    An arrangement that a set does not have is "Not asked" for its organisations, returned or not. Titles are
    the main set's where it has the arrangement, and else those of the first set that does.
    """
    titles = _titles_by_key(sorted(sets, key=lambda one: one.standards_set.id != main_set_id))
    rows = {
        assessment_id: _row(titles, results)
        for one in sets
        for assessment_id, results in one.arrangement_results.items()
    }
    levels = level_counts(titles, rows.values())
    return ArrangementMap(tuple(_totals(key, words, levels[key]) for key, words in titles.items()), rows)


def _titles_by_key(sets: Sequence[SetFigures]) -> dict[str, dict[str, str]]:
    """Return the title of each arrangement in each set: by key in their order, and then by set id."""
    found: dict[str, dict[str, str]] = {}
    for one in sets:
        for arrangement in one.arrangements:
            found.setdefault(arrangement.key, {}).setdefault(one.standards_set.id, arrangement.title)
    return {key: found[key] for key in sorted(found, key=_as_counted)}


def _as_counted(key: str) -> list[str | int]:
    """Return what sorts ``A-9`` before ``A-10``."""
    return [int(part) if number % 2 else part for number, part in enumerate(_NUMBER.split(key))]


def _row(keys: Mapping[str, object], results: Sequence[Result]) -> tuple[Result, ...]:
    own = {result.subject_id: result for result in results}
    return tuple(own.get(key) or Result(key, Level.NOT_ASKED) for key in keys)


def _totals(key: str, titles: Mapping[str, str], levels: Mapping[Level, int]) -> ArrangementTotals:
    title = next(iter(titles.values()))
    others = {set_id: words for set_id, words in titles.items() if words != title}
    return ArrangementTotals(key, title, others, levels)
