"""The figures of what is released, as they may leave the partnership's own team: groups of five or more, and no names.

What is withheld (see ``withholding``) is left out of every sum as well, so that no total has it in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from section11.domain.cycles import Cycle
from section11.domain.organisations import DutyBasis
from section11.domain.standards import StandardsSet
from section11.domain.uk_time import uk_date
from section11.domain.workflow import AssessmentStatus
from section11.reports.action_figures import ActionEntry, ActionFigures, action_figures_of
from section11.reports.collated import CollatedCycle, CollatedReturn
from section11.reports.figures import action_entries_of
from section11.reports.promises import Promises, promises_kept
from section11.reports.question_counts import kinds_by_return, returns_by_set
from section11.reports.return_rates import ReturnRate, return_rates_of
from section11.reports.return_timeline import SignedDay
from section11.reports.selection import DUTY, PARTNERSHIP, TYPE, RatingsBy, Selection, selected
from section11.reports.tally import AnswerKind, Counts, Tally, added_tallies, tally_of
from section11.reports.withholding import EVERYONE, Candidate, Grouping, ShownGroup, grouping_of, is_too_few

Kinds = Mapping[str, AnswerKind]
KINDS = (TYPE, PARTNERSHIP, DUTY)
"""What groups are made by. Where two cannot both be shown, the earlier kind is."""
REST_TITLES = {TYPE: "All other types", DUTY: "Every other basis of duty", PARTNERSHIP: "Not in these partnerships"}


@dataclass(frozen=True, slots=True)
class GroupTitles:
    """The words for partnerships and bases of duty, by their keys."""

    partnerships: Mapping[str, str]
    duties: Mapping[DutyBasis, str]


@dataclass(frozen=True, slots=True)
class GroupRate:
    """How many returns of a group are expected and back. Nothing here says how far a draft is."""

    key: str
    title: str
    rate: ReturnRate

    @property
    def released(self) -> int:
        return self.rate.by_status[AssessmentStatus.RELEASED]


@dataclass(frozen=True)
class ReleasedOfSet:
    """The released returns of one edition of a set; of fewer than five, nothing but how many there are.

    ``tallies`` are by whose ratings they count, group and question; a question of which nothing may be shown is
    missing. ``withheld`` has, by whose ratings, the questions of which the answers of some are left out.
    """

    standards_set: StandardsSet
    returns: int
    grouping: Grouping
    tallies: Mapping[RatingsBy, Mapping[str, Mapping[str, Tally]]]
    withheld: Mapping[RatingsBy, frozenset[str]]

    @property
    def groups(self) -> Sequence[ShownGroup]:
        return self.grouping.groups

    def tally(self, ratings_by: RatingsBy, group: str, question_ids: Iterable[str]) -> Tally | None:
        """Return what may be shown of these questions together; None where that is nothing."""
        of_group = self.tallies[ratings_by].get(group, {})
        found = [of_group[one] for one in question_ids if one in of_group]
        return added_tallies(found) if found else None

    def total(self, ratings_by: RatingsBy, group: str = EVERYONE) -> Tally | None:
        return self.tally(ratings_by, group, [one.id for one in self.standards_set.rated_questions])


@dataclass(frozen=True)
class ReleasedFigures:
    """What people outside the partnership's own team see of a cycle. ``taken_at`` is in UTC.

    ``rates`` are of every expected return, all first; empty where fewer than five are expected. ``actions`` have no
    organisations, and standards in which at least five promised something; ``promises`` are of the same actions.
    """

    cycle: Cycle
    partnership_name: str
    expected: int
    released: int
    taken_at: datetime
    rates: tuple[GroupRate, ...]
    merged_in_rates: Mapping[str, tuple[str, ...]]
    signed_days: tuple[SignedDay, ...]
    sets: tuple[ReleasedOfSet, ...]
    actions: ActionFigures
    promises: Promises


def released_figures_of(collated: CollatedCycle, titles: GroupTitles) -> ReleasedFigures:
    """Return what may be shown of a cycle: answers and actions of the released returns, and how many returned."""
    released = [one for one in collated.returns if one.status is AssessmentStatus.RELEASED]
    entries = _large_enough(action_entries_of(replace(collated, returns=tuple(released))))
    today = uk_date(collated.taken_at)
    grouping = grouping_of_returns(collated.returns, titles)
    return ReleasedFigures(
        cycle=collated.cycle,
        partnership_name=collated.partnership_name,
        expected=len(collated.returns),
        released=len(released),
        taken_at=collated.taken_at,
        rates=_rates(collated, grouping),
        merged_in_rates=grouping.merged,
        signed_days=return_rates_of(collated).signed_days if grouping.groups else (),
        sets=tuple(_of_set(collated, found, titles) for found in returns_by_set(released)),
        actions=replace(action_figures_of(entries, today), organisations=()),
        promises=promises_kept(entries, today).total,
    )


def grouping_of_returns(returns: Sequence[CollatedReturn], titles: GroupTitles) -> Grouping:
    """Return the groups of these returns that may be shown beside each other."""
    members: dict[tuple[str, str, str], set[str]] = {}
    for one in returns:
        kind, duty = one.organisation_type, one.duty
        keys = [(TYPE, kind.key, kind.title), (DUTY, duty.value, titles.duties.get(duty, duty.value))]
        keys += [(PARTNERSHIP, key, titles.partnerships.get(key, key)) for key in one.duty_by_partnership]
        for key in keys:
            members.setdefault(key, set()).add(one.assessment_id)
    # A group of everybody says nothing that the total does not.
    found = [Candidate(*key, frozenset(ids)) for key, ids in members.items() if len(ids) < len(returns)]
    found.sort(key=lambda one: (KINDS.index(one.kind), one.title.casefold(), one.name))
    return grouping_of([one.assessment_id for one in returns], found, REST_TITLES)


def _rates(collated: CollatedCycle, grouping: Grouping) -> tuple[GroupRate, ...]:
    found = []
    for group in grouping.groups:
        members = frozenset[str]().union(*(grouping.blocks[number] for number in group.blocks))
        returns = tuple(one for one in collated.returns if one.assessment_id in members)
        found.append(GroupRate(group.key, group.title, return_rates_of(replace(collated, returns=returns)).overall))
    return tuple(found)


def _of_set(collated: CollatedCycle, returns: Sequence[CollatedReturn], titles: GroupTitles) -> ReleasedOfSet:
    standards_set = returns[0].standards_set
    grouping = grouping_of_returns(returns, titles)
    tallies, withheld = {}, {}
    for ratings_by in RatingsBy:
        rated = selected(replace(collated, returns=tuple(returns)), Selection(ratings_by=ratings_by)).returns
        kinds = kinds_by_return(standards_set, rated)
        cells = [_cells(standards_set, [kinds[one] for one in block if one in kinds]) for block in grouping.blocks]
        tallies[ratings_by] = {group.key: _added(standards_set, cells, group) for group in grouping.groups}
        withheld[ratings_by] = frozenset(
            one.id for one in standards_set.rated_questions if any(one.id not in block for block in cells)
        )
    return ReleasedOfSet(standards_set, len(returns), grouping, tallies, withheld)


def _cells(standards_set: StandardsSet, kinds: Sequence[Kinds]) -> dict[str, Tally]:
    """Return the tally of each question in one block, without those that fewer than five of it have an n in."""
    found = {}
    for question in standards_set.rated_questions:
        counts: Counts = Counter(each[question.id] for each in kinds)
        tally = tally_of(counts, standards_set.scale)
        if not is_too_few(tally.denominator):
            found[question.id] = tally
    return found


def _added(standards_set: StandardsSet, cells: Sequence[Mapping[str, Tally]], group: ShownGroup) -> dict[str, Tally]:
    added = {}
    for question in standards_set.rated_questions:
        found = [cells[number][question.id] for number in sorted(group.blocks) if question.id in cells[number]]
        if found:
            added[question.id] = added_tallies(found)
    return added


def _large_enough(entries: Sequence[ActionEntry]) -> list[ActionEntry]:
    """Return the actions in standards in which enough organisations promised something."""
    promising: dict[tuple[str, str], set[str]] = {}
    for entry in entries:
        promising.setdefault(_standard_of(entry), set()).add(entry.organisation.id)
    return [entry for entry in entries if not is_too_few(len(promising[_standard_of(entry)]))]


def _standard_of(entry: ActionEntry) -> tuple[str, str]:
    return entry.standards_set.id, entry.standard.id
