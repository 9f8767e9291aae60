"""Giving a return back to its organisation: handed back for more work, or reopened, with a reason and the questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from section11.domain.standards import Standard


class HandBackKind(StrEnum):
    HAND_BACK = "hand_back"
    REOPEN = "reopen"


HAND_BACK_TITLES: dict[HandBackKind, str] = {
    HandBackKind.HAND_BACK: "Handed back by scrutiny",
    HandBackKind.REOPEN: "Reopened by scrutiny",
}


@dataclass(frozen=True, slots=True)
class HandBack:
    """One time that scrutiny gave a return back. ``number`` counts from 1 within the assessment.

    ``question_ids`` are in the order of the form, and empty when the reason concerns the whole return.
    """

    assessment_id: str
    number: int
    kind: HandBackKind
    at: datetime
    by: str
    reason: str
    question_ids: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return HAND_BACK_TITLES[self.kind]


def concerned_first(standards: Sequence[Standard], hand_back: HandBack | None) -> list[Standard]:
    """Return the standards with those first whose questions the hand-back is about."""
    concerned = set(hand_back.question_ids) if hand_back else set()
    return sorted(standards, key=lambda one: not any(question.id in concerned for question in one.questions))
