"""The organisation's actions over all cycles: what became of them, in and between the rounds of answering."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from section11.domain.actions import ActionMove, ActionUpdate, Report, TrackedAction, moved
from section11.domain.cycles import Cycle
from section11.domain.organisations import Organisation
from section11.domain.people import Person, User
from section11.domain.standards import Question, Standard, StandardsSet
from section11.domain.uk_time import uk_date
from section11.errors import NotAvailableError
from section11.permissions import Place, Right, may
from section11.reports.action_figures import ActionTotals, action_totals_of
from section11.services.answering import kept_text
from section11.services.office import Office, frozen_set
from section11.services.places import AssessmentFile, check_returned, lock_assessment
from section11.services.trail import assessment_stream, record
from section11.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ActionLine:
    """An action with what it belongs to. ``updates`` come with the latest first, beside who reported them."""

    action: TrackedAction
    organisation: Organisation
    cycle: Cycle
    standards_set: StandardsSet
    standard: Standard
    question: Question
    is_overdue: bool
    updates: tuple[tuple[ActionUpdate, str], ...] = ()
    may_change: bool = False


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
    return move_action(office, user, action_id, ActionMove.UPDATE, report)


def finish_action(office: Office, user: User, action_id: int, report: Report) -> TrackedAction:
    """Mark an action as done, with what shows that it is.

    Raises:
        BadInputError: nothing says what shows it.
        As ``update_action``.
    """
    return move_action(office, user, action_id, ActionMove.FINISH, report)


def drop_action(office: Office, user: User, action_id: int, report: Report) -> TrackedAction:
    """Give an action up, with the reason in the report's words.

    Raises:
        BadInputError: there is no reason.
        As ``update_action``.
    """
    return move_action(office, user, action_id, ActionMove.DROP, report)


def reopen_action(office: Office, user: User, action_id: int, report: Report) -> TrackedAction:
    """Open an action again that was done or dropped; what was written about it stays."""
    return move_action(office, user, action_id, ActionMove.REOPEN, report)


def move_action(
    office: Office,
    user: User,
    action_id: int,
    move: ActionMove,
    report: Report,
    *,
    right: Right = Right.UPDATE_ACTIONS,
    only_returned: bool = False,
) -> TrackedAction:
    """Make one move of an action's life, whatever the status of its return and cycle: neither locks an action.

    ``only_returned`` refuses an action whose return scrutiny may not see now.
    """
    report = replace(
        report,
        words=kept_text(report.words).strip(),
        completion=None if report.completion is None else kept_text(report.completion),
        change=None if report.change is None else kept_text(report.change),
    )
    now = office.clock()
    with office.store.writing() as work:
        file = _locked(work, user, action_id, right)
        if only_returned:
            check_returned(file)
        stored = work.actions.get(action_id)
        if stored is None:
            raise NotAvailableError()
        wanted = moved(stored, move, report, now)
        work.actions.change(wanted)
        work.actions.add_update(ActionUpdate(action_id, now, user.id, wanted.status, report.words))
        record(
            work,
            assessment_stream(file.assessment.id),
            user,
            move.value,
            now,
            question=wanted.question_id,
            status=wanted.status.value,
            words=report.words,
            completion=wanted.completion,
            change=wanted.change,
        )
        work.commit()
    return replace(wanted, updates=stored.updates + 1, updated_at=now)


def lines_of(
    office: Office,
    work: UnitOfWork,
    actions: Iterable[TrackedAction],
    organisations: Mapping[str, Organisation],
    cycles: Mapping[str, Cycle],
    sets_by_assessment_id: Mapping[str, tuple[str, str]],
) -> list[ActionLine]:
    """Return actions with what they belong to; ``sets_by_assessment_id`` has (cycle id, SHA-256 of the set)."""
    today = uk_date(office.clock())
    lines = []
    for action in actions:
        cycle_id, sha256 = sets_by_assessment_id[action.assessment_id]
        standards_set = frozen_set(work, sha256)
        standard_id = standards_set.standard_id_by_question_id[action.question_id]
        lines.append(
            ActionLine(
                action=action,
                organisation=organisations[action.organisation_id],
                cycle=cycles[cycle_id],
                standards_set=standards_set,
                standard=next(one for one in standards_set.standards if one.id == standard_id),
                question=standards_set.questions_by_id[action.question_id],
                is_overdue=action.is_overdue(today),
            )
        )
    return lines


def with_updates(work: UnitOfWork, lines: Sequence[ActionLine]) -> list[ActionLine]:
    """Return the lines with what was reported about each, and the post or name of who did."""
    updates = work.actions.updates_of(line.action.id for line in lines)
    people = work.accounts.people_by_id({one.by for found in updates.values() for one in found})
    return [
        replace(line, updates=tuple((one, _who(people, one.by)) for one in updates.get(line.action.id, ())))
        for line in lines
    ]


def _who(people: Mapping[str, Person], person_id: str) -> str:
    person = people.get(person_id)
    return "somebody" if person is None else person.post or person.name


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


def _locked(work: UnitOfWork, user: User, action_id: int, right: Right) -> AssessmentFile:
    action = work.actions.get(action_id)
    if action is None:
        raise NotAvailableError()
    return lock_assessment(work, user, action.assessment_id, right)
