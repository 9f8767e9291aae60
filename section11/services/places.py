"""Finding the thing a person asks about, and refusing in the same words when they may not know of it."""

from __future__ import annotations

from dataclasses import dataclass

from section11.domain.answers import Answer
from section11.domain.assessments import Assessment
from section11.domain.cycles import Cycle
from section11.domain.organisations import Organisation
from section11.domain.people import User
from section11.domain.workflow import RETURNED
from section11.errors import NotAvailableError, NotPermittedError
from section11.permissions import Place, Right, may, require, roles_at
from section11.services.trail import assessment_stream
from section11.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class AssessmentFile:
    """An assessment with what it belongs to."""

    assessment: Assessment
    organisation: Organisation
    cycle: Cycle
    place: Place


def place_of(work: UnitOfWork, organisation: Organisation) -> Place:
    """Return where rights about an organisation are asked for."""
    return Place(
        organisation_id=organisation.id,
        parent_id=organisation.parent_id,
        partnership_ids=work.organisations.partnership_ids_of(organisation.id),
    )


def partnership_ids_around(work: UnitOfWork, user: User) -> set[str]:
    """Return the partnerships a person has to do with, by their own roles or through their organisations."""
    ids = {grant.partnership_id for grant in user.grants if grant.partnership_id}
    for organisation_id in {grant.organisation_id for grant in user.grants if grant.organisation_id}:
        ids |= work.organisations.partnership_ids_of(organisation_id)
    return ids


def partnership_place(partnership_id: str) -> Place:
    return Place(partnership_ids=frozenset({partnership_id}))


def cycle_place(cycle: Cycle) -> Place:
    return Place(partnership_ids=cycle.partnership_ids)


def find_assessment(work: UnitOfWork, user: User, assessment_id: str, right: Right) -> AssessmentFile:
    """Return an assessment the person holds the right for.

    Raises:
        NotAvailableError: there is none, or the person has no role where it belongs.
        NotPermittedError: they have a role there, but not one with this right.
    """
    return with_right(work, user, work.assessments.get(assessment_id), right)


def lock_assessment(work: UnitOfWork, user: User, assessment_id: str, right: Right) -> AssessmentFile:
    """Like ``find_assessment``, and hold the assessment until the transaction ends. Its revision rises."""
    return with_right(work, user, work.assessments.lock_for_change(assessment_id), right)


def lock_answer(
    work: UnitOfWork, user: User, assessment_id: str, question_id: str, right: Right
) -> tuple[AssessmentFile, Answer]:
    """Like ``lock_assessment``, with the stored answer to a question; an empty one where nothing was answered yet."""
    assessment = work.assessments.lock_for_change(assessment_id)
    if assessment is None:
        raise NotAvailableError()
    found = work.whereabouts.with_answer(assessment, question_id, assessment_stream(assessment_id))
    if found is None:
        raise NotAvailableError()
    organisation, cycle, answer = found
    return _file_with_right(user, assessment, organisation, cycle, right), answer or Answer(question_id)


def with_right(work: UnitOfWork, user: User, assessment: Assessment | None, right: Right) -> AssessmentFile:
    if assessment is None:
        raise NotAvailableError()
    found = work.whereabouts.of(assessment.organisation_id, assessment.cycle_id)
    if found is None:
        raise NotAvailableError()
    return _file_with_right(user, assessment, *found, right)


def _file_with_right(
    user: User, assessment: Assessment, organisation: Organisation, cycle: Cycle, right: Right
) -> AssessmentFile:
    # Not the organisation's partnerships: one that does not run the cycle has no business with its returns.
    place = Place(organisation.id, organisation.parent_id, cycle.partnership_ids)
    require(user, right, place)
    return AssessmentFile(assessment, organisation, cycle, place)


def check_returned(file: AssessmentFile) -> None:
    """Raise NotPermittedError unless the return has been submitted, so that scrutiny may see its answers."""
    if file.assessment.status not in RETURNED:
        raise NotPermittedError(
            f"{file.organisation.name} has not submitted this return, so only its progress can be seen."
        )


def find_readable(work: UnitOfWork, user: User, assessment_id: str) -> AssessmentFile:
    """Return an assessment to read or download: the organisation's own in every status, scrutiny's once submitted.

    Raises:
        NotAvailableError, NotPermittedError: as ``find_assessment``, or it has not been submitted.
    """
    try:
        return find_assessment(work, user, assessment_id, Right.READ_RETURN)
    except NotPermittedError:
        file = find_assessment(work, user, assessment_id, Right.EXPORT)
        check_returned(file)
        return file


def find_cycle(work: UnitOfWork, user: User, cycle_id: str, right: Right) -> Cycle:
    """Return a cycle in whose partnerships the person holds the right.

    Raises:
        NotAvailableError, NotPermittedError: as ``find_assessment``.
    """
    cycle = work.cycles.get(cycle_id)
    if cycle is None or not roles_at(user, cycle_place(cycle)):
        raise NotAvailableError()
    require(user, right, cycle_place(cycle))
    return cycle


def partnerships_with(user: User, right: Right, partnership_ids: list[str]) -> list[str]:
    """Return those of the partnerships in which the person holds the right."""
    return [one for one in partnership_ids if may(user, right, partnership_place(one))]
