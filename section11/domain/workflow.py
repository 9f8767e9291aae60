"""Which status an assessment may move to next, who owns it meanwhile, and which event each move writes.

The tables are the whole workflow: permissions, the status diagram and the tests
read them. To change the process, change a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from section11.errors import TransitionNotAllowedError


class AssessmentStatus(StrEnum):
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    AWAITING_SIGN_OFF = "awaiting_sign_off"
    SUBMITTED = "submitted"
    HANDED_BACK = "handed_back"
    MODERATED = "moderated"
    RELEASED = "released"
    REOPENED = "reopened"


Status = AssessmentStatus


class Owner(StrEnum):
    """Whose turn it is."""

    ORGANISATION = "the organisation"
    APPROVER = "the organisation's approver"
    SCRUTINY = "scrutiny"


class Move(StrEnum):
    """A step in the workflow; its value is the name of the audit event it writes."""

    START = "assessment_started"
    SEND_FOR_SIGN_OFF = "sent_for_sign_off"
    TAKE_BACK = "taken_back"
    SIGN_OFF = "signed_off"
    HAND_BACK = "handed_back"
    RESUME = "assessment_resumed"
    MODERATE = "moderation_finished"
    RELEASE = "released"
    REOPEN = "reopened"


@dataclass(frozen=True, slots=True)
class Transition:
    move: Move
    start: Status
    end: Status


STATUS_TITLES: dict[Status, str] = {
    Status.NOT_STARTED: "Not started",
    Status.IN_PROGRESS: "In progress",
    Status.AWAITING_SIGN_OFF: "Awaiting sign-off",
    Status.SUBMITTED: "Submitted",
    Status.HANDED_BACK: "Handed back",
    Status.MODERATED: "Moderated",
    Status.RELEASED: "Released",
    Status.REOPENED: "Reopened",
}

OWNERS: dict[Status, Owner] = {
    Status.NOT_STARTED: Owner.ORGANISATION,
    Status.IN_PROGRESS: Owner.ORGANISATION,
    Status.AWAITING_SIGN_OFF: Owner.APPROVER,
    Status.SUBMITTED: Owner.SCRUTINY,
    Status.HANDED_BACK: Owner.ORGANISATION,
    Status.MODERATED: Owner.SCRUTINY,
    Status.RELEASED: Owner.SCRUTINY,
    Status.REOPENED: Owner.ORGANISATION,
}

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Move.START, Status.NOT_STARTED, Status.IN_PROGRESS),
    Transition(Move.SEND_FOR_SIGN_OFF, Status.IN_PROGRESS, Status.AWAITING_SIGN_OFF),
    Transition(Move.TAKE_BACK, Status.AWAITING_SIGN_OFF, Status.IN_PROGRESS),
    Transition(Move.SIGN_OFF, Status.AWAITING_SIGN_OFF, Status.SUBMITTED),
    Transition(Move.HAND_BACK, Status.SUBMITTED, Status.HANDED_BACK),
    Transition(Move.RESUME, Status.HANDED_BACK, Status.IN_PROGRESS),
    Transition(Move.MODERATE, Status.SUBMITTED, Status.MODERATED),
    Transition(Move.HAND_BACK, Status.MODERATED, Status.HANDED_BACK),
    Transition(Move.RELEASE, Status.MODERATED, Status.RELEASED),
    Transition(Move.REOPEN, Status.SUBMITTED, Status.REOPENED),
    Transition(Move.REOPEN, Status.MODERATED, Status.REOPENED),
    Transition(Move.REOPEN, Status.RELEASED, Status.REOPENED),
    Transition(Move.RESUME, Status.REOPENED, Status.IN_PROGRESS),
)

EDITABLE: frozenset[Status] = frozenset({Status.NOT_STARTED, Status.IN_PROGRESS, Status.HANDED_BACK, Status.REOPENED})
"""Statuses in which the organisation may change its answers."""

RETURNED: frozenset[Status] = frozenset({Status.SUBMITTED, Status.MODERATED, Status.RELEASED})
"""Statuses in which scrutiny sees the answers; before that, and after handing back, progress only."""


def next_status(current: Status, move: Move) -> Status:
    """Return the status after a move.

    Raises:
        TransitionNotAllowedError: the table has no such move from the current status.
    """
    for transition in TRANSITIONS:
        if transition.start == current and transition.move == move:
            return transition.end
    wanted = next(transition.end for transition in TRANSITIONS if transition.move == move)
    raise TransitionNotAllowedError(current=current, wanted=wanted)


def move_before_editing(current: Status) -> Move | None:
    """Return the move that the first change makes: start, resume, or none when already in progress."""
    return {
        Status.NOT_STARTED: Move.START,
        Status.HANDED_BACK: Move.RESUME,
        Status.REOPENED: Move.RESUME,
    }.get(current)
