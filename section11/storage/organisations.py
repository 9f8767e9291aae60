"""Organisations and their memberships of partnerships."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, or_, select, update

from section11.domain.organisations import DutyBasis, Organisation
from section11.storage.tables import memberships, organisations

_DUTIES = {one.value: one for one in DutyBasis}


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
        row = self._connection.execute(_organisations().where(organisations.c.id == organisation_id)).one_or_none()
        return None if row is None else Organisation(*row)

    def with_sites(self, organisation_ids: Iterable[str]) -> dict[str, Organisation]:
        """Return these organisations and the ones that have them as parent, by id."""
        wanted = sorted(organisation_ids)
        return self._by_id(
            _organisations().where(or_(organisations.c.id.in_(wanted), organisations.c.parent_id.in_(wanted)))
        )

    def by_ids(self, organisation_ids: Iterable[str]) -> dict[str, Organisation]:
        """Return these organisations by id."""
        return self._by_id(_organisations().where(organisations.c.id.in_(sorted(organisation_ids))))

    def all_by_id(self) -> dict[str, Organisation]:
        return self._by_id(_organisations())

    def _by_id(self, query: Select[Any]) -> dict[str, Organisation]:
        return {row[0]: Organisation(*row) for row in self._connection.execute(query).all()}

    def partnership_ids_of(self, organisation_id: str) -> frozenset[str]:
        query = select(memberships.c.partnership_id).where(memberships.c.organisation_id == organisation_id)
        return frozenset(self._connection.execute(query).scalars())

    def members(self, partnership_ids: Sequence[str] | frozenset[str]) -> list[Membership]:
        """Return the open and closed members of these partnerships, by name."""
        query = (
            _organisations(memberships.c.partnership_id, memberships.c.duty)
            .join(memberships, memberships.c.organisation_id == organisations.c.id)
            .where(_is_in(partnership_ids))
            .order_by(organisations.c.name, organisations.c.id)
        )
        return [
            Membership(Organisation(*row), partnership_id, _DUTIES[duty])
            for *row, partnership_id, duty in self._connection.execute(query).all()
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


def _organisations(*beside: ColumnElement[Any]) -> Select[Any]:
    """Select what an ``Organisation`` is made of, in the order of its parts: lists read thousands of them."""
    return select(*(organisations.c[part.name] for part in fields(Organisation)), *beside)


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
