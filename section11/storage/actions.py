"""Actions after they were promised: finding them over all cycles, and what was reported about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, insert, select, update

from section11.domain.actions import ActionStatus, ActionUpdate, TrackedAction
from section11.storage.tables import action_updates, actions, assessments


class ActionRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, action_id: int) -> TrackedAction | None:
        row = self._connection.execute(_with_reports().where(actions.c.id == action_id)).one_or_none()
        return None if row is None else _action(row)

    def under(self, assessment_id: str, question_id: str) -> TrackedAction | None:
        """Return the action promised under a question of an assessment."""
        query = _with_reports().where(actions.c.assessment_id == assessment_id, actions.c.question_id == question_id)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _action(row)

    def of_assessment(self, assessment_id: str) -> dict[str, TrackedAction]:
        """Return the actions promised in one assessment, by question id."""
        rows = self._connection.execute(_with_reports().where(actions.c.assessment_id == assessment_id))
        return {action.question_id: action for action in map(_action, rows)}

    def of_organisations(self, organisation_ids: Iterable[str]) -> list[TrackedAction]:
        """Return the actions of these organisations over all cycles, in no order."""
        rows = self._connection.execute(_with_reports().where(actions.c.organisation_id.in_(sorted(organisation_ids))))
        return [_action(row) for row in rows]

    def in_cycle(self, cycle_id: str, statuses: Sequence[str]) -> dict[str, dict[str, TrackedAction]]:
        """Return actions by assessment id and question id, of assessments in these statuses."""
        reported = self._reported_in(cycle_id)
        query = select(actions.c.id, *_PARTS).join(assessments, assessments.c.id == actions.c.assessment_id)
        found: dict[str, dict[str, TrackedAction]] = {}
        for action_id, *parts in self._connection.execute(query.where(*_here(cycle_id, statuses))).all():
            action = _action((*parts, *reported.get(action_id, (0, None))))
            found.setdefault(action.assessment_id, {})[action.question_id] = action
        return found

    def promised_in_cycle(self, cycle_id: str, statuses: Sequence[str]) -> dict[str, dict[str, TrackedAction]]:
        """Return the same as ``in_cycle`` without anything that was reported, several times as fast.

        What was promised is in it, and the status with the moment it was closed; that is what figures are made of.
        """
        query = _promised().join(assessments, assessments.c.id == actions.c.assessment_id)
        return self._by_return(query.where(*_here(cycle_id, statuses)))

    def promised_in(self, assessment_ids: Collection[str]) -> dict[str, dict[str, TrackedAction]]:
        """Return the same of these assessments."""
        return self._by_return(_promised().where(actions.c.assessment_id.in_(sorted(assessment_ids))))

    def _by_return(self, promised: Select[Any]) -> dict[str, dict[str, TrackedAction]]:
        found: dict[str, dict[str, TrackedAction]] = {}
        for of, question_id, what, owner, due, status, closed_at in self._connection.execute(promised).all():
            found.setdefault(of, {})[question_id] = TrackedAction(
                question_id, what, owner, due, assessment_id=of, status=_STATUSES[status], closed_at=closed_at
            )
        return found

    def _reported_in(self, cycle_id: str) -> dict[int, tuple[int, datetime]]:
        """Return by action id how much was reported about the actions of a cycle, and when last."""
        mine = action_updates.c
        query = (
            select(mine.action_id, func.count(), func.max(mine.at))
            .join(actions, actions.c.id == mine.action_id)
            .join(assessments, assessments.c.id == actions.c.assessment_id)
            .where(assessments.c.cycle_id == cycle_id)
            .group_by(mine.action_id)
        )
        return {action_id: (number, latest) for action_id, number, latest in self._connection.execute(query).all()}

    def change_all(self, changed: Sequence[TrackedAction]) -> None:
        """Write the status and what became of these actions; what was promised is not touched."""
        if not changed:
            return
        names = ("status", "closed_at", "completion", "change")
        self._connection.execute(
            update(actions)
            .where(actions.c.id == bindparam("action"))
            .values({name: bindparam(f"new_{name}") for name in names}),
            [{"action": one.id, **{f"new_{name}": getattr(one, name) for name in names}} for one in changed],
        )

    def add_updates(self, reported: Sequence[ActionUpdate]) -> None:
        """Add what was reported, the earliest first."""
        if not reported:
            return
        self._connection.execute(
            insert(action_updates),
            [
                {
                    "action_id": one.action_id,
                    "at": one.at,
                    "by": one.by,
                    "status": one.status.value,
                    "words": one.words,
                }
                for one in reported
            ],
        )

    def updates_of(self, action_ids: Iterable[int]) -> dict[int, list[ActionUpdate]]:
        """Return what was reported about these actions by action id, the latest first."""
        query = (
            select(action_updates)
            .where(action_updates.c.action_id.in_(sorted(action_ids)))
            .order_by(action_updates.c.id.desc())
        )
        found: dict[int, list[ActionUpdate]] = {}
        for row in self._connection.execute(query).all():
            reported = ActionUpdate(row.action_id, row.at, row.by, ActionStatus(row.status), row.words)
            found.setdefault(row.action_id, []).append(reported)
        return found


_STATUSES = {status.value: status for status in ActionStatus}


def _here(cycle_id: str, statuses: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    return assessments.c.cycle_id == cycle_id, assessments.c.status.in_(statuses)


def _promised() -> Select[Any]:
    names = ("assessment_id", "question_id", "what", "owner", "due", "status", "closed_at")
    return select(*(actions.c[name] for name in names))


_PARTS = [actions.c[part.name] for part in fields(TrackedAction)[:-2]]
"""What an action is made of, in the order of its parts, as lists read thousands; then comes what was reported."""
_STATUS = next(place for place, part in enumerate(_PARTS) if part is actions.c.status)


def _with_reports() -> Select[Any]:
    # Asked for each action: counted for all at once, everything ever reported would be read for any one of them.
    mine = action_updates.c.action_id == actions.c.id
    count = select(func.count()).where(mine).scalar_subquery()
    latest = select(func.max(action_updates.c.at)).where(mine).scalar_subquery()
    return select(*_PARTS, count, latest)


def _action(parts: Iterable[Any]) -> TrackedAction:
    values = list(parts)
    values[_STATUS] = _STATUSES[values[_STATUS]]
    return TrackedAction(*values)
