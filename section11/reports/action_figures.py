"""Actions counted: how many are open, overdue, done and verified, by organisation and by standard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from section11.domain.actions import ActionStatus, TrackedAction
from section11.domain.organisations import Organisation
from section11.domain.standards import Standard, StandardsSet


@dataclass(frozen=True, slots=True)
class ActionTotals:
    """Counts of actions. ``n`` is all of them: open, done, verified and dropped; ``overdue`` are some of the open."""

    n: int = 0
    open: int = 0
    overdue: int = 0
    done: int = 0
    verified: int = 0
    dropped: int = 0


@dataclass(frozen=True)
class ActionEntry:
    """An action with whose it is and the standard it was promised in."""

    action: TrackedAction
    organisation: Organisation
    standards_set: StandardsSet
    standard: Standard


@dataclass(frozen=True, slots=True)
class OrganisationActions:
    organisation_id: str
    name: str
    totals: ActionTotals


@dataclass(frozen=True, slots=True)
class StandardActions:
    """Standards of two sets stay apart, also when they have the same number."""

    set_id: str
    set_title: str
    standard_id: str
    heading: str
    totals: ActionTotals


@dataclass(frozen=True, slots=True)
class ActionFigures:
    """The actions of some returns. Organisations come by name, standards as their sets first come and order them."""

    total: ActionTotals
    organisations: tuple[OrganisationActions, ...]
    standards: tuple[StandardActions, ...]


def action_totals_of(actions: Iterable[TrackedAction], today: date) -> ActionTotals:
    """Return the counts of these actions; ``today`` is the day in the UK."""
    found = list(actions)
    by_status = Counter(action.status for action in found)
    return ActionTotals(
        n=len(found),
        open=by_status[ActionStatus.OPEN],
        overdue=sum(action.is_overdue(today) for action in found),
        done=by_status[ActionStatus.DONE],
        verified=by_status[ActionStatus.VERIFIED],
        dropped=by_status[ActionStatus.DROPPED],
    )


def action_figures_of(entries: Sequence[ActionEntry], today: date) -> ActionFigures:
    """Return the counts in all, for each organisation and for each standard that has an action."""
    by_organisation: dict[str, list[ActionEntry]] = {}
    by_standard: dict[tuple[str, str], list[ActionEntry]] = {}
    set_order: dict[str, int] = {}
    for entry in entries:
        by_organisation.setdefault(entry.organisation.id, []).append(entry)
        by_standard.setdefault((entry.standards_set.id, entry.standard.id), []).append(entry)
        set_order.setdefault(entry.standards_set.id, len(set_order))
    organisations = [
        OrganisationActions(key, found[0].organisation.name, _totals(found, today))
        for key, found in by_organisation.items()
    ]
    places = {
        key: (set_order[key[0]], [one.id for one in found[0].standards_set.standards].index(key[1]))
        for key, found in by_standard.items()
    }
    standards = [
        StandardActions(
            set_id=key[0],
            set_title=by_standard[key][0].standards_set.title,
            standard_id=key[1],
            heading=by_standard[key][0].standard.heading,
            totals=_totals(by_standard[key], today),
        )
        for key in sorted(by_standard, key=lambda key: places[key])
    ]
    return ActionFigures(
        total=_totals(entries, today),
        organisations=tuple(sorted(organisations, key=lambda row: (row.name.casefold(), row.organisation_id))),
        standards=tuple(standards),
    )


def _totals(entries: Iterable[ActionEntry], today: date) -> ActionTotals:
    return action_totals_of((entry.action for entry in entries), today)
