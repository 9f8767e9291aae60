"""Cycles: the yearly or two-yearly rounds, and which set each kind of organisation answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

EVERY_TYPE = "*"


class CycleStatus(StrEnum):
    PREPARING = "preparing"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Cycle:
    """One round. ``set_ids_by_type`` maps an organisation type, or ``*`` for every other, to a set id."""

    id: str
    name: str
    due: date
    status: CycleStatus
    partnership_ids: frozenset[str]
    set_ids_by_type: Mapping[str, str]
    audit_name: str = "Section 11 audit"
    moderators_per_return: int = 1
    """One, or two who judge without seeing each other's judgements until both are done."""

    removed_returns: int = 0
    """Returns that went when their time was over; figures are of those that are left."""

    def set_id_for(self, organisation_type: str) -> str | None:
        """Return the set an organisation of this type answers, or None when it is not asked."""
        return self.set_ids_by_type.get(organisation_type, self.set_ids_by_type.get(EVERY_TYPE))
