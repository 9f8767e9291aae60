"""Answers and actions: one row per question and assessment, with a version the database decides."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from section11.domain.answers import Action, Answer, Marker
from section11.storage.audit_trail import AuditTrail, ChangeWithEvent
from section11.storage.said import Group, count_what_was_said, what_was_said
from section11.storage.tables import actions, answers, assessments, good_practices
from section11.storage.texts import answers_to_read


class AnswerRepository:
    def __init__(self, connection: Connection, trail: AuditTrail) -> None:
        self._connection = connection
        self._trail = trail

    def of_assessment(self, assessment_id: str) -> dict[str, Answer]:
        rows = self._connection.execute(_OF_ASSESSMENT, {"this_assessment": assessment_id})
        return {row.question_id: answer_of(row) for row in rows}

    def to_read(
        self, assessment_ids: Collection[str], ratings: Collection[str] | None = None
    ) -> dict[str, dict[str, Answer]]:
        """Return answers by assessment id and question id, without who wrote them when and in which version.

        With ``ratings``, only the answers that are rated so.
        """
        return answers_to_read(self._connection, assessment_ids, ratings)

    def one(self, assessment_id: str, question_id: str) -> Answer | None:
        here = {"this_assessment": assessment_id, "this_question": question_id}
        row = self._connection.execute(_ONE, here).one_or_none()
        return None if row is None else answer_of(row)

    def in_cycle(self, cycle_id: str, statuses: Sequence[str]) -> dict[str, dict[str, Answer]]:
        """Return answers by assessment id and question id, of assessments in these statuses."""
        query = (
            select(answers)
            .join(assessments, assessments.c.id == answers.c.assessment_id)
            .where(assessments.c.cycle_id == cycle_id, assessments.c.status.in_(statuses))
        )
        found: dict[str, dict[str, Answer]] = {}
        for row in self._connection.execute(query).all():
            found.setdefault(row.assessment_id, {})[row.question_id] = answer_of(row)
        return found

    def to_question(self, cycle_id: str, question_id: str, statuses: Sequence[str]) -> dict[str, Answer]:
        """Return the answers to one question by assessment id, of assessments in these statuses."""
        query = (
            select(answers)
            .join(assessments, assessments.c.id == answers.c.assessment_id)
            .where(
                assessments.c.cycle_id == cycle_id,
                assessments.c.status.in_(statuses),
                answers.c.question_id == question_id,
            )
        )
        return {row.assessment_id: answer_of(row) for row in self._connection.execute(query)}

    def picked_in_cycle(self, cycle_id: str) -> dict[tuple[str, str], Answer]:
        """Return the answers that scrutiny picked as good practice, by assessment id and question id."""
        picked = good_practices.c
        here = (
            select(picked.assessment_id, picked.question_id)
            .join(assessments, assessments.c.id == picked.assessment_id)
            .where(assessments.c.cycle_id == cycle_id)
        )
        # Joined, every answer of the cycle would be looked up among those that were picked.
        query = select(answers).where(tuple_(answers.c.assessment_id, answers.c.question_id).in_(here))
        return {(row.assessment_id, row.question_id): answer_of(row) for row in self._connection.execute(query)}

    def what_was_said_in_cycle(self, cycle_id: str, statuses: Sequence[str]) -> dict[str, dict[str, Answer]]:
        """Return the same as ``in_cycle`` without texts and without who wrote them when, several times as fast."""
        here = assessments.c.cycle_id == cycle_id, assessments.c.status.in_(statuses)
        return what_was_said(self._connection, *here)

    def count_what_was_said(self, group_of: Mapping[str, Group]) -> dict[Group, list[tuple[Answer, int]]]:
        """Return each thing that is said to a question in the assessments of a group, and how many of them say it.

        ``group_of`` names the group by assessment id. What was entered or written is left out.
        """
        return count_what_was_said(self._connection, group_of)

    def save(self, assessment_id: str, answer: Answer, *, expected_version: int, event: Mapping[str, Any]) -> bool:
        """Write an answer and its event if its stored version is still the expected one; the database decides.

        ``event`` is what the audit trail is told: its moment and actor are those of the answer.

        Returns:
            False when somebody else saved in between; nothing is changed then.
        """
        stamp = {"version": expected_version + 1, "updated_at": event["at"], "updated_by": event["actor"]}
        values = _values(answer) | stamp
        if expected_version == 0:
            new = {"assessment_id": assessment_id, "question_id": answer.question_id, **values}
            dialect_insert = postgresql_insert if self._connection.dialect.name == "postgresql" else sqlite_insert
            first = dialect_insert(answers).values(new).on_conflict_do_nothing().returning(answers.c.version)
            if self._connection.execute(first).one_or_none() is None:
                return False
            self._trail.append(**event)
            return True
        here = {"this_assessment": assessment_id, "this_question": answer.question_id, "this_version": expected_version}
        changed = here | {f"changed_{name}": value for name, value in values.items()}
        return self._trail.append_with(_CHANGED, changed, **event)

    def save_all(self, assessment_id: str, wanted: Sequence[Answer], *, at: datetime, by: str) -> bool:
        """Write many answers of one assessment; the ``version`` of each is the one that is expected to be stored.

        Returns:
            False when somebody else saved one of them in between; leave without committing then.
        """
        stamp = {"updated_at": at, "updated_by": by}
        known = [
            {"known_question": one.question_id, "known_version": one.version}
            | {f"new_{name}": value for name, value in ({**_values(one), **stamp, "version": one.version + 1}).items()}
            for one in wanted
            if one.version > 0
        ]
        saved = self._update_all(assessment_id, known) if known else 0
        self.add_all([(assessment_id, one) for one in wanted if one.version == 0], at=at, by=by)
        return saved == len(known)

    def _update_all(self, assessment_id: str, rows: list[dict[str, object]]) -> int:
        names = [key.removeprefix("new_") for key in rows[0] if key.startswith("new_")]
        changed = self._connection.execute(
            update(answers)
            .where(
                answers.c.assessment_id == assessment_id,
                answers.c.question_id == bindparam("known_question"),
                answers.c.version == bindparam("known_version"),
            )
            .values({name: bindparam(f"new_{name}") for name in names}),
            rows,
        )
        return changed.rowcount

    def add_all(self, new: Sequence[tuple[str, Answer]], *, at: datetime, by: str) -> None:
        """Add first answers in bulk, as (assessment id, answer); for assessments that have none yet."""
        if not new:
            return
        self._connection.execute(
            insert(answers),
            [
                {
                    "assessment_id": assessment_id,
                    "question_id": answer.question_id,
                    **_values(answer),
                    "version": 1,
                    "updated_at": answer.updated_at or at,
                    "updated_by": answer.updated_by or by,
                }
                for assessment_id, answer in new
            ],
        )

    def remove_of(self, assessment_id: str) -> None:
        """Take away every answer of an assessment, as if nothing had been answered yet."""
        self._connection.execute(delete(answers).where(answers.c.assessment_id == assessment_id))

    def rest_on(self, cycle_id: str, organisation_id: str) -> bool:
        """Return whether an organisation has answers brought from this cycle that nobody has confirmed yet."""
        query = (
            select(answers.c.question_id)
            .join(assessments, assessments.c.id == answers.c.assessment_id)
            .where(answers.c.carried_from == cycle_id, assessments.c.organisation_id == organisation_id)
        )
        return self._connection.execute(query.limit(1)).first() is not None

    def actions_of(self, assessment_id: str) -> dict[str, Action]:
        rows = self._connection.execute(select(actions).where(actions.c.assessment_id == assessment_id))
        return {row.question_id: _action(row) for row in rows}

    def put_action(self, assessment_id: str, organisation_id: str, action: Action, *, began: date) -> None:
        """Write the action promised under a question; an empty one takes it away.

        What became of an action that is there already stays with it; ``began`` is for a new one.
        """
        here = (actions.c.assessment_id == assessment_id, actions.c.question_id == action.question_id)
        if action.is_empty:
            self._connection.execute(delete(actions).where(*here))
            return
        promise = {"what": action.what, "owner": action.owner, "due": action.due}
        changed = self._connection.execute(update(actions).where(*here).values(promise))
        if changed.rowcount == 0:
            self.add_actions([(assessment_id, organisation_id, action, began)])

    def add_actions(self, new: Sequence[tuple[str, str, Action, date]]) -> None:
        """Add actions in bulk, as (assessment id, organisation id, action, day it began)."""
        if not new:
            return
        self._connection.execute(
            insert(actions),
            [
                {
                    "assessment_id": assessment_id,
                    "organisation_id": organisation_id,
                    "question_id": action.question_id,
                    "what": action.what,
                    "owner": action.owner,
                    "due": action.due,
                    "began": began,
                }
                for assessment_id, organisation_id, action, began in new
            ],
        )


# Made once, because making them takes longer than running them.
_OF_ASSESSMENT = select(answers).where(answers.c.assessment_id == bindparam("this_assessment"))
_HERE = (answers.c.assessment_id == bindparam("this_assessment")) & (
    answers.c.question_id == bindparam("this_question")
)
_ONE = select(answers).where(_HERE)
_CHANGED = ChangeWithEvent(
    update(answers)
    .where(_HERE, answers.c.version == bindparam("this_version"))
    .values({one.name: bindparam(f"changed_{one.name}") for one in answers.c if one not in set(answers.primary_key)})
)


def _values(answer: Answer) -> dict[str, object]:
    return {
        "rating": answer.rating,
        "marker": answer.marker.value if answer.marker else None,
        "reason": answer.reason,
        "evidence": answer.evidence,
        "impact": answer.impact,
        "carried_from": answer.carried_from,
        "value": answer.value,
    }


def answer_of(row: Row[*tuple[Any, ...]]) -> Answer:
    """Return the answer that a row with every column of ``answers`` tells of."""
    return Answer(
        question_id=row.question_id,
        rating=row.rating,
        marker=Marker(row.marker) if row.marker else None,
        reason=row.reason,
        evidence=row.evidence,
        impact=row.impact,
        carried_from=row.carried_from,
        version=row.version,
        updated_at=row.updated_at,
        updated_by=row.updated_by,
        value=row.value,
    )


def _action(row: Row[tuple[object, ...]]) -> Action:
    return Action(question_id=row.question_id, what=row.what, owner=row.owner, due=row.due)
