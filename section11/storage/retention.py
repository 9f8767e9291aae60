"""Keeping and deleting: the rules of each partnership, and taking away returns and evidence whose time is over."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, func, insert, select, update

from section11.domain.actions import ActionStatus
from section11.domain.evidence import ScanState
from section11.domain.queries import QuerySide
from section11.storage.tables import (
    action_updates,
    actions,
    answer_evidence,
    assessments,
    evidence_items,
    evidence_revisions,
    metadata,
    queries,
    retention_rules,
)


class RetentionRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rules(self) -> dict[str, dict[str, int]]:
        """Return the years each partnership keeps things, by rule and then by partnership id."""
        found: dict[str, dict[str, int]] = {}
        for row in self._connection.execute(select(retention_rules)):
            found.setdefault(row.rule, {})[row.partnership_id] = row.years
        return found

    def rules_of(self, partnership_id: str) -> dict[str, int]:
        query = select(retention_rules).where(retention_rules.c.partnership_id == partnership_id)
        return {row.rule: row.years for row in self._connection.execute(query)}

    def put_rules(self, partnership_id: str, years_by_rule: Mapping[str, int]) -> None:
        """Write a partnership's rules in place of those it had."""
        self._connection.execute(delete(retention_rules).where(retention_rules.c.partnership_id == partnership_id))
        rows = [
            {"partnership_id": partnership_id, "rule": rule, "years": years} for rule, years in years_by_rule.items()
        ]
        if rows:
            self._connection.execute(insert(retention_rules), rows)

    def with_open_actions(self, cycle_id: str) -> set[str]:
        """Return the ids of the returns of a cycle that have an action somebody still works on."""
        query = select(actions.c.assessment_id).join(assessments, assessments.c.id == actions.c.assessment_id)
        wanted = query.where(assessments.c.cycle_id == cycle_id, actions.c.status == ActionStatus.OPEN.value)
        return set(self._connection.execute(wanted.distinct()).scalars())

    def under_query(self, cycle_id: str) -> set[str]:
        """Return the ids of the returns of a cycle in which scrutiny asked something last and waits for a reply."""
        latest = (
            select(func.max(queries.c.id))
            .join(assessments, assessments.c.id == queries.c.assessment_id)
            .where(assessments.c.cycle_id == cycle_id, queries.c.side == QuerySide.SHARED.value)
            .group_by(queries.c.assessment_id, queries.c.question_id)
        )
        query = select(queries.c.assessment_id).where(queries.c.id.in_(latest), queries.c.by_scrutiny.is_(True))
        return set(self._connection.execute(query.distinct()).scalars())

    def remove_return(self, assessment_id: str) -> None:
        """Take away a return with everything that hangs on it, in whichever table; its stream of events stays."""
        of_return = select(actions.c.id).where(actions.c.assessment_id == assessment_id)
        self._connection.execute(delete(action_updates).where(action_updates.c.action_id.in_(of_return)))
        for table in reversed(metadata.sorted_tables):
            if "assessment_id" in table.c:
                self._connection.execute(delete(table).where(table.c.assessment_id == assessment_id))
        self._connection.execute(delete(assessments).where(assessments.c.id == assessment_id))

    def with_evidence(self, organisation_ids: Collection[str]) -> list[str]:
        """Return those of the organisations that keep any evidence, in order of their ids."""
        of_items = evidence_items.c.organisation_id
        found = self._connection.execute(select(of_items).distinct().order_by(of_items)).scalars()
        return [one for one in found if one in organisation_ids]

    def remove_files_of(self, item_id: str) -> None:
        """Say that the files of an item are no longer kept. Their hashes stay: what was signed tells of them."""
        self._connection.execute(
            update(evidence_revisions)
            .where(evidence_revisions.c.item_id == item_id)
            .values(scan=ScanState.REMOVED.value, size=0, file_name="")
        )

    def remove_item(self, item_id: str) -> None:
        """Take away a piece of evidence that no return has."""
        self._connection.execute(delete(answer_evidence).where(answer_evidence.c.item_id == item_id))
        self._connection.execute(delete(evidence_revisions).where(evidence_revisions.c.item_id == item_id))
        self._connection.execute(delete(evidence_items).where(evidence_items.c.id == item_id))

    def needed_files(self) -> set[str]:
        """Return the SHA-256 of every file that some piece of evidence still has, whosever it is."""
        columns = evidence_revisions.c
        query = select(columns.sha256).where(columns.sha256 != "", columns.scan != ScanState.REMOVED.value)
        return set(self._connection.execute(query.distinct()).scalars())
