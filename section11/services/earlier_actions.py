"""Open actions of earlier cycles, under the questions that stand for theirs in a new form."""

from __future__ import annotations

from dataclasses import dataclass

from section11.domain.actions import ActionStatus, TrackedAction
from section11.domain.assessments import Assessment
from section11.domain.cycles import Cycle
from section11.domain.uk_time import uk_date
from section11.services.carrying import crosswalk_of_editions
from section11.services.office import Office
from section11.services.places import AssessmentFile
from section11.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class EarlierAction:
    """An open action of an earlier cycle."""

    action: TrackedAction
    cycle: Cycle
    is_overdue: bool


def open_actions_of(office: Office, work: UnitOfWork, file: AssessmentFile) -> dict[str, tuple[EarlierAction, ...]]:
    """Return what the organisation promised in earlier cycles and is still open, by question id of this form.

    The person was already found to have a right to it. A question that was split has its action under each of its
    parts. An action whose question nothing stands for now is left out here; it stays on the Actions page.
    """
    cycles = {cycle.id: cycle for cycle in work.cycles.all() if cycle.due < file.cycle.due}
    promised = [one for one in _open_actions(work, file.organisation.id) if one[1].cycle_id in cycles]
    hashes = {assessment.set_sha256 for _, assessment in promised}
    crosswalks = {one: crosswalk_of_editions(office, work, one, file.assessment.set_sha256) for one in hashes}
    today = uk_date(office.clock())
    found: dict[str, list[EarlierAction]] = {}
    for action, assessment in promised:
        line = EarlierAction(action, cycles[assessment.cycle_id], action.is_overdue(today))
        for question_id in crosswalks[assessment.set_sha256].onward(action.question_id).question_ids:
            found.setdefault(question_id, []).append(line)
    return {question_id: tuple(sorted(lines, key=_latest_first)) for question_id, lines in found.items()}


def _open_actions(work: UnitOfWork, organisation_id: str) -> list[tuple[TrackedAction, Assessment]]:
    assessments = {row.assessment.id: row.assessment for row in work.assessments.of_organisations([organisation_id])}
    return [
        (action, assessments[action.assessment_id])
        for action in work.actions.of_organisations([organisation_id])
        if action.status is ActionStatus.OPEN
    ]


def _latest_first(line: EarlierAction) -> int:
    return -line.cycle.due.toordinal()
