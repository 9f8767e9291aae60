"""The figures of one cycle: return rates, each set's figures, each organisation's results, and all sets in one map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from section11.domain.cycles import EVERY_TYPE, Cycle
from section11.domain.standards import Question, Standard, StandardsSet
from section11.domain.survey import SurveyShare
from section11.domain.uk_time import uk_date
from section11.domain.workflow import AssessmentStatus
from section11.reports.action_figures import ActionEntry, ActionFigures, action_figures_of
from section11.reports.arrangement_map import ArrangementMap, arrangement_map_of
from section11.reports.collated import CollatedCycle, CollatedReturn
from section11.reports.question_counts import returns_by_set
from section11.reports.results import Result
from section11.reports.return_rates import ReturnRates, Timing, return_rates_of, timing_of
from section11.reports.selection import ALL_RETURNS, Selection, selected
from section11.reports.set_figures import SetFigures, set_figures_of
from section11.reports.tally import Tally


@dataclass(frozen=True, slots=True)
class OrganisationFigures:
    """One expected return. ``tally`` is None and every standard "Not returned" until the return counts."""

    assessment_id: str
    organisation_id: str
    name: str
    type_key: str
    type_title: str
    set_id: str
    set_version: str
    status: AssessmentStatus
    timing: Timing
    counts: bool
    tally: Tally | None
    standards: tuple[Result, ...]
    survey: Mapping[str, SurveyShare] = field(default_factory=dict)
    """What staff say, by question id or arrangement."""


@dataclass(frozen=True)
class CycleFigures:
    """Every number of one cycle, when it was taken and from what. ``taken_at`` is in UTC.

    ``sets`` come in the order in which the returns first use them, ``organisations`` in the order of the returns.
    """

    cycle: Cycle
    partnership_name: str
    taken_at: datetime
    is_demo: bool
    return_rates: ReturnRates
    sets: tuple[SetFigures, ...]
    organisations: tuple[OrganisationFigures, ...]
    arrangement_map: ArrangementMap
    actions: ActionFigures
    selection: Selection = ALL_RETURNS

    @property
    def returns_expected(self) -> int:
        return self.return_rates.overall.expected

    @property
    def returns_counted(self) -> int:
        return self.return_rates.overall.returned

    def set_of(self, organisation: OrganisationFigures) -> SetFigures:
        """Return the figures of the set an organisation answers."""
        key = organisation.set_id, organisation.set_version
        return next(one for one in self.sets if (one.standards_set.id, one.standards_set.version) == key)


def figures_of(collated: CollatedCycle, selection: Selection = ALL_RETURNS) -> CycleFigures:
    """Return every figure of the chosen returns of the cycle, in one pass over the answers.

    Only returns that count (submitted, moderated or released) add to figures about answers. Two editions
    of a set are counted apart, as their questions and scales may differ.

    Raises:
        BadInputError: an answer has a rating that its set's scale does not have.
    """
    collated = selected(collated, selection)
    entries, today = action_entries_of(collated), uk_date(collated.taken_at)
    figures_by_set = {
        _set_key(returns[0]): set_figures_of(returns[0].standards_set, returns)
        for returns in returns_by_set(collated.returns)
    }
    return CycleFigures(
        cycle=collated.cycle,
        partnership_name=collated.partnership_name,
        taken_at=collated.taken_at,
        is_demo=collated.is_demo,
        return_rates=return_rates_of(collated),
        sets=tuple(figures_by_set.values()),
        organisations=tuple(
            _organisation_figures(each, figures_by_set[_set_key(each)], collated) for each in collated.returns
        ),
        arrangement_map=arrangement_map_of(
            tuple(figures_by_set.values()), main_set_id=collated.cycle.set_ids_by_type.get(EVERY_TYPE)
        ),
        actions=action_figures_of(entries, today),
        selection=selection,
    )


def action_entries_of(collated: CollatedCycle) -> list[ActionEntry]:
    """Return the actions of the returns that count, in the order of the returns and of their questions."""
    places: dict[tuple[str, str], dict[str, tuple[int, Standard, Question]]] = {}
    found = []
    for each in collated.returns:
        if each.counts and each.actions:
            key = _set_key(each)
            if key not in places:
                places[key] = _places_in(each.standards_set)
            here = sorted((places[key][one], action) for one, action in each.actions.items() if one in places[key])
            found += [
                ActionEntry(action, each.organisation, each.standards_set, standard)
                for (_, standard, question), action in here
                if question.is_asked_of(each.organisation_type.key)
            ]
    return found


def _places_in(standards_set: StandardsSet) -> dict[str, tuple[int, Standard, Question]]:
    """Return by its id where each question stands in the form, its standard and the question itself."""
    pairs = [(standard, question) for standard in standards_set.standards for question in standard.questions]
    return {question.id: (place, standard, question) for place, (standard, question) in enumerate(pairs)}


def _set_key(collated_return: CollatedReturn) -> tuple[str, str]:
    return collated_return.standards_set.id, collated_return.standards_set.version


def _organisation_figures(
    collated_return: CollatedReturn, set_figures: SetFigures, collated: CollatedCycle
) -> OrganisationFigures:
    assessment_id = collated_return.assessment_id
    return OrganisationFigures(
        assessment_id=assessment_id,
        organisation_id=collated_return.organisation.id,
        name=collated_return.organisation.name,
        type_key=collated_return.organisation_type.key,
        type_title=collated_return.organisation_type.title,
        set_id=collated_return.standards_set.id,
        set_version=collated_return.standards_set.version,
        status=collated_return.status,
        timing=timing_of(collated_return, collated.cycle.due, uk_date(collated.taken_at)),
        counts=collated_return.counts,
        tally=set_figures.totals_by_return.get(assessment_id),
        standards=set_figures.standard_results[assessment_id],
        survey=collated_return.survey if collated_return.counts else {},
    )
