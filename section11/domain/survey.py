"""What staff said in a survey: how many agree, out of how many who answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
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


def shares_for(
    results: Iterable[SurveyResult], organisation_id: str, partnership_ids: Collection[str]
) -> dict[str, SurveyShare]:
    """Return what staff of an organisation say, by subject; where they were not asked, what all say around it.

    ``partnership_ids`` are those the organisation is in. Results of several partnerships are added up.
    """
    own: dict[str, SurveyShare] = {}
    around: dict[str, SurveyShare] = {}
    for one in results:
        if one.partnership_id not in partnership_ids or one.organisation_id not in (None, organisation_id):
            continue
        found = around if one.organisation_id is None else own
        before = found.get(one.subject, SurveyShare(0, 0))
        is_own = one.organisation_id is not None
        found[one.subject] = SurveyShare(before.agree + one.agree, before.responses + one.responses, is_own)
    return around | own
