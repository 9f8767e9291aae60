"""What became of the actions of the fictional rounds that are over: most are done, some are late, a few dropped."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from section11.domain.actions import ActionStatus, ActionUpdate, TrackedAction
from section11.domain.people import Role
from section11.domain.workflow import RETURNED
from section11.services.demo.people import person_id_of
from section11.services.demo.rounds import Round, morning
from section11.services.trail import assessment_stream
from section11.storage.unit_of_work import UnitOfWork

_BEGUN = (
    "The first half is done; the rest waits for the new budget year.",
    "A date is set and the people concerned have been told.",
    "Delayed while the post was empty. It is filled now.",
)
_SHOWN = (
    "The minutes of the meeting that agreed it.",
    "The training register, with dates and posts.",
    "The revised policy and its date of approval.",
    "A sample of ten records, with what was found in them.",
)
_CHANGED = (
    "Children we asked say that they know whom to tell.",
    "Concerns are passed on within a day; a year ago it took a week.",
    "Too early to say. We will ask the children's panel in the autumn.",
    "",
)
_DROPPED = ("The service has moved to another provider.", "Taken up by an action of the whole group.")
_CHECKED = ("Seen at a visit.", "Read the register and two files.")
VERIFIED, DONE, DROPPED, BEGUN = 0.3, 0.65, 0.73, 0.85
"""Of actions whose day has passed: up to which share they are verified, done, dropped, or begun and overdue."""


def add_outcomes(
    work: UnitOfWork,
    finished: Round,
    contributor_of: Callable[[str], str],
    rng_for: Callable[[str], random.Random],
    *,
    now: datetime,
) -> None:
    """Write what became of every action promised in a round that is over, with one event for each return.

    ``contributor_of`` gives the person who reports for an organisation, by its id.
    """
    actions: list[TrackedAction] = []
    updates: list[ActionUpdate] = []
    found = work.actions.in_cycle(finished.cycle.id, sorted(status.value for status in RETURNED))
    for assessment_id, by_question in sorted(found.items()):
        rng = rng_for(assessment_id)
        by = ""
        before = len(updates)
        for action in by_question.values():
            by = contributor_of(action.organisation_id)
            outcome, told = _outcome(rng, action, by, now)
            actions.append(outcome)
            updates += told
        if len(updates) > before:
            details = {"source": "demo", "updates": len(updates) - before}
            at = max(one.at for one in updates[before:])
            work.audit_trail.append(
                assessment_stream(assessment_id), at=at, actor=by, name="actions_imported", details=details
            )
    work.actions.change_all(actions)
    work.actions.add_updates(updates)


def _outcome(
    rng: random.Random, action: TrackedAction, by: str, now: datetime
) -> tuple[TrackedAction, list[ActionUpdate]]:
    chance, yesterday = rng.random(), now - timedelta(days=1)
    if action.due is None or morning(action.due) > yesterday:
        return action, []
    begun_at = min(morning(action.due) - timedelta(days=rng.randint(5, 25)), yesterday)
    begun = ActionUpdate(action.id, begun_at, by, ActionStatus.OPEN, rng.choice(_BEGUN))
    if chance >= DROPPED:
        return action, [begun] if chance < BEGUN else []
    closed_at = min(morning(action.due) + timedelta(days=rng.randint(-4, 40)), yesterday)
    if chance >= DONE:
        dropped = ActionUpdate(action.id, closed_at, by, ActionStatus.DROPPED, rng.choice(_DROPPED))
        return replace(action, status=ActionStatus.DROPPED, closed_at=closed_at), [dropped]
    done = replace(
        action,
        status=ActionStatus.DONE,
        closed_at=closed_at,
        completion=rng.choice(_SHOWN),
        change=rng.choice(_CHANGED),
    )
    told = [begun, ActionUpdate(action.id, closed_at, by, ActionStatus.DONE, "")]
    if chance >= VERIFIED:
        return done, told
    checked_at = min(closed_at + timedelta(days=rng.randint(10, 60)), now)
    scrutiny = person_id_of(Role.SCRUTINY_LEAD)
    checked = ActionUpdate(action.id, checked_at, scrutiny, ActionStatus.VERIFIED, rng.choice(_CHECKED))
    return replace(done, status=ActionStatus.VERIFIED), [*told, checked]
