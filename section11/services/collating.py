"""Collating a cycle: every expected return, with the answers of those that were submitted."""

from __future__ import annotations

from collections.abc import Mapping

from section11.domain.answers import Answer
from section11.domain.cycles import Cycle
from section11.domain.moderation import Moderation, moderated_questions, said_by_question
from section11.domain.moderation_panel import outcomes_of, seats_for
from section11.domain.people import User
from section11.domain.workflow import RETURNED, AssessmentStatus
from section11.permissions import Right
from section11.reports.collated import CollatedCycle, CollatedReturn
from section11.reports.figures import CycleFigures, figures_of
from section11.reports.released_figures import ReleasedFigures, released_figures_of
from section11.reports.return_rates import ReturnRates, return_rates_of
from section11.services.office import Office, frozen_set
from section11.services.places import find_cycle
from section11.storage.facts import DEMO
from section11.storage.organisations import Membership
from section11.storage.unit_of_work import UnitOfWork


def collate(office: Office, user: User, cycle_id: str, *, with_answers: bool = True) -> CollatedCycle:
    """Return a cycle as the person may see it: progress of all, answers only of submitted returns.

    Raises:
        NotAvailableError, NotPermittedError: the person may not see this cycle's figures.
    """
    right = Right.SEE_DASHBOARDS if with_answers else Right.FOLLOW_PROGRESS
    with office.store.reading() as work:
        cycle = find_cycle(work, user, cycle_id, right)
        return _collated(office, work, cycle, with_answers=with_answers)


def cycle_figures(office: Office, user: User, cycle_id: str) -> CycleFigures:
    """Return every number the dashboards of a cycle show."""
    return figures_of(collate(office, user, cycle_id))


def released_figures(office: Office, user: User, cycle_id: str) -> ReleasedFigures:
    """Return what is released in numbers, for whoever may read it return by return."""
    with office.store.reading() as work:
        cycle = find_cycle(work, user, cycle_id, Right.READ_RELEASED)
        return released_figures_of(_collated(office, work, cycle, with_answers=True))


def return_rates(office: Office, user: User, cycle_id: str) -> ReturnRates:
    """Return who has returned, by type; for people who may follow progress without seeing answers."""
    return return_rates_of(collate(office, user, cycle_id, with_answers=False))


def cycle_revision(office: Office, cycle_id: str) -> int:
    """Return a number that rises with every change to the cycle's returns: the key of cached figures."""
    with office.store.reading() as work:
        return work.assessments.revision_sum(cycle_id)


def _collated(office: Office, work: UnitOfWork, cycle: Cycle, *, with_answers: bool) -> CollatedCycle:
    members: dict[str, Membership] = {}
    for member in work.organisations.members(cycle.partnership_ids):
        members.setdefault(member.organisation.id, member)
    statuses = sorted(status.value for status in RETURNED)
    answers = work.answers.in_cycle(cycle.id, statuses) if with_answers else {}
    actions = work.actions.in_cycle(cycle.id, statuses) if with_answers else {}
    outcomes = _outcomes(work, cycle, answers) if with_answers else {}
    returns = tuple(
        CollatedReturn(
            assessment_id=row.assessment.id,
            organisation=members[row.assessment.organisation_id].organisation,
            organisation_type=office.types[row.assessment.organisation_type],
            duty=members[row.assessment.organisation_id].duty,
            status=row.assessment.status,
            standards_set=frozen_set(work, row.assessment.set_sha256),
            signed_at=row.assessment.signed_at,
            answers=answers.get(row.assessment.id, {}),
            actions=actions.get(row.assessment.id, {}),
            outcomes=outcomes.get(row.assessment.id, {}),
        )
        for row in work.assessments.in_cycle(cycle.id)
        if row.assessment.organisation_id in members
    )
    names = work.facts.partnerships()
    return CollatedCycle(
        cycle=cycle,
        returns=returns,
        taken_at=office.clock(),
        partnership_name=" and ".join(names[one].name for one in sorted(cycle.partnership_ids) if one in names),
        is_demo=work.facts.kind() == DEMO,
    )


def _outcomes(
    work: UnitOfWork, cycle: Cycle, answers: Mapping[str, Mapping[str, Answer]]
) -> dict[str, dict[str, Moderation]]:
    """Return what moderation came to in the returns where it is finished, by assessment id and question id."""
    finished = (AssessmentStatus.MODERATED, AssessmentStatus.RELEASED)
    statuses = [status.value for status in finished]
    judgements = work.moderations.in_cycle(cycle.id, statuses)
    attached = work.evidence.signed_in_cycle(cycle.id, statuses)
    found = {}
    for row in work.assessments.in_cycle(cycle.id):
        one = row.assessment
        if one.status in finished:
            questions = moderated_questions(frozen_set(work, one.set_sha256), one.organisation_type)
            found[one.id] = outcomes_of(
                questions,
                judgements.get(one.id, {}),
                said_by_question(questions, answers.get(one.id, {}), attached.get(one.id, {})),
                seats=seats_for(cycle.moderators_per_return),
            )
    return found
