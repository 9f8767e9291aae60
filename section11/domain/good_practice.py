"""Good practice: an answer that scrutiny picked, as others can learn from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class GoodPractice:
    """One answer, by its return and question. ``why`` says what others can learn; ``by`` is a person's id."""

    assessment_id: str
    question_id: str
    why: str
    at: datetime
    by: str
