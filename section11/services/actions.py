"""The organisation's actions over all cycles: what became of them, in and between the rounds of answering."""

from __future__ import annotations

from dataclasses import replace

from section11.domain.actions import ActionMove, Report, TrackedAction
from section11.domain.organisations import Organisation
from section11.domain.people import User
from section11.domain.uk_time import uk_date
from section11.permissions import Place, Right, may
from section11.reports.action_figures import ActionTotals, action_totals_of
from section11.services.action_lines import ActionLine, lines_of, with_updates
from section11.services.action_moves import lock_action, make_move
from section11.services.office import Office
from section11.storage.unit_of_work import UnitOfWork


def list_own_actions(office: Office, user: User) -> list[ActionLine]:
    """Return the actions of the organisations a person works for, over all cycles.

    Overdue ones come first, then the other open ones by due date, then those that are closed, the latest first.
    """
    with office.store.reading() as work:
        lines = _own_lines(office, work, user)
        lines = with_updates(work, lines)
    return sorted(lines, key=_open_first)


def count_own_actions(office: Office, user: User) -> list[tuple[Organisation, ActionTotals]]:
    """Return how many actions each organisation of the person has, and how many are overdue, by name."""
    with office.store.reading() as work:
        own = work.organisations.with_sites(_own_organisations(user))
        found = work.actions.of_organisations(own)
    today = uk_date(office.clock())
    by_organisation: dict[str, list[TrackedAction]] = {}
    for action in found:
        by_organisation.setdefault(action.organisation_id, []).append(action)
    totals = [(own[one], action_totals_of(actions, today)) for one, actions in by_organisation.items()]
    return sorted(totals, key=lambda pair: pair[0].name.casefold())


def update_action(office: Office, user: User, action_id: int, report: Report) -> TrackedAction:
    """Save what has happened since: words, what shows it, what it changed for children.

    Raises:
        BadInputError: nothing was written, a text is too long, or it would change what scrutiny verified.
        ActionMoveNotAllowedError: the action was dropped.
        NotPermittedError, NotAvailableError: the person may not say what became of this action.
    """
    return _move(office, user, action_id, ActionMove.UPDATE, report)


def finish_action(office: Office, user: User, action_id: int, report: Report) -> TrackedAction:
    """Mark an action as done, with what shows that it is.

    Raises:
        BadInputError: nothing says what shows it.
        As ``update_action``.
    """
    return _move(office, user, action_id, ActionMove.FINISH, report)


def drop_action(office: Office, user: User, action_id: int, report: Report) -> TrackedAction:
    """Give an action up, with the reason in the report's words.

    Raises:
        BadInputError: there is no reason.
        As ``update_action``.
    """
    return _move(office, user, action_id, ActionMove.DROP, report)


def reopen_action(office: Office, user: User, action_id: int, report: Report) -> TrackedAction:
    """Open an action again that was done or dropped; what was written about it stays."""
    return _move(office, user, action_id, ActionMove.REOPEN, report)


def _move(office: Office, user: User, action_id: int, move: ActionMove, report: Report) -> TrackedAction:
    with office.store.writing() as work:
        file = lock_action(work, user, action_id, Right.UPDATE_ACTIONS)
        saved = make_move(office, work, user, file, action_id, move, report)
        work.commit()
    return saved


def _own_lines(office: Office, work: UnitOfWork, user: User) -> list[ActionLine]:
    own = work.organisations.with_sites(_own_organisations(user))
    cycles = {cycle.id: cycle for cycle in work.cycles.all()}
    rows = work.assessments.of_organisations(own)
    sets = {row.assessment.id: (row.assessment.cycle_id, row.assessment.set_sha256) for row in rows}
    lines = lines_of(office, work, work.actions.of_organisations(own), own, cycles, sets)
    return [
        replace(line, may_change=may(user, Right.UPDATE_ACTIONS, Place(organisation_id=line.organisation.id)))
        for line in lines
    ]


def _own_organisations(user: User) -> set[str]:
    return {grant.organisation_id for grant in user.grants if grant.organisation_id}


def _open_first(line: ActionLine) -> tuple[bool, bool, float, str]:
    action = line.action
    is_closed = action.closed_at is not None
    if action.closed_at is not None:
        when = -action.closed_at.timestamp()
    else:
        when = float(action.due.toordinal()) if action.due else float("inf")
    return is_closed, not line.is_overdue, when, action.question_id
