"""Signing: sending a return for sign-off, taking it back, and the declaration that submits it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from section11.domain.assessments import Missing, is_late, missing_before_sign_off
from section11.domain.mail import MailKind
from section11.domain.people import User
from section11.domain.signing import Writing, authors_of, check_signer
from section11.domain.snapshots import SignedSnapshot, content_of, sha256_of
from section11.domain.uk_time import uk_date
from section11.domain.workflow import Move, next_status
from section11.errors import BadInputError
from section11.permissions import HOLDERS, Right
from section11.services.answering import AssessmentView
from section11.services.attaching import EvidenceByQuestion, evidence_as_signed
from section11.services.declarations import declaration_of
from section11.services.office import Office, frozen_set
from section11.services.places import AssessmentFile, find_assessment, find_readable, lock_assessment
from section11.services.return_mails import mail_organisation, mail_scrutiny
from section11.services.trail import assessment_stream, record
from section11.storage.unit_of_work import UnitOfWork

WRITING_EVENTS = frozenset({"answer_saved", "return_imported", "answers_imported"})
"""Events whose actor is an author of the return."""


@dataclass(frozen=True, slots=True)
class SigningPaper:
    """What an approver is shown to sign: the words, and the hash of the return they are about."""

    declaration: str
    sha256: str


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
        page = f"/whole-return?assessment={assessment_id}"
        mail_organisation(work, office, file, MailKind.AWAITING_SIGN_OFF, path=page, right=Right.SIGN_OFF)
        work.commit()


def take_back(office: Office, user: User, assessment_id: str) -> None:
    """Open a return that awaits sign-off for changes again."""
    with office.store.writing() as work:
        file = lock_assessment(work, user, assessment_id, Right.SIGN_OFF)
        work.assessments.set_status(assessment_id, next_status(file.assessment.status, Move.TAKE_BACK))
        record(work, assessment_stream(assessment_id), user, Move.TAKE_BACK.value, office.clock())
        work.commit()


def paper_to_sign(office: Office, user: User, assessment_id: str) -> SigningPaper:
    """Return the declaration an approver is asked to sign, and the hash of the return as it is now."""
    with office.store.reading() as work:
        return _paper(work, find_assessment(work, user, assessment_id, Right.SIGN_OFF))


def sign_off(office: Office, user: User, assessment_id: str, *, agreed: bool, paper: SigningPaper | None = None) -> str:
    """Sign the declaration, submit the return, and keep what was signed for ever.

    Args:
        paper: what the signer was shown; None when it is shown and signed in one go.

    Returns:
        The SHA-256 of what was signed.

    Raises:
        BadInputError: the declaration was not agreed to, something is missing, or the return or the declaration
            is not the one that was shown.
        NotPermittedError: the signer wrote every answer and the organisation's type asks for a second person.
        TransitionNotAllowedError: the return does not await sign-off.
    """
    if not agreed:
        raise BadInputError("Tick the declaration to say that you agree with it, then submit.")
    with office.store.writing() as work:
        # No new revision of a piece of evidence comes between what is read here and the moment of signing.
        organisation = find_assessment(work, user, assessment_id, Right.SIGN_OFF).organisation
        work.evidence.lock_organisation(organisation.id)
        file = lock_assessment(work, user, assessment_id, Right.SIGN_OFF)
        now = office.clock()
        status = next_status(file.assessment.status, Move.SIGN_OFF)
        _check_complete(work, file)
        _check_second_person(office, work, file, user)
        current = _paper(work, file)
        if paper not in (None, current):
            raise BadInputError(
                "This return or its declaration was changed after you opened the page. Read it again, then sign."
            )
        words = current.declaration
        _keep(work, file, user, words, now)
        work.assessments.set_status(
            assessment_id, status, signed_at=now, signed_by=user.id, declaration=words, hand_back_reason=""
        )
        late = is_late(now, file.cycle.due, uk_date(now))
        stream = assessment_stream(assessment_id)
        record(work, stream, user, Move.SIGN_OFF.value, now, declaration=words, late=late, sha256=current.sha256)
        _mail_signed(work, office, file)
        work.commit()
    return current.sha256


def signed_versions(office: Office, user: User, assessment_id: str) -> list[SignedSnapshot]:
    """Return everything that was ever signed in this return, the latest first.

    Raises:
        NotAvailableError, NotPermittedError: as for downloading the return.
    """
    with office.store.reading() as work:
        find_readable(work, user, assessment_id)
        return work.signing.latest(assessment_id, work.signing.count(assessment_id))


def signature_of(work: UnitOfWork, file: AssessmentFile) -> SignedSnapshot | None:
    """Return the last signed version if the return still says what was signed, else None."""
    latest = work.signing.latest(file.assessment.id, 1)
    if not latest:
        return None
    # A new revision of a piece of evidence does not change what was signed: that holds the one there was.
    attached = evidence_as_signed(work.evidence.of_assessment(file.assessment.id), latest[0].at)
    return latest[0] if latest[0].sha256 == sha256_of(_content(work, file, attached)) else None


def _mail_signed(work: UnitOfWork, office: Office, file: AssessmentFile) -> None:
    """Thank the organisation, and tell whoever gave the return back that it has come again."""
    page = f"/assessment?assessment={file.assessment.id}"
    mail_organisation(work, office, file, MailKind.SUBMITTED, path=page)
    gave_back = work.hand_backs.latest(file.assessment.id) if office.mail else None
    if gave_back is not None:
        page = f"/organisation?assessment={file.assessment.id}"
        mail_scrutiny(work, office, file, MailKind.RETURN_ARRIVED, [gave_back.by], path=page)


def _paper(work: UnitOfWork, file: AssessmentFile) -> SigningPaper:
    return SigningPaper(declaration_of(work, file.cycle), sha256_of(_content_now(work, file)))


def _content_now(work: UnitOfWork, file: AssessmentFile) -> str:
    return _content(work, file, work.evidence.of_assessment(file.assessment.id))


def _content(work: UnitOfWork, file: AssessmentFile, evidence: EvidenceByQuestion) -> str:
    assessment = file.assessment
    questions = frozen_set(work, assessment.set_sha256).questions_for(assessment.organisation_type)
    answers, actions = work.answers.of_assessment(assessment.id), work.answers.actions_of(assessment.id)
    return content_of(assessment, questions, answers, actions, evidence)


def _keep(work: UnitOfWork, file: AssessmentFile, user: User, declaration: str, now: datetime) -> None:
    content = _content_now(work, file)
    snapshot = SignedSnapshot(
        assessment_id=file.assessment.id,
        number=work.signing.count(file.assessment.id) + 1,
        at=now,
        by=user.id,
        post=user.person.shown_as,
        declaration=declaration,
        content=content,
        sha256=sha256_of(content),
    )
    work.signing.add_all([snapshot])


def _check_complete(work: UnitOfWork, file: AssessmentFile) -> None:
    missing = missing_before_sign_off(
        frozen_set(work, file.assessment.set_sha256),
        file.assessment.organisation_type,
        work.answers.of_assessment(file.assessment.id),
        work.actions.of_assessment(file.assessment.id),
    )
    if missing:
        count = len(missing)
        noun = "thing is" if count == 1 else "things are"
        raise BadInputError(f"{count} {noun} still missing, first question {missing[0].question_id}. See the list.")


def _check_second_person(office: Office, work: UnitOfWork, file: AssessmentFile, user: User) -> None:
    writings: list[Writing] = []
    sign_offs = 0
    for event in work.audit_trail.events(assessment_stream(file.assessment.id)):
        if event.name in WRITING_EVENTS:
            writings.append(Writing(event.actor, sign_offs))
        sign_offs += event.name == Move.SIGN_OFF.value
    colleagues = work.accounts.users_in(partnership_ids=(), organisation_ids=[file.organisation.id])
    signers = [one for one in colleagues if file.organisation.id in one.organisations_as(*HOLDERS[Right.SIGN_OFF])]
    check_signer(
        user.id,
        authors_of(writings, sign_offs),
        signed_before=sign_offs > 0,
        sole_signer_allowed=office.types[file.assessment.organisation_type].sole_signer,
        others=[one.person.shown_as for one in signers if one.id != user.id and not one.person.is_closed],
    )
