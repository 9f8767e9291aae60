"""Queries: a thread of messages on an answer, with a side that only scrutiny sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LONGEST_MESSAGE = 4_000
"""Characters in one message."""


class QuerySide(StrEnum):
    SHARED = "shared"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Query:
    """One message. ``id`` rises within an assessment, so threads are in order of it."""

    id: int
    assessment_id: str
    question_id: str
    side: QuerySide
    at: datetime
    by: str
    by_scrutiny: bool
    words: str
