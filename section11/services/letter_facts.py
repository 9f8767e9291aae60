"""What a feedback letter may tell, and to whom: one rule, asked by everything that makes letters.

An organisation has a letter once its return is released, and not before. Scrutiny may preview one of a submitted
return; what moderation came to is in it only when the moderation is finished, so that two moderators who may not
see each other's judgements do not see them here. Notes that only scrutiny sees are never read at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from section11.domain.moderation import Moderation
from section11.domain.people import ROLE_TITLES, Role, User
from section11.domain.queries import Query, QuerySide
from section11.domain.standards import StandardsSet
from section11.domain.uk_time import uk_date
from section11.domain.workflow import RETURNED, AssessmentStatus, Move
from section11.errors import NotPermittedError
from section11.permissions import Right, may
from section11.reports.letter import LetterFacts, OpenAction, OpenQuestion
from section11.services.moderation_panels import moderation_file
from section11.services.office import Office, frozen_set
from section11.services.places import AssessmentFile, check_returned, find_assessment
from section11.services.trail import assessment_stream
from section11.storage.facts import DEMO
from section11.storage.unit_of_work import UnitOfWork

MODERATION_IS_FINISHED = frozenset({AssessmentStatus.MODERATED, AssessmentStatus.RELEASED})
NOT_YET = "This return has not been released yet, so there is no letter. When scrutiny releases it, the letter is here."


def find_for_letter(work: UnitOfWork, user: User, assessment_id: str) -> AssessmentFile:
    """Return the return a person may have a letter about: released ones, and scrutiny those that came in.

    Raises:
        NotAvailableError, NotPermittedError: as ``find_assessment``, or there is no letter yet.
    """
    try:
        file = find_assessment(work, user, assessment_id, Right.READ_RETURN)
    except NotPermittedError:
        file = find_assessment(work, user, assessment_id, Right.WRITE_LETTERS)
    if file.assessment.status is not AssessmentStatus.RELEASED:
        if not may(user, Right.WRITE_LETTERS, file.place):
            raise NotPermittedError(NOT_YET)
        check_returned(file)
    return file


def facts_for_letter(office: Office, work: UnitOfWork, user: User, file: AssessmentFile) -> LetterFacts:
    """Return what the letter about a return tells. The person was found to have a right to it."""
    now, assessment = office.clock(), file.assessment
    released = work.audit_trail.latest(assessment_stream(assessment.id), Move.RELEASE.value)
    is_released = assessment.status is AssessmentStatus.RELEASED
    standards_set = frozen_set(work, assessment.set_sha256)
    names = work.facts.partnerships()
    return LetterFacts(
        organisation=file.organisation.name,
        organisation_type_key=assessment.organisation_type,
        organisation_type=office.types[assessment.organisation_type].title,
        partnership=" and ".join(names[one].name for one in sorted(file.cycle.partnership_ids)),
        audit=file.cycle.audit_name,
        cycle=file.cycle.name,
        due=file.cycle.due,
        day=uk_date(released.at if released and is_released else now),
        made_at=now,
        signed_on=uk_date(assessment.signed_at) if assessment.signed_at else None,
        signed_by=_post(work, released.actor if released and is_released else user.id),
        standards_set=standards_set,
        answers=work.answers.of_assessment(assessment.id),
        outcomes=_outcomes(work, file),
        actions=tuple(_actions(work, file, uk_date(now))),
        open_questions=tuple(_open_questions(work, file, standards_set)),
        is_preview=not is_released,
        is_demo=work.facts.kind() == DEMO,
    )


def _post(work: UnitOfWork, person_id: str) -> str:
    """Return somebody's post. A letter never names a person."""
    person = work.accounts.people_by_id([person_id]).get(person_id)
    return (person.post.strip() if person else "") or ROLE_TITLES[Role.SCRUTINY_LEAD]


def _outcomes(work: UnitOfWork, file: AssessmentFile) -> Mapping[str, Moderation]:
    if file.assessment.status not in MODERATION_IS_FINISHED:
        return {}
    return moderation_file(work, file).outcomes()


def _actions(work: UnitOfWork, file: AssessmentFile, today: date) -> Iterator[OpenAction]:
    """Yield what the organisation still has to do, of this cycle and earlier ones.

    Only of submitted returns, and of cycles that everybody who may read this letter may see the actions of.
    """
    for row in work.assessments.of_organisations([file.organisation.id]):
        cycle = work.cycles.get(row.assessment.cycle_id)
        if cycle is None or row.assessment.status not in RETURNED:
            continue
        if cycle.due > file.cycle.due or not cycle.partnership_ids >= file.cycle.partnership_ids:
            continue
        asked = frozen_set(work, row.assessment.set_sha256).questions_for(row.assessment.organisation_type)
        actions = work.actions.of_assessment(row.assessment.id)
        for question in asked:
            action = actions.get(question.id)
            if action is not None and action.is_open and not action.is_empty:
                about = question.id if cycle.id == file.cycle.id else f"{question.id}, {cycle.name}"
                yield OpenAction(action.promise, about, action.is_overdue(today))


def _open_questions(work: UnitOfWork, file: AssessmentFile, standards_set: StandardsSet) -> Iterator[OpenQuestion]:
    """Yield what scrutiny asked after the last reply, or since nobody replied, in the order of the form."""
    messages = work.queries.of_assessment(file.assessment.id, {QuerySide.SHARED})
    for question in standards_set.questions_for(file.assessment.organisation_type):
        waiting: list[Query] = []
        for one in messages:
            if one.question_id == question.id:
                waiting = [*waiting, one] if one.by_scrutiny else []
        for one in waiting:
            yield OpenQuestion(question.id, uk_date(one.at), one.words)
