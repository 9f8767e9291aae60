"""Trends over the cycles of a partnership: which cycles and sets belong together, and what their figures say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from section11.domain.crosswalks import Crosswalk
from section11.domain.cycles import Cycle, CycleStatus
from section11.domain.people import User
from section11.permissions import Right, may
from section11.reports.collated import CollatedReturn
from section11.reports.promises import CyclePromises, promises_of
from section11.reports.question_counts import SaidByMany, SetCounts, returns_by_set, set_counts_of_said
from section11.reports.selection import ALL_RETURNS, RatingsBy, Selection, selected
from section11.reports.trend import Trend, TrendSource, trend_of
from section11.services.carrying import crosswalk_of_editions
from section11.services.collating import Depth, collated_cycle
from section11.services.moderated_said import moderated_said
from section11.services.office import Office, frozen_set
from section11.services.panel_results import FINISHED
from section11.services.places import cycle_place, find_cycle
from section11.storage.unit_of_work import UnitOfWork

Edition = tuple[str, str]
"""Id and version of a set."""
CountsOf = Callable[[str], tuple[SetCounts, ...]]
PromisesIn = Callable[[str], CyclePromises]
"""Give the counts or the promises of a cycle by its id."""

_LEAST_LINKED = 0.5
"""Two sets of different names belong together when the crosswalk links at least this share of the later questions."""


def cycles_up_to(
    office: Office, user: User, cycle_id: str, partnership_id: str = "", right: Right = Right.SEE_DASHBOARDS
) -> list[Cycle]:
    """Return the cycles of the same partnerships that are opened and due no later, the earliest first, this one last.

    Raises:
        NotAvailableError, NotPermittedError: the person does not hold the right in this cycle.
    """
    with office.store.reading() as work:
        last = find_cycle(work, user, cycle_id, right)
        around = frozenset({partnership_id}) if partnership_id else last.partnership_ids
        earlier = [
            one
            for one in work.cycles.all()
            if one.id != last.id
            and one.due <= last.due
            and one.status is not CycleStatus.PREPARING
            and one.partnership_ids & around
            and may(user, right, cycle_place(one))
        ]
    return [*sorted(earlier, key=lambda one: (one.due, one.id)), last]


def cycle_set_counts(
    office: Office, user: User, cycle_id: str, selection: Selection = ALL_RETURNS
) -> tuple[SetCounts, ...]:
    """Return the answers to each question, counted set by set: the part of a cycle's figures that trends are made of.

    Raises:
        NotAvailableError, NotPermittedError: the person may not see this cycle's figures.
    """
    with office.store.reading() as work:
        cycle = find_cycle(work, user, cycle_id, Right.SEE_DASHBOARDS)
        # Trends reach over every cycle, so no answer is made of each: all of them are hundreds of thousands.
        own = replace(selection, ratings_by=RatingsBy.ORGANISATION)
        returns = selected(collated_cycle(office, work, cycle, Depth.PROGRESS), own).returns
        if selection.ratings_by is RatingsBy.MODERATION:
            return _moderated_set_counts(work, cycle, returns)
        return set_counts_of_said(returns, _said_in(work, [one for one in returns if one.counts]))


def _moderated_set_counts(work: UnitOfWork, cycle: Cycle, returns: Iterable[CollatedReturn]) -> tuple[SetCounts, ...]:
    finished = [one for one in returns if one.status in FINISHED]
    moderated = moderated_said(work, cycle, finished)
    counted = [one for one in finished if one.assessment_id in moderated.outcomes]
    said = _said_in(work, [one for one in counted if one.assessment_id in moderated.open_ids])
    for of_set in returns_by_set(counted):
        said += moderated.in_place_of_own(of_set[0].standards_set, of_set)
    return set_counts_of_said(counted, said)


def _said_in(work: UnitOfWork, returns: Iterable[CollatedReturn]) -> list[SaidByMany]:
    """Return what organisations chose, counted in the database's own words."""
    sets, groups = {}, {}
    for one in returns:
        set_id, version = one.standards_set.id, one.standards_set.version
        sets[set_id, version] = one.standards_set
        groups[one.assessment_id] = (set_id, version, one.organisation_type.key)
    counted = work.answers.count_what_was_said(groups)
    return [
        SaidByMany(sets[set_id, version], organisation_type, answer, number)
        for (set_id, version, organisation_type), found in counted.items()
        for answer, number in found
    ]


def cycle_trends(
    office: Office, user: User, cycle_id: str, selection: Selection = ALL_RETURNS, counts: CountsOf | None = None
) -> list[Trend]:
    """Return the trend of every set of a cycle, over the cycles up to it.

    ``counts`` gives counts of the same selection that are kept already; without it they are made.

    Raises:
        NotAvailableError, NotPermittedError: the person may not see this cycle's figures.
    """
    cycles = cycles_up_to(office, user, cycle_id, selection.partnership_id)
    get = counts or (lambda one: cycle_set_counts(office, user, one, selection))
    return trends_over(office, [(cycle, get(cycle.id)) for cycle in cycles])


def trends_over(office: Office, counted: list[tuple[Cycle, tuple[SetCounts, ...]]]) -> list[Trend]:
    """Return the trend of every set of the last cycle over cycles whose counts the caller was given, earliest first."""
    with office.store.reading() as work:
        hashes = {cycle.id: _hashes_of(work, cycle.id) for cycle, _ in counted}
        return [trend_of(_sources(office, work, counted, one, hashes)) for one in counted[-1][1]]


def promises_before(
    office: Office, user: User, cycle_id: str, selection: Selection = ALL_RETURNS, promises: PromisesIn | None = None
) -> CyclePromises | None:
    """Return what became of what was promised in the cycle before this one; None for the first.

    ``promises`` gives what is kept already; without it they are counted.

    Raises:
        As ``cycle_trends``.
    """
    cycles = cycles_up_to(office, user, cycle_id, selection.partnership_id)
    if len(cycles) == 1:
        return None
    get = promises or (lambda one: cycle_promises(office, user, one, selection))
    return get(cycles[-2].id)


def cycle_promises(office: Office, user: User, cycle_id: str, selection: Selection = ALL_RETURNS) -> CyclePromises:
    """Return what became of what was promised in a cycle.

    Raises:
        NotAvailableError, NotPermittedError: the person may not see this cycle's figures.
    """
    # Which returns have moderated ratings shows in the ratings alone.
    depth = Depth.RATINGS if selection.ratings_by is RatingsBy.MODERATION else Depth.PROMISES
    with office.store.reading() as work:
        cycle = find_cycle(work, user, cycle_id, Right.SEE_DASHBOARDS)
        return promises_of(collated_cycle(office, work, cycle, depth), selection)


def _sources(
    office: Office,
    work: UnitOfWork,
    counted: list[tuple[Cycle, tuple[SetCounts, ...]]],
    last: SetCounts,
    hashes: dict[str, dict[Edition, str]],
) -> list[TrendSource]:
    """Return the cycles that use the set, or one that became it, the earliest first."""
    cycle, _ = counted[-1]
    sources = [TrendSource(cycle, last)]
    for earlier, counts in reversed(counted[:-1]):
        after = sources[0]
        after_hash = hashes[after.cycle.id][_edition(after.counts)]
        found = _set_before(office, work, counts, hashes[earlier.id], after, after_hash)
        if found is not None:
            before, crosswalk = found
            sources[0] = TrendSource(after.cycle, after.counts, crosswalk)
            sources.insert(0, TrendSource(earlier, before))
    return sources


def _edition(counts: SetCounts) -> Edition:
    return counts.standards_set.id, counts.standards_set.version


def _hashes_of(work: UnitOfWork, cycle_id: str) -> dict[Edition, str]:
    """Return the hash of each set by what it calls itself; a cycle may know it by the path of its folder."""
    hashes = work.cycles.frozen_set_hashes(cycle_id).values()
    return {(one.id, one.version): sha256 for sha256, one in ((each, frozen_set(work, each)) for each in hashes)}


def _set_before(
    office: Office,
    work: UnitOfWork,
    counts: tuple[SetCounts, ...],
    hashes: dict[Edition, str],
    after: TrendSource,
    after_hash: str,
) -> tuple[SetCounts, Crosswalk] | None:
    """Return the set of an earlier cycle that stands for a later one: of the same name, or linked the most."""
    found = []
    for one in counts:
        edition = _edition(one)
        if edition in hashes:
            crosswalk = crosswalk_of_editions(office, work, hashes[edition], after_hash)
            linked = sum(len(link.after) for link in crosswalk.links)
            of_name = one.standards_set.id == after.counts.standards_set.id
            if of_name or linked >= _LEAST_LINKED * len(crosswalk.after.questions_by_id):
                found.append((of_name, linked, one, crosswalk))
    if not found:
        return None
    _, _, best, crosswalk = max(found, key=lambda each: each[:2])
    return best, crosswalk
