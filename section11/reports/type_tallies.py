"""What the organisations of each type answered, within one question set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from section11.reports.figures import CycleFigures, OrganisationFigures
from section11.reports.set_figures import SetFigures
from section11.reports.tally import Tally


@dataclass(frozen=True, slots=True)
class TypeTally:
    """One organisation type: how many returns were expected and counted, and the answers of those that count."""

    type_key: str
    title: str
    returns_expected: int
    returns_counted: int
    tally: Tally


def type_tallies_of(figures: CycleFigures, of_set: SetFigures) -> tuple[TypeTally, ...]:
    """Return the types that answer this set, by title."""
    by_type: dict[str, list[OrganisationFigures]] = {}
    for one in figures.organisations:
        if one.assessment_id in of_set.standard_results:
            by_type.setdefault(one.type_key, []).append(one)
    found = [
        TypeTally(
            key,
            own[0].type_title,
            returns_expected=len(own),
            returns_counted=sum(one.counts for one in own),
            tally=_added(of_set, (one.tally for one in own if one.tally is not None)),
        )
        for key, own in by_type.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.title.casefold(), one.type_key)))


def _added(of_set: SetFigures, tallies: Iterable[Tally]) -> Tally:
    found = list(tallies)
    return Tally(
        by_rating={key: sum(one.by_rating[key] for one in found) for key in of_set.standards_set.scale.keys},
        not_applicable=sum(one.not_applicable for one in found),
        dont_know_yet=sum(one.dont_know_yet for one in found),
        not_confirmed=sum(one.not_confirmed for one in found),
        not_answered=sum(one.not_answered for one in found),
        not_asked=sum(one.not_asked for one in found),
    )
