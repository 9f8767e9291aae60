"""What staff said in a survey: how many agree, out of how many who answered."""

from __future__ import annotations

from dataclasses import dataclass

FEWEST_RESPONSES = 5
"""Fewer answers than this are not used: they say little, and could tell who said what."""


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """One line of a survey, as it is kept. ``subject`` is a question id or the key of an arrangement.

    Without ``organisation_id`` it is of everybody who was asked in the partnership.
    """

    partnership_id: str
    organisation_id: str | None
    subject: str
    agree: int
    responses: int

    @property
    def key(self) -> tuple[str, str, str]:
        return self.partnership_id, self.organisation_id or "", self.subject


@dataclass(frozen=True, slots=True)
class SurveyShare:
    """How many agree, of how many who answered; ``is_own`` unless it is of the whole partnership."""

    agree: int
    responses: int
    is_own: bool = True

    @property
    def percent(self) -> float:
        """0 to 100; there is always at least one response."""
        return self.agree * 100 / self.responses

    @property
    def is_usable(self) -> bool:
        return self.responses >= FEWEST_RESPONSES
