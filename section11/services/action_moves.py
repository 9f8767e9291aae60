"""Making a move of an action's life in the caller's transaction: the change, its update and its event."""

from __future__ import annotations

from dataclasses import replace

from section11.domain.actions import ActionMove, ActionUpdate, Report, TrackedAction, moved
from section11.domain.people import User
from section11.errors import NotAvailableError
from section11.permissions import Right
from section11.services.answering import kept_text
from section11.services.office import Office
from section11.services.places import AssessmentFile, lock_assessment
from section11.services.trail import assessment_stream, record
from section11.storage.unit_of_work import UnitOfWork


def lock_action(work: UnitOfWork, user: User, action_id: int, right: Right) -> AssessmentFile:
    """Return the assessment an action was promised in, held until the transaction ends.

    Its status does not matter here: neither a signed return nor a closed cycle locks an action.

    Raises:
        NotAvailableError, NotPermittedError: there is no such action, or the person lacks the right.
    """
    action = work.actions.get(action_id)
    if action is None:
        raise NotAvailableError()
    return lock_assessment(work, user, action.assessment_id, right)


def make_move(
    office: Office,
    work: UnitOfWork,
    user: User,
    file: AssessmentFile,
    action_id: int,
    move: ActionMove,
    report: Report,
) -> TrackedAction:
    """Make one move and return the action as it now stands.

    Raises:
        BadInputError, ActionMoveNotAllowedError, StaleActionError: as ``domain.actions.moved``.
        NotAvailableError: somebody took the action out of the form meanwhile.
    """
    report = replace(
        report,
        words=kept_text(report.words).strip(),
        completion=None if report.completion is None else kept_text(report.completion),
        change=None if report.change is None else kept_text(report.change),
    )
    now = office.clock()
    stored = work.actions.get(action_id)
    if stored is None:
        raise NotAvailableError()
    wanted = moved(stored, move, report, now)
    work.actions.change_all([wanted])
    work.actions.add_updates([ActionUpdate(action_id, now, user.id, wanted.status, report.words)])
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
    return replace(wanted, updates=stored.updates + 1, updated_at=now)
