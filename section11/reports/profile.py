"""The profile of one organisation: each standard beside the quartiles of others, moderation and its staff.

The others are those of the same type where at least five others of it have returned, and else everybody who answers
the same questions. An outsider to the partnership, which an organisation is for the others' figures, sees those of a
group only when there are at least five others in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from section11.domain.standards import StandardsSet
from section11.domain.survey import SurveyShare
from section11.reports.figures import CycleFigures, OrganisationFigures
from section11.reports.results import Result
from section11.reports.type_figures import Quartiles
from section11.reports.withholding import SMALLEST_GROUP

FEWEST_OTHERS = SMALLEST_GROUP


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One standard. ``moderated`` is None until moderation is finished, or where it is not to be seen.

    ``rank`` is the place among the ``of`` organisations of the group with a result, 1 for the highest share.
    ``is_withheld`` says that quartiles and rank exist and are not shown, as the group is too small.
    """

    standard_id: str
    title: str
    own: Result
    moderated: Result | None
    quartiles: Quartiles | None
    rank: int | None
    of: int
    survey: SurveyShare | None
    is_withheld: bool = False


@dataclass(frozen=True)
class Profile:
    """An organisation's standards in one cycle, in the order of its set.

    ``is_of_type`` says whether it is compared with its type, or with everybody who answers the same questions.
    """

    organisation: OrganisationFigures
    standards_set: StandardsSet
    rows: tuple[ProfileRow, ...]
    is_moderated: bool
    is_of_type: bool


def profile_of(
    assessment_id: str, figures: CycleFigures, moderated: CycleFigures | None, *, for_outsider: bool
) -> Profile | None:
    """Return the profile of a return that counts, or None for another. ``moderated`` has the moderated ratings."""
    organisation = next((one for one in figures.organisations if one.assessment_id == assessment_id), None)
    if organisation is None or not organisation.counts:
        return None
    of_set = figures.set_of(organisation)
    of_type = next(one for one in of_set.types if one.type_key == organisation.type_key)
    found = _results_of(assessment_id, moderated)
    is_of_type = of_type.spread.organisations > FEWEST_OTHERS
    spread = of_type.spread if is_of_type else of_set.spread
    ranks = spread.ranks.get(assessment_id, {})
    rows = []
    for result in organisation.standards:
        standard = of_set.standards_set.standard(result.subject_id)
        quartiles = spread.quartiles.get(result.subject_id)
        others = 0 if quartiles is None else quartiles.n - (result.subject_id in ranks)
        withheld = for_outsider and quartiles is not None and others < FEWEST_OTHERS
        rows.append(
            ProfileRow(
                standard_id=result.subject_id,
                title=standard.title if standard else "",
                own=result,
                moderated=found.get(result.subject_id),
                quartiles=None if withheld else quartiles,
                rank=None if withheld else ranks.get(result.subject_id),
                of=0 if withheld or quartiles is None else quartiles.n,
                survey=staff_share([one.id for one in standard.questions] if standard else [], organisation.survey),
                is_withheld=withheld,
            )
        )
    return Profile(organisation, of_set.standards_set, tuple(rows), bool(found), is_of_type)


def staff_share(question_ids: Sequence[str], survey: Mapping[str, SurveyShare]) -> SurveyShare | None:
    """Return what the organisation's own staff say about these questions together; None below five responses each."""
    found = [survey[one] for one in question_ids if one in survey and survey[one].is_own and survey[one].is_usable]
    if not found:
        return None
    return SurveyShare(sum(one.agree for one in found), sum(one.responses for one in found))


def _results_of(assessment_id: str, moderated: CycleFigures | None) -> dict[str, Result]:
    if moderated is None:
        return {}
    own = next((one for one in moderated.organisations if one.assessment_id == assessment_id), None)
    return {} if own is None else {result.subject_id: result for result in own.standards}
