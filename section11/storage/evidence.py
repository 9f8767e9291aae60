"""Evidence: items with all their revisions, and the questions they are attached to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update

from section11.domain.evidence import Description, EvidenceItem, EvidenceKind, Revision, ScanState
from section11.domain.snapshots import SignedEvidence
from section11.storage.tables import answer_evidence, assessments, evidence_items, evidence_revisions, organisations


@dataclass(frozen=True, slots=True, order=True)
class EvidenceUse:
    """A question of a return that a piece of evidence is attached to."""

    assessment_id: str
    question_id: str


class EvidenceRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock_organisation(self, organisation_id: str) -> None:
        """Hold the organisation until the transaction ends, so that numbers and sizes are counted one at a time.

        Rows that only point to the organisation can still be added. SQLite has one writer anyway and ignores this.
        """
        row = select(organisations.c.id).where(organisations.c.id == organisation_id).with_for_update(key_share=True)
        self._connection.execute(row)

    def count(self, organisation_id: str) -> int:
        query = select(func.count()).where(evidence_items.c.organisation_id == organisation_id)
        return int(self._connection.execute(query).scalar_one())

    def sizes(self, organisation_id: str) -> list[int]:
        """Return the size of each revision the organisation keeps."""
        query = (
            select(evidence_revisions.c.size)
            .join(evidence_items, evidence_items.c.id == evidence_revisions.c.item_id)
            .where(evidence_items.c.organisation_id == organisation_id)
        )
        return list(self._connection.execute(query).scalars())

    def bytes_in_all(self) -> int:
        """Return the size of every revision of every organisation together."""
        return int(self._connection.execute(select(func.coalesce(func.sum(evidence_revisions.c.size), 0))).scalar_one())

    def get(self, item_id: str) -> EvidenceItem | None:
        return next(iter(self._items(evidence_items.c.id == item_id)), None)

    def of_organisation(self, organisation_id: str) -> list[EvidenceItem]:
        """Return what an organisation keeps, by title."""
        return self._items(evidence_items.c.organisation_id == organisation_id)

    def of_assessment(self, assessment_id: str) -> dict[str, tuple[EvidenceItem, ...]]:
        """Return what is attached to a return, by question id and title."""
        links = self._connection.execute(
            select(answer_evidence.c.question_id, answer_evidence.c.item_id).where(
                answer_evidence.c.assessment_id == assessment_id
            )
        ).all()
        attached: dict[str, tuple[EvidenceItem, ...]] = {}
        if links:
            for item in self._items(evidence_items.c.id.in_({link.item_id for link in links})):
                for link in links:
                    if link.item_id == item.id:
                        attached[link.question_id] = (*attached.get(link.question_id, ()), item)
        return attached

    def questions_with_evidence(self, assessment_ids: Collection[str]) -> dict[str, frozenset[str]]:
        """Return the ids of the questions that have something attached, by assessment id."""
        query = select(answer_evidence.c.assessment_id, answer_evidence.c.question_id).distinct()
        found: dict[str, set[str]] = {}
        for row in self._connection.execute(query.where(answer_evidence.c.assessment_id.in_(sorted(assessment_ids)))):
            found.setdefault(row.assessment_id, set()).add(row.question_id)
        return {assessment_id: frozenset(question_ids) for assessment_id, question_ids in found.items()}

    def signed_of(self, assessment_id: str) -> dict[str, tuple[SignedEvidence, ...]]:
        """Return what is attached to a return, in the revisions there were when it was signed, by question id."""
        return self._signed(answer_evidence.c.assessment_id == assessment_id).get(assessment_id, {})

    def signed_in_cycle(
        self, cycle_id: str, statuses: Sequence[str]
    ) -> dict[str, dict[str, tuple[SignedEvidence, ...]]]:
        """Return the same for the assessments of a cycle in these statuses, by assessment id and question id."""
        return self._signed((assessments.c.cycle_id == cycle_id) & assessments.c.status.in_(statuses))

    def uses(self, item_ids: Iterable[str]) -> dict[str, list[EvidenceUse]]:
        """Return where items are attached, by item id."""
        query = select(answer_evidence).where(answer_evidence.c.item_id.in_(sorted(item_ids)))
        found: dict[str, list[EvidenceUse]] = {}
        for row in self._connection.execute(query).all():
            found.setdefault(row.item_id, []).append(EvidenceUse(row.assessment_id, row.question_id))
        return {item_id: sorted(uses) for item_id, uses in found.items()}

    def add(self, item: EvidenceItem) -> None:
        """Add an item with its first revision."""
        self._connection.execute(
            insert(evidence_items).values(
                id=item.id,
                organisation_id=item.organisation_id,
                kind=item.kind.value,
                title=item.title,
                dated=item.dated,
                expires=item.expires,
            )
        )
        self.add_revision(item.id, item.latest)

    def add_revision(self, item_id: str, revision: Revision) -> None:
        self._connection.execute(
            insert(evidence_revisions).values(
                item_id=item_id,
                number=revision.number,
                url=revision.url,
                sha256=revision.sha256,
                size=revision.size,
                media_type=revision.media_type,
                file_name=revision.file_name,
                scan=revision.scan.value,
                added_at=revision.added_at,
                added_by=revision.added_by,
            )
        )

    def describe(self, item_id: str, description: Description) -> None:
        self._connection.execute(
            update(evidence_items)
            .where(evidence_items.c.id == item_id)
            .values(title=description.title, dated=description.dated, expires=description.expires)
        )

    def set_scan(self, item_id: str, number: int, scan: ScanState) -> bool:
        """Settle a revision that was held; False when somebody else settled it already."""
        settled = self._connection.execute(
            update(evidence_revisions)
            .where(
                evidence_revisions.c.item_id == item_id,
                evidence_revisions.c.number == number,
                evidence_revisions.c.scan == ScanState.HELD.value,
            )
            .values(scan=scan.value)
        )
        return settled.rowcount == 1

    def attach(self, assessment_id: str, question_id: str, item_id: str) -> bool:
        """Attach an item to a question; False when it is attached already."""
        if self._connection.execute(select(answer_evidence).where(*_link(assessment_id, question_id, item_id))).first():
            return False
        values = {"assessment_id": assessment_id, "question_id": question_id, "item_id": item_id}
        self._connection.execute(insert(answer_evidence).values(values))
        return True

    def detach(self, assessment_id: str, question_id: str, item_id: str) -> bool:
        """Take an item from a question; the item stays. False when it was not attached."""
        gone = self._connection.execute(delete(answer_evidence).where(*_link(assessment_id, question_id, item_id)))
        return gone.rowcount == 1

    def _signed(self, condition: ColumnElement[bool]) -> dict[str, dict[str, tuple[SignedEvidence, ...]]]:
        links, revisions = answer_evidence.c, evidence_revisions.c
        place = (links.assessment_id, links.question_id, links.item_id)
        query = (
            select(*place, func.max(revisions.number).label("revision"))
            .join(assessments, assessments.c.id == links.assessment_id)
            .join(evidence_revisions, revisions.item_id == links.item_id)
            .where(condition, revisions.added_at <= assessments.c.signed_at)
            .group_by(*place)
        )
        found: dict[str, dict[str, tuple[SignedEvidence, ...]]] = {}
        for row in sorted(self._connection.execute(query), key=lambda one: one.item_id):
            of_return = found.setdefault(row.assessment_id, {})
            kept = SignedEvidence(row.item_id, row.revision)
            of_return[row.question_id] = (*of_return.get(row.question_id, ()), kept)
        return found

    def _items(self, condition: ColumnElement[bool]) -> list[EvidenceItem]:
        query = (
            select(evidence_items, *(one for one in evidence_revisions.c if one.name != "item_id"))
            .join(evidence_revisions, evidence_revisions.c.item_id == evidence_items.c.id)
            .where(condition)
            .order_by(evidence_revisions.c.number)
        )
        rows: dict[str, list[Row[tuple[object, ...]]]] = {}
        for row in self._connection.execute(query).all():
            rows.setdefault(row.id, []).append(row)
        return sorted((_item(found) for found in rows.values()), key=lambda one: (one.title.casefold(), one.id))


def _link(assessment_id: str, question_id: str, item_id: str) -> tuple[ColumnElement[bool], ...]:
    return (
        answer_evidence.c.assessment_id == assessment_id,
        answer_evidence.c.question_id == question_id,
        answer_evidence.c.item_id == item_id,
    )


def _item(rows: list[Row[tuple[object, ...]]]) -> EvidenceItem:
    first = rows[0]
    return EvidenceItem(
        id=first.id,
        organisation_id=first.organisation_id,
        kind=EvidenceKind(first.kind),
        title=first.title,
        dated=first.dated,
        expires=first.expires,
        revisions=tuple(
            Revision(
                number=row.number,
                added_at=row.added_at,
                added_by=row.added_by,
                url=row.url,
                sha256=row.sha256,
                size=row.size,
                media_type=row.media_type,
                file_name=row.file_name,
                scan=ScanState(row.scan),
            )
            for row in rows
        ),
    )
