"""The partnership's actions: a register for scrutiny with its totals, and verifying completion by sample."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from section11.domain.actions import COMPLETED, ActionMove, Report, TrackedAction, sample_of
from section11.domain.cycles import Cycle
from section11.domain.people import User
from section11.domain.uk_time import uk_date
from section11.domain.workflow import RETURNED
from section11.permissions import Right, may
from section11.reports.action_figures import ActionEntry, ActionFigures, action_figures_of
from section11.reports.selection import ALL_RETURNS, Selection
from section11.services.action_lines import ActionLine, lines_of, with_updates
from section11.services.action_moves import lock_action, make_move
from section11.services.filters import chosen_organisations, is_chosen
from section11.services.office import Office
from section11.services.places import check_returned, cycle_place, find_cycle
from section11.storage.unit_of_work import UnitOfWork

EVERY_CYCLE = "every-cycle"


@dataclass(frozen=True)
class ActionRegister:
    """The actions of submitted returns: their totals, and each of them, overdue ones first."""

    cycle_id: str
    figures: ActionFigures
    lines: tuple[ActionLine, ...]

    def sample_for(self, user: User, size: int) -> list[ActionLine]:
        """Return completed actions chosen by chance for this person to check, verified ones of them included.

        The choice depends on the cycle, the person and the actions alone, so it is the same each time, and those
        that are verified meanwhile stay in it.
        """
        if (user.id, size) not in self._samples:
            completed = {line.action.id: line for line in self.lines if line.action.status in COMPLETED}
            chosen = sample_of((line.action for line in completed.values()), size, f"{self.cycle_id}/{user.id}")
            self._samples[user.id, size] = [completed[one.id] for one in chosen]
        return self._samples[user.id, size]

    @cached_property
    def _samples(self) -> dict[tuple[str, int], list[ActionLine]]:
        """Those that were chosen already, by person and size: to rank all completed actions takes its time."""
        return {}


def action_register(
    office: Office, user: User, cycle_id: str = EVERY_CYCLE, selection: Selection = ALL_RETURNS
) -> ActionRegister:
    """Return the actions promised in the chosen returns of one cycle, or of every cycle the person may see them of.

    Raises:
        NotAvailableError, NotPermittedError: the person may not see the actions of this cycle.
    """
    with office.store.reading() as work:
        lines = _lines(office, work, user, cycle_id, selection)
    entries = [ActionEntry(one.action, one.organisation, one.standards_set, one.standard) for one in lines]
    figures = action_figures_of(entries, uk_date(office.clock()))
    return ActionRegister(cycle_id, figures, tuple(sorted(lines, key=_overdue_first)))


def updates_about(office: Office, user: User, lines: Sequence[ActionLine]) -> list[ActionLine]:
    """Return lines of the register with what was reported about each.

    Raises:
        NotAvailableError, NotPermittedError: the person may not see the actions of these cycles.
    """
    with office.store.reading() as work:
        for cycle_id in {line.cycle.id for line in lines}:
            find_cycle(work, user, cycle_id, Right.READ_ACTIONS)
        return with_updates(work, lines)


def verify_action(office: Office, user: User, action_id: int, report: Report) -> TrackedAction:
    """Say that an action is done, having looked at what shows it.

    Raises:
        StaleActionError: the organisation wrote something else since it was read.
        ActionMoveNotAllowedError: the organisation has not marked it as done.
        NotPermittedError: the person may not verify, or the return is not submitted.
        NotAvailableError: there is no such action for this person.
    """
    return _checked_by_scrutiny(office, user, action_id, ActionMove.VERIFY, report)


def not_yet_done(office: Office, user: User, action_id: int, report: Report) -> TrackedAction:
    """Open an action again that was marked as done or verified, and say in the report's words what is missing.

    Raises:
        BadInputError: there is no reason.
        As ``verify_action``.
    """
    return _checked_by_scrutiny(office, user, action_id, ActionMove.NOT_YET, report)


def _checked_by_scrutiny(office: Office, user: User, action_id: int, move: ActionMove, report: Report) -> TrackedAction:
    # What the organisation wrote about it is the organisation's own.
    report = Report(report.words, seen_updates=report.seen_updates)
    with office.store.writing() as work:
        file = lock_action(work, user, action_id, Right.VERIFY_ACTIONS)
        check_returned(file)
        saved = make_move(office, work, user, file, action_id, move, report)
        work.commit()
    return saved


def _lines(office: Office, work: UnitOfWork, user: User, cycle_id: str, selection: Selection) -> list[ActionLine]:
    cycles = _cycles(work, user, cycle_id)
    organisations = work.organisations.all_by_id()
    statuses = sorted(status.value for status in RETURNED)
    sets: dict[str, tuple[str, str]] = {}
    actions: list[TrackedAction] = []
    types: dict[str, str] = {}
    for cycle in cycles:
        chosen = chosen_organisations(work, cycle, selection)
        rows = [row for row in work.assessments.in_cycle(cycle.id) if is_chosen(row.assessment, chosen, selection)]
        for row in rows:
            sets[row.assessment.id] = (cycle.id, row.assessment.set_sha256)
            types[row.assessment.id] = row.assessment.organisation_type
        in_cycle = work.actions.in_cycle(cycle.id, statuses)
        actions += _flat(in_cycle.get(row.assessment.id, {}) for row in rows)
    verifiable = {cycle.id for cycle in cycles if may(user, Right.VERIFY_ACTIONS, cycle_place(cycle))}
    lines = lines_of(office, work, actions, organisations, {cycle.id: cycle for cycle in cycles}, sets, verifiable)
    # A question the organisation is no longer asked, as its type was put right, is in no figure either.
    return [line for line in lines if line.question.is_asked_of(types[line.action.assessment_id])]


def _cycles(work: UnitOfWork, user: User, cycle_id: str) -> list[Cycle]:
    if cycle_id != EVERY_CYCLE:
        return [find_cycle(work, user, cycle_id, Right.READ_ACTIONS)]
    return [cycle for cycle in work.cycles.all() if may(user, Right.READ_ACTIONS, cycle_place(cycle))]


def _flat(by_assessment: Iterable[dict[str, TrackedAction]]) -> list[TrackedAction]:
    return [action for found in by_assessment for action in found.values()]


def _overdue_first(line: ActionLine) -> tuple[bool, bool, int, str]:
    action = line.action
    due = action.due.toordinal() if action.due else 10**7
    return not line.is_overdue, action.closed_at is not None, due, line.organisation.name.casefold()
