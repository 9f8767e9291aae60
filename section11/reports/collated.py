"""What the figures of one cycle are counted from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from section11.domain.actions import TrackedAction
from section11.domain.answers import Answer
from section11.domain.cycles import Cycle
from section11.domain.moderation import Moderation
from section11.domain.organisations import DutyBasis, Organisation, OrganisationType
from section11.domain.standards import StandardsSet
from section11.domain.workflow import RETURNED, AssessmentStatus


@dataclass(frozen=True)
class CollatedReturn:
    """One expected return. ``answers`` and ``actions`` are empty until the return counts (see ``counts``)."""

    assessment_id: str
    organisation: Organisation
    organisation_type: OrganisationType
    duty: DutyBasis
    status: AssessmentStatus
    standards_set: StandardsSet
    signed_at: datetime | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    actions: Mapping[str, TrackedAction] = field(default_factory=dict)
    outcomes: Mapping[str, Moderation] = field(default_factory=dict)
    """What moderation came to, by question id; empty until it is finished."""

    @property
    def counts(self) -> bool:
        """Whether its answers may be looked at and counted: only once it has been returned."""
        return self.status in RETURNED


@dataclass(frozen=True)
class CollatedCycle:
    """A cycle with every return expected in it; ``taken_at`` is when this was read, in UTC."""

    cycle: Cycle
    returns: tuple[CollatedReturn, ...]
    taken_at: datetime
    partnership_name: str = ""
    is_demo: bool = False
