"""Promises kept: what became of the actions that were promised in one cycle, by organisation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from section11.domain.actions import COMPLETED, TrackedAction
from section11.domain.cycles import Cycle
from section11.domain.uk_time import uk_date
from section11.reports.action_figures import ActionEntry, ActionTotals, action_totals_of
from section11.reports.collated import CollatedCycle
from section11.reports.figures import action_entries_of
from section11.reports.selection import Selection, selected
from section11.reports.tally import percent_of


@dataclass(frozen=True, slots=True)
class Promises:
    """Actions by what became of them. ``on_time`` are those of the kept ones that were done by their due date."""

    organisation_id: str
    name: str
    totals: ActionTotals
    on_time: int

    @property
    def n(self) -> int:
        """All that was promised; what was dropped stays in it."""
        return self.totals.n

    @property
    def kept(self) -> int:
        """Done, whether or not scrutiny has verified it."""
        return self.totals.done + self.totals.verified

    @property
    def kept_percent(self) -> float | None:
        return percent_of(self.kept, self.n)


@dataclass(frozen=True, slots=True)
class PromisesKept:
    """The promises of one cycle, in all and by organisation in the order of their names."""

    total: Promises
    organisations: tuple[Promises, ...]


@dataclass(frozen=True, slots=True)
class CyclePromises:
    """The promises of a cycle, and which it is."""

    cycle: Cycle
    kept: PromisesKept


def promises_of(collated: CollatedCycle, selection: Selection) -> CyclePromises:
    """Return what became of what was promised in the chosen returns of a cycle; of answers nothing need be in it."""
    entries = action_entries_of(selected(collated, selection))
    return CyclePromises(collated.cycle, promises_kept(entries, uk_date(collated.taken_at)))


def promises_kept(entries: Sequence[ActionEntry], today: date) -> PromisesKept:
    """Return what became of these actions; ``today`` is the day in the UK."""
    by_organisation: dict[str, list[ActionEntry]] = {}
    for entry in entries:
        by_organisation.setdefault(entry.organisation.id, []).append(entry)
    rows = [_promises(key, found[0].organisation.name, found, today) for key, found in by_organisation.items()]
    return PromisesKept(
        _promises("", "All organisations", entries, today),
        tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.organisation_id))),
    )


def _promises(organisation_id: str, name: str, entries: Iterable[ActionEntry], today: date) -> Promises:
    actions = [entry.action for entry in entries]
    return Promises(organisation_id, name, action_totals_of(actions, today), sum(map(_is_on_time, actions)))


def _is_on_time(action: TrackedAction) -> bool:
    if action.status not in COMPLETED or action.closed_at is None or action.due is None:
        return False
    return uk_date(action.closed_at) <= action.due
