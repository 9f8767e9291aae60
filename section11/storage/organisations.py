"""Organisations and their memberships of partnerships."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, func, insert, or_, select, update

from section11.domain.organisations import DutyBasis, Organisation
from section11.storage.tables import memberships, organisations


@dataclass(frozen=True, slots=True)
class Membership:
    """An organisation in a partnership, and on what basis."""

    organisation: Organisation
    partnership_id: str
    duty: DutyBasis


class OrganisationRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, organisation_id: str) -> Organisation | None:
        row = self._connection.execute(select(organisations).where(organisations.c.id == organisation_id)).one_or_none()
        return None if row is None else _organisation(row)

    def with_sites(self, organisation_ids: Iterable[str]) -> dict[str, Organisation]:
        """Return these organisations and the ones that have them as parent, by id."""
        wanted = sorted(organisation_ids)
        query = select(organisations).where(or_(organisations.c.id.in_(wanted), organisations.c.parent_id.in_(wanted)))
        return {row.id: _organisation(row) for row in self._connection.execute(query)}

    def all_by_id(self) -> dict[str, Organisation]:
        return {row.id: _organisation(row) for row in self._connection.execute(select(organisations))}

    def partnership_ids_of(self, organisation_id: str) -> frozenset[str]:
        query = select(memberships.c.partnership_id).where(memberships.c.organisation_id == organisation_id)
        return frozenset(self._connection.execute(query).scalars())

    def members(self, partnership_ids: Sequence[str] | frozenset[str]) -> list[Membership]:
        """Return the open and closed members of these partnerships, by name."""
        query: Select[tuple[object, ...]] = (
            select(organisations, memberships.c.partnership_id, memberships.c.duty)
            .join(memberships, memberships.c.organisation_id == organisations.c.id)
            .where(_is_in(partnership_ids))
            .order_by(organisations.c.name, organisations.c.id)
        )
        return [
            Membership(_organisation(row), row.partnership_id, DutyBasis(row.duty))
            for row in self._connection.execute(query)
        ]

    def count_members(self, partnership_ids: Iterable[str]) -> int:
        """Count the organisations in one or more of these partnerships."""
        query = select(func.count(memberships.c.organisation_id.distinct()))
        return int(self._connection.execute(query.where(_is_in(partnership_ids))).scalar_one())

    def add_all(self, new: Sequence[Membership]) -> None:
        """Add organisations with their membership."""
        if not new:
            return
        self._connection.execute(insert(organisations), [_values(item.organisation) for item in new])
        self.join_all(new)

    def join_all(self, new: Sequence[Membership]) -> None:
        """Make organisations that exist already members of a partnership."""
        if not new:
            return
        self._connection.execute(
            insert(memberships),
            [
                {
                    "organisation_id": item.organisation.id,
                    "partnership_id": item.partnership_id,
                    "duty": item.duty.value,
                }
                for item in new
            ],
        )

    def leave_all(self, partnership_id: str, organisation_ids: Sequence[str]) -> None:
        """End the membership of these organisations in a partnership."""
        self._connection.execute(
            delete(memberships).where(
                memberships.c.partnership_id == partnership_id, memberships.c.organisation_id.in_(organisation_ids)
            )
        )

    def remove(self, organisation_id: str) -> None:
        """Take away an organisation that nothing points at any more."""
        self._connection.execute(delete(organisations).where(organisations.c.id == organisation_id))

    def change(self, organisation: Organisation) -> None:
        self._connection.execute(
            update(organisations).where(organisations.c.id == organisation.id).values(_values(organisation))
        )


def _is_in(partnership_ids: Iterable[str]) -> ColumnElement[bool]:
    return memberships.c.partnership_id.in_(sorted(partnership_ids))


def _organisation(row: Row[tuple[object, ...]]) -> Organisation:
    return Organisation(
        id=row.id,
        name=row.name,
        type=row.type,
        urn=row.urn,
        ods_code=row.ods_code,
        parent_id=row.parent_id,
        is_open=row.is_open,
    )


def _values(organisation: Organisation) -> dict[str, object]:
    return {
        "id": organisation.id,
        "name": organisation.name,
        "type": organisation.type,
        "urn": organisation.urn,
        "ods_code": organisation.ods_code,
        "parent_id": organisation.parent_id,
        "is_open": organisation.is_open,
    }
