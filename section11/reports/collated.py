"""What the figures of one cycle are counted from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from section11.domain.actions import TrackedAction
from section11.domain.answers import Answer
from section11.domain.cycles import Cycle
from section11.domain.moderation import Moderation, Seat
from section11.domain.organisations import DutyBasis, Organisation, OrganisationType
from section11.domain.standards import StandardsSet
from section11.domain.survey import SurveyShare
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
    judgements: Mapping[Seat, Mapping[str, Moderation]] = field(default_factory=dict)
    """What each of two moderators said before they agreed, by seat; empty with one, and until it is finished."""
    duty_by_partnership: Mapping[str, DutyBasis] = field(default_factory=dict)
    """The basis on which the organisation takes part in each of the cycle's partnerships that it is in."""
    survey: Mapping[str, SurveyShare] = field(default_factory=dict)
    """What staff say, by question id or arrangement: the organisation's own, or else everybody who was asked."""
    before_moderation: Mapping[str, Answer] | None = None
    """The organisation's own answers, where ``answers`` has what moderation came to."""

    @property
    def own_answers(self) -> Mapping[str, Answer]:
        """What the organisation says itself, whichever ratings are counted."""
        return self.answers if self.before_moderation is None else self.before_moderation

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
