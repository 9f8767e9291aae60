"""The part of a cycle that figures are made of: which organisations, and whose ratings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from section11.domain.answers import Answer, Marker
from section11.domain.moderation import Moderation
from section11.domain.organisations import DutyBasis
from section11.reports.collated import CollatedCycle, CollatedReturn


class RatingsBy(StrEnum):
    """Whose ratings are counted."""

    ORGANISATION = "self"
    MODERATION = "moderated"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which returns are kept; what is empty keeps all. ``types`` are organisation types by key."""

    partnership_id: str = ""
    types: frozenset[str] = frozenset()
    duties: frozenset[DutyBasis] = frozenset()
    ratings_by: RatingsBy = RatingsBy.ORGANISATION

    @property
    def is_everything(self) -> bool:
        return self == ALL_RETURNS

    def as_address(self) -> dict[str, list[str]]:
        """Return what an address says about the selection; nothing for everything."""
        said = {
            PARTNERSHIP: [self.partnership_id] if self.partnership_id else [],
            TYPE: sorted(self.types),
            DUTY: sorted(one.value for one in self.duties),
            RATINGS: [self.ratings_by.value] if self.ratings_by is not RatingsBy.ORGANISATION else [],
        }
        return {name: values for name, values in said.items() if values}


# By identity: read without texts, an answer and what moderation came to stand in many returns.
_Known = dict[tuple[int, int], Answer]
ALL_RETURNS = Selection()
PARTNERSHIP, TYPE, DUTY, RATINGS = "partnership", "type", "duty", "ratings"
"""The names of a selection's parts in an address."""


def selection_from(values_of: Callable[[str], Sequence[str]]) -> Selection:
    """Return the selection an address asks for; ``values_of`` gives its values by name. Unknown values ask nothing."""
    duties = {one.value: one for one in DutyBasis}
    ratings = {one.value: one for one in RatingsBy}
    partnerships = list(values_of(PARTNERSHIP))
    return Selection(
        partnership_id=partnerships[0] if partnerships else "",
        types=frozenset(values_of(TYPE)),
        duties=frozenset(duties[one] for one in values_of(DUTY) if one in duties),
        ratings_by=next((ratings[one] for one in values_of(RATINGS) if one in ratings), RatingsBy.ORGANISATION),
    )


def selected(collated: CollatedCycle, selection: Selection) -> CollatedCycle:
    """Return the cycle with the chosen returns alone.

    With moderated ratings only returns whose moderation is finished are left, and their answers say what moderation
    came to: its rating, or "not applicable" where it says that no rating belongs there.
    """
    if selection.is_everything:
        return collated
    kept = [_in_partnership(each, selection.partnership_id) for each in collated.returns]
    kept = [each for each in kept if each is not None and _is_kept(each, selection)]
    if selection.ratings_by is RatingsBy.MODERATION:
        known: _Known = {}
        kept = [_return_as_moderated(each, known) for each in kept if each is not None and each.outcomes]
    return replace(collated, returns=tuple(each for each in kept if each is not None))


def _in_partnership(each: CollatedReturn, partnership_id: str) -> CollatedReturn | None:
    if not partnership_id:
        return each
    duty = each.duty_by_partnership.get(partnership_id)
    return None if duty is None else replace(each, duty=duty)


def _is_kept(each: CollatedReturn, selection: Selection) -> bool:
    is_of_type = not selection.types or each.organisation_type.key in selection.types
    return is_of_type and (not selection.duties or each.duty in selection.duties)


def _return_as_moderated(each: CollatedReturn, known: _Known) -> CollatedReturn:
    answers = {**each.answers, **_moderated_answers(each.answers, each.outcomes, known)}
    return replace(each, answers=answers, before_moderation=each.answers)


def _moderated_answers(
    answers: Mapping[str, Answer], outcomes: Mapping[str, Moderation], known: _Known
) -> dict[str, Answer]:
    found = {}
    for question_id, outcome in outcomes.items():
        own = answers.get(question_id)
        key = (id(own), id(outcome))
        if key not in known:
            known[key] = as_moderated(own or Answer(question_id), outcome)
        found[question_id] = known[key]
    return found


def as_moderated(own: Answer, outcome: Moderation) -> Answer:
    """Return an answer with what moderation came to in place of what the organisation chose."""
    marker = Marker.NOT_APPLICABLE if outcome.rating is None else None
    return replace(own, rating=outcome.rating, marker=marker, carried_from=None)
