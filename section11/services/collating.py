"""Collating a cycle: every expected return, with the answers of those that were submitted."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

from section11.domain.actions import TrackedAction
from section11.domain.answers import Answer
from section11.domain.cycles import Cycle
from section11.domain.organisations import DutyBasis
from section11.domain.people import User
from section11.domain.survey import shares_for
from section11.domain.workflow import RETURNED, AssessmentStatus
from section11.permissions import Right
from section11.reports.collated import CollatedCycle, CollatedReturn
from section11.reports.figures import CycleFigures, figures_of
from section11.reports.return_rates import ReturnRates, return_rates_of
from section11.reports.selection import ALL_RETURNS, Selection, selected
from section11.services.office import Office, frozen_set
from section11.services.panel_results import NO_PANEL, PanelResult, panel_results, panel_results_without_texts
from section11.services.places import find_cycle
from section11.storage.facts import DEMO
from section11.storage.organisations import Membership
from section11.storage.unit_of_work import UnitOfWork


class Depth(Enum):
    """How much of the returns is read."""

    PROGRESS = auto()
    """Who has returned; no answers."""
    PROMISES = auto()
    """Who has returned, and the actions; no answers, and of the actions nothing that was reported."""
    RATINGS = auto()
    """That, with what was chosen and entered, what moderation came to and what staff say; no texts."""
    EVERYTHING = auto()


def collate(office: Office, user: User, cycle_id: str, depth: Depth = Depth.EVERYTHING) -> CollatedCycle:
    """Return a cycle as the person may see it: progress of all, answers only of submitted returns.

    Raises:
        NotAvailableError, NotPermittedError: the person may not see this cycle's figures.
    """
    right = Right.FOLLOW_PROGRESS if depth is Depth.PROGRESS else Right.SEE_DASHBOARDS
    with office.store.reading() as work:
        cycle = find_cycle(work, user, cycle_id, right)
        return collated_cycle(office, work, cycle, depth)


def cycle_figures(office: Office, user: User, cycle_id: str, selection: Selection = ALL_RETURNS) -> CycleFigures:
    """Return every number about one cycle that its dashboards show."""
    return figures_of(collate(office, user, cycle_id, Depth.RATINGS), selection)


def return_rates(office: Office, user: User, cycle_id: str, selection: Selection = ALL_RETURNS) -> ReturnRates:
    """Return who has returned, by type; for people who may follow progress without seeing answers."""
    return return_rates_of(selected(collate(office, user, cycle_id, Depth.PROGRESS), selection))


def collated_cycle(
    office: Office,
    work: UnitOfWork,
    cycle: Cycle,
    depth: Depth,
    read_in: frozenset[AssessmentStatus] = RETURNED,
) -> CollatedCycle:
    """Return a cycle without asking who wants to see it; the caller has asked.

    Answers, actions and judgements are read of the returns in the statuses ``read_in``; the others have none.
    """
    members: dict[str, Membership] = {}
    duties: dict[str, dict[str, DutyBasis]] = {}
    for member in work.organisations.members(cycle.partnership_ids):
        members.setdefault(member.organisation.id, member)
        duties.setdefault(member.organisation.id, {})[member.partnership_id] = member.duty
    statuses = sorted(status.value for status in read_in)
    answers: Mapping[str, Mapping[str, Answer]] = {}
    with_rest = depth in (Depth.RATINGS, Depth.EVERYTHING)
    if with_rest:
        read = work.answers.in_cycle if depth is Depth.EVERYTHING else work.answers.what_was_said_in_cycle
        answers = read(cycle.id, statuses)
    actions: Mapping[str, Mapping[str, TrackedAction]] = {}
    if depth is not Depth.PROGRESS:
        promised = work.actions.in_cycle if depth is Depth.EVERYTHING else work.actions.promised_in_cycle
        actions = promised(cycle.id, statuses)
    survey = work.survey_results.in_cycle(cycle.id) if with_rest else []
    expected = [row.assessment for row in work.assessments.in_cycle(cycle.id)]
    panels: Mapping[str, PanelResult] = {}
    if with_rest:
        read_from = [one for one in expected if one.status in read_in]
        in_full = depth is Depth.EVERYTHING
        panels = (
            panel_results(work, cycle, read_from, answers)
            if in_full
            else panel_results_without_texts(work, cycle, read_from)
        )
    returns = tuple(
        CollatedReturn(
            assessment_id=one.id,
            organisation=members[one.organisation_id].organisation,
            organisation_type=office.types[one.organisation_type],
            duty=members[one.organisation_id].duty,
            status=one.status,
            standards_set=frozen_set(work, one.set_sha256),
            signed_at=one.signed_at,
            answers=answers.get(one.id, {}),
            actions=actions.get(one.id, {}),
            outcomes=panels.get(one.id, NO_PANEL).outcomes,
            judgements=panels.get(one.id, NO_PANEL).judgements,
            duty_by_partnership=duties[one.organisation_id],
            survey=shares_for(survey, one.organisation_id, duties[one.organisation_id]) if survey else {},
        )
        for one in expected
        if one.organisation_id in members
    )
    names = work.facts.partnerships()
    return CollatedCycle(
        cycle=cycle,
        returns=returns,
        taken_at=office.clock(),
        partnership_name=" and ".join(names[one].name for one in sorted(cycle.partnership_ids) if one in names),
        is_demo=work.facts.kind() == DEMO,
    )
