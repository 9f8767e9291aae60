"""Actions after they were promised: what may happen to one next, who may do it, and when it is overdue.

An action belongs to the organisation and outlives the cycle it was promised in. The table of moves is
the whole life of one: services, pages and tests read it. To change the process, change the table.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from heapq import nsmallest

from section11.domain.answers import Action
from section11.domain.uk_time import long_date
from section11.errors import ActionMoveNotAllowedError, BadInputError, StaleActionError


class ActionStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    VERIFIED = "verified"
    DROPPED = "dropped"


class Party(StrEnum):
    """Who makes a move."""

    ORGANISATION = "the organisation"
    SCRUTINY = "scrutiny"


class ActionMove(StrEnum):
    """A step in the life of an action; its value is the name of the audit event it writes."""

    UPDATE = "action_updated"
    FINISH = "action_done"
    DROP = "action_dropped"
    REOPEN = "action_reopened"
    VERIFY = "action_verified"
    NOT_YET = "action_not_yet_done"


@dataclass(frozen=True, slots=True)
class ActionTransition:
    move: ActionMove
    start: ActionStatus
    end: ActionStatus


ACTION_STATUS_TITLES: dict[ActionStatus, str] = {
    ActionStatus.OPEN: "Open",
    ActionStatus.DONE: "Done, not yet verified",
    ActionStatus.VERIFIED: "Verified",
    ActionStatus.DROPPED: "Dropped",
}

MOVERS: dict[ActionMove, Party] = {
    ActionMove.UPDATE: Party.ORGANISATION,
    ActionMove.FINISH: Party.ORGANISATION,
    ActionMove.DROP: Party.ORGANISATION,
    ActionMove.REOPEN: Party.ORGANISATION,
    ActionMove.VERIFY: Party.SCRUTINY,
    ActionMove.NOT_YET: Party.SCRUTINY,
}

ACTION_TRANSITIONS: tuple[ActionTransition, ...] = (
    ActionTransition(ActionMove.UPDATE, ActionStatus.OPEN, ActionStatus.OPEN),
    ActionTransition(ActionMove.FINISH, ActionStatus.OPEN, ActionStatus.DONE),
    ActionTransition(ActionMove.DROP, ActionStatus.OPEN, ActionStatus.DROPPED),
    # What an action changed for children often shows long after it was done, or verified.
    ActionTransition(ActionMove.UPDATE, ActionStatus.DONE, ActionStatus.DONE),
    ActionTransition(ActionMove.UPDATE, ActionStatus.VERIFIED, ActionStatus.VERIFIED),
    ActionTransition(ActionMove.REOPEN, ActionStatus.DONE, ActionStatus.OPEN),
    ActionTransition(ActionMove.REOPEN, ActionStatus.DROPPED, ActionStatus.OPEN),
    ActionTransition(ActionMove.VERIFY, ActionStatus.DONE, ActionStatus.VERIFIED),
    ActionTransition(ActionMove.NOT_YET, ActionStatus.DONE, ActionStatus.OPEN),
    ActionTransition(ActionMove.NOT_YET, ActionStatus.VERIFIED, ActionStatus.OPEN),
)

COMPLETED = frozenset({ActionStatus.DONE, ActionStatus.VERIFIED})

REASON_WANTED: dict[ActionMove, str] = {
    ActionMove.DROP: "Say why this action is dropped, so that scrutiny and your colleagues can follow it.",
    ActionMove.NOT_YET: "Say what is still missing, so that the organisation knows what to do.",
}

_MOVE_WORDS: dict[ActionMove, str] = {
    ActionMove.UPDATE: "updated",
    ActionMove.FINISH: "marked as done",
    ActionMove.DROP: "dropped",
    ActionMove.REOPEN: "opened again",
    ActionMove.VERIFY: "verified",
    ActionMove.NOT_YET: "sent back as not yet done",
}


@dataclass(frozen=True, slots=True)
class TrackedAction(Action):
    """A promise that is kept: the action with its status and what became of it.

    ``began`` is the day it was first promised, None where that is not known. ``completion`` says what shows
    that it is done, ``change`` what it changed for children. ``updates`` counts what was reported,
    ``updated_at`` is the moment of the latest.
    """

    id: int = 0
    organisation_id: str = ""
    assessment_id: str = ""
    status: ActionStatus = ActionStatus.OPEN
    began: date | None = None
    closed_at: datetime | None = None
    completion: str = ""
    change: str = ""
    updates: int = 0
    updated_at: datetime | None = None

    @property
    def promise(self) -> Action:
        """What was promised, without what became of it."""
        return Action(self.question_id, self.what, self.owner, self.due)

    @property
    def is_open(self) -> bool:
        return self.status is ActionStatus.OPEN

    @property
    def is_complete(self) -> bool:
        """Whether it is promised in full; what was dropped is promised no longer."""
        return self.promise.is_complete and self.status is not ActionStatus.DROPPED

    def is_overdue(self, today: date) -> bool:
        """Return whether it is still open after its due date; on the day itself it is not. ``today`` is UK time."""
        return self.is_open and self.due is not None and self.due < today


@dataclass(frozen=True, slots=True)
class ActionUpdate:
    """One thing that was reported about an action: when, by whom, its status afterwards, and the words."""

    action_id: int
    at: datetime
    by: str
    status: ActionStatus
    words: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a person writes with a move: the news or the reason, and the two texts kept with the action.

    ``completion`` and ``change`` of None leave what is stored as it is. ``seen_updates`` is how many updates
    the action had when the person read it; None where nobody looked.
    """

    words: str = ""
    completion: str | None = None
    change: str | None = None
    seen_updates: int | None = None


def next_action_status(current: ActionStatus, move: ActionMove) -> ActionStatus:
    """Return the status after a move.

    Raises:
        ActionMoveNotAllowedError: the table has no such move from the current status.
    """
    for transition in ACTION_TRANSITIONS:
        if transition.start is current and transition.move is move:
            return transition.end
    raise ActionMoveNotAllowedError(status=current.value, move=_MOVE_WORDS[move])


def moves_for(party: Party, current: ActionStatus) -> tuple[ActionMove, ...]:
    """Return the moves this side may make now, in the order of the table."""
    return tuple(one.move for one in ACTION_TRANSITIONS if one.start is current and MOVERS[one.move] is party)


def moved(action: TrackedAction, move: ActionMove, report: Report, at: datetime) -> TrackedAction:
    """Return the action after a move.

    Raises:
        StaleActionError: somebody reported on it since the person read it.
        ActionMoveNotAllowedError: its status does not allow the move.
        BadInputError: words are missing that the move needs, or nothing was written, or what was verified
            would be written over.
    """
    if report.seen_updates not in (None, action.updates):
        raise StaleActionError()
    status = next_action_status(action.status, move)
    completion = action.completion if report.completion is None else report.completion
    change = action.change if report.change is None else report.change
    if move in REASON_WANTED and not report.words.strip():
        raise BadInputError(REASON_WANTED[move])
    if move is ActionMove.FINISH and not completion.strip():
        raise BadInputError("Say what shows that it is done, then save again. What you wrote is still there.")
    same_texts = (completion, change) == (action.completion, action.change)
    if move is ActionMove.UPDATE and same_texts and not report.words.strip():
        raise BadInputError("There is nothing new to save. Write what has happened, then save again.")
    if action.status is ActionStatus.VERIFIED and completion != action.completion:
        raise BadInputError(
            "Scrutiny has verified this action by what was written then, so that text stays. "
            "Write what is new under what has happened."
        )
    closed_at = None if status is ActionStatus.OPEN else action.closed_at or at
    return replace(action, status=status, completion=completion, change=change, closed_at=closed_at)


def check_promise(stored: TrackedAction | None, wanted: Action, today: date) -> None:
    """Raise ``BadInputError`` where a promise may not be written like this.

    ``stored`` is None for a new action, which begins today.
    """
    if stored is not None and stored.status is not ActionStatus.OPEN:
        title = ACTION_STATUS_TITLES[stored.status].lower()
        raise BadInputError(
            f"The action for {wanted.question_id} is {title}, so what was promised stays as it is. "
            "Open it again on the Actions page first."
        )
    if stored is not None and stored.updates and wanted.is_empty:
        raise BadInputError(
            f"The action for {wanted.question_id} has updates, so it cannot be emptied. "
            "If it will not be done, drop it on the Actions page and say why."
        )
    began = today if stored is None else stored.began
    # A date that stands already may lie before a beginning that was taken over from an older database.
    is_new_date = stored is None or stored.due != wanted.due
    if is_new_date and wanted.due is not None and began is not None and wanted.due < began:
        raise BadInputError(
            f"The action for {wanted.question_id} would be due on {long_date(wanted.due)}, before it began on "
            f"{long_date(began)}. Choose a later date."
        )


def promise_words(action: Action) -> str:
    """Return a promise on one line, for the record of how it read before."""
    due = long_date(action.due) if action.due else "no date"
    return f"{action.what or 'no words'} ({action.owner or 'no owner'}; {due})"


def sample_of(actions: Iterable[TrackedAction], size: int, seed: str) -> list[TrackedAction]:
    """Return ``size`` completed actions chosen by chance, the same ones for the same seed.

    Each action has a rank that depends on the seed and itself alone, so verifying one changes nothing about
    the others, and a larger sample holds the smaller one.
    """
    completed = (one for one in actions if one.status in COMPLETED)
    return nsmallest(size, completed, key=lambda one: hashlib.sha256(f"{seed}/{one.id}".encode()).digest())
