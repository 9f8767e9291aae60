"""Signing: sending a return for sign-off, taking it back, and the declaration that submits it."""

from __future__ import annotations

from section11.domain.answers import AnswersByQuestion
from section11.domain.assessments import Missing, is_late, missing_before_sign_off
from section11.domain.people import User
from section11.domain.uk_time import uk_date
from section11.domain.workflow import Move, next_status
from section11.errors import BadInputError, NotPermittedError
from section11.permissions import Right
from section11.services.answering import AssessmentView
from section11.services.office import Office, frozen_set
from section11.services.places import AssessmentFile, lock_assessment
from section11.services.trail import assessment_stream, record
from section11.storage.unit_of_work import UnitOfWork

DECLARATION = (
    "I have read this return. To the best of my knowledge it is a true account of our safeguarding arrangements, "
    "it names no child or member of staff, and I submit it on behalf of my organisation."
)


def missing_in(view: AssessmentView) -> list[Missing]:
    """Return what stands between a return and its sign-off, in the order of the form."""
    return missing_before_sign_off(view.standards_set, view.assessment.organisation_type, view.answers, view.actions)


def send_for_sign_off(office: Office, user: User, assessment_id: str) -> None:
    """Hand a complete return to the organisation's approver.

    Raises:
        BadInputError: something is still missing.
        TransitionNotAllowedError: the return is not in progress.
    """
    with office.store.writing() as work:
        file = lock_assessment(work, user, assessment_id, Right.SEND_FOR_SIGN_OFF)
        status = next_status(file.assessment.status, Move.SEND_FOR_SIGN_OFF)
        _check_complete(work, file)
        work.assessments.set_status(assessment_id, status)
        record(work, assessment_stream(assessment_id), user, Move.SEND_FOR_SIGN_OFF.value, office.clock())
        work.commit()


def take_back(office: Office, user: User, assessment_id: str) -> None:
    """Open a return that awaits sign-off for changes again."""
    with office.store.writing() as work:
        file = lock_assessment(work, user, assessment_id, Right.SIGN_OFF)
        work.assessments.set_status(assessment_id, next_status(file.assessment.status, Move.TAKE_BACK))
        record(work, assessment_stream(assessment_id), user, Move.TAKE_BACK.value, office.clock())
        work.commit()


def sign_off(office: Office, user: User, assessment_id: str, *, agreed: bool) -> None:
    """Sign the declaration and submit the return.

    Raises:
        BadInputError: the declaration was not agreed to, or something is missing.
        NotPermittedError: the signer wrote every answer and the organisation's type asks for a second person.
        TransitionNotAllowedError: the return does not await sign-off.
    """
    if not agreed:
        raise BadInputError("Tick the declaration to say that you agree with it, then submit.")
    now = office.clock()
    with office.store.writing() as work:
        file = lock_assessment(work, user, assessment_id, Right.SIGN_OFF)
        status = next_status(file.assessment.status, Move.SIGN_OFF)
        answers = _check_complete(work, file)
        _check_second_person(office, file, answers, user)
        work.assessments.set_status(
            assessment_id, status, signed_at=now, signed_by=user.id, declaration=DECLARATION, hand_back_reason=""
        )
        late = is_late(now, file.cycle.due, uk_date(now))
        stream = assessment_stream(assessment_id)
        record(work, stream, user, Move.SIGN_OFF.value, now, declaration=DECLARATION, late=late)
        work.commit()


def _check_complete(work: UnitOfWork, file: AssessmentFile) -> AnswersByQuestion:
    answers = work.answers.of_assessment(file.assessment.id)
    missing = missing_before_sign_off(
        frozen_set(work, file.assessment.set_sha256),
        file.assessment.organisation_type,
        answers,
        work.actions.of_assessment(file.assessment.id),
    )
    if missing:
        count = len(missing)
        noun = "thing is" if count == 1 else "things are"
        raise BadInputError(f"{count} {noun} still missing, first question {missing[0].question_id}. See the list.")
    return answers


def _check_second_person(office: Office, file: AssessmentFile, answers: AnswersByQuestion, user: User) -> None:
    authors = {answer.updated_by for answer in answers.values()}
    if authors == {user.id} and not office.types[file.assessment.organisation_type].sole_signer:
        raise NotPermittedError(
            "You wrote every answer yourself. Ask a colleague to check and update at least one answer, "
            "or let another approver sign."
        )
