"""The figures of what is released, for people outside the partnership's own team: groups of five or more, no names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from section11.domain.cycles import Cycle, CycleStatus
from section11.domain.people import User
from section11.domain.workflow import AssessmentStatus
from section11.permissions import Right, may
from section11.reports.released_counts import ReleasedCounts, released_blocks_of
from section11.reports.released_figures import GroupTitles, ReleasedFigures, released_figures_of
from section11.reports.released_json import released_json
from section11.reports.selection import RatingsBy
from section11.reports.trend import Trend
from section11.services.collating import Depth, collated_cycle
from section11.services.office import Office
from section11.services.places import cycle_place, find_cycle
from section11.services.released_said import moderated_counts, own_counts
from section11.services.trail import partnership_stream, record
from section11.services.trends import cycles_up_to, trends_over
from section11.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class CycleRelease:
    """A cycle, how many returns it expects, and how many of them are released."""

    cycle: Cycle
    released: int
    expected: int


ReleasedCountsOf = Callable[[str], ReleasedCounts]
"""Gives the released counts of a cycle by its id."""
_RELEASED = frozenset({AssessmentStatus.RELEASED})


def released_of_cycles(office: Office, user: User) -> list[CycleRelease]:
    """Return how much of each opened cycle is released whose released results the person may read, the latest first."""
    with office.store.reading() as work:
        cycles = [one for one in work.cycles.all() if may(user, Right.READ_RELEASED, cycle_place(one))]
        counts = work.assessments.count_expected()
    return [
        CycleRelease(one, of_cycle.get(AssessmentStatus.RELEASED, 0), sum(of_cycle.values()))
        for one, of_cycle in ((one, counts.get(one.id, {})) for one in cycles)
        if one.status is not CycleStatus.PREPARING
    ]


def released_figures(office: Office, user: User, cycle_id: str) -> ReleasedFigures:
    """Return what is released in numbers. Nothing in it is about fewer than five organisations, or names one.

    Raises:
        NotAvailableError, NotPermittedError: the person may not read what is released in this cycle.
    """
    with office.store.reading() as work:
        cycle = find_cycle(work, user, cycle_id, Right.READ_RELEASED)
        collated = collated_cycle(office, work, cycle, Depth.RATINGS, read_in=_RELEASED)
        return released_figures_of(collated, _titles(office, work))


def released_counts(office: Office, user: User, cycle_id: str, ratings_by: RatingsBy) -> ReleasedCounts:
    """Return what is released of each question over everybody, as ``released_figures`` has it and much faster.

    Raises:
        As ``released_figures``.
    """
    with office.store.reading() as work:
        cycle = find_cycle(work, user, cycle_id, Right.READ_RELEASED)
        collated = collated_cycle(office, work, cycle, Depth.PROGRESS)
        sets = released_blocks_of(collated, _titles(office, work))
        is_moderated = ratings_by is RatingsBy.MODERATION
        counts = moderated_counts(work, cycle, sets) if is_moderated else own_counts(work, sets)
    released = sum(one.returns for one in sets)
    return ReleasedCounts(cycle, len(collated.returns), released, collated.taken_at, tuple(counts))


def released_trends(
    office: Office, user: User, cycle_id: str, ratings_by: RatingsBy, counts: ReleasedCountsOf | None = None
) -> list[Trend]:
    """Return the trend of every set over what is released in the cycles up to this one.

    ``counts`` gives what is kept already of these ratings; without it they are counted.

    Raises:
        As ``released_figures``.
    """
    get = counts or (lambda one: released_counts(office, user, one, ratings_by))
    cycles = cycles_up_to(office, user, cycle_id, right=Right.READ_RELEASED)
    return trends_over(office, [(cycle, get(cycle.id).sets) for cycle in cycles])


def export_released_figures(office: Office, user: User, cycle_id: str) -> dict[str, Any]:
    """Return every number that people outside the partnership's own team see, ready for JSON; an event.

    Raises:
        As ``released_figures``.
    """
    found = released_figures(office, user, cycle_id)
    trends = {one: released_trends(office, user, cycle_id, one) for one in RatingsBy}
    with office.store.writing() as work:
        cycle = find_cycle(work, user, cycle_id, Right.READ_RELEASED)
        for partnership_id in sorted(cycle.partnership_ids):
            stream = partnership_stream(partnership_id)
            record(work, stream, user, "figures_exported", office.clock(), cycle=cycle_id, released_only=True)
        work.commit()
    return released_json(found, trends)


def _titles(office: Office, work: UnitOfWork) -> GroupTitles:
    names = {key: one.name for key, one in work.facts.partnerships().items()}
    return GroupTitles(names, office.types.duty_titles)
