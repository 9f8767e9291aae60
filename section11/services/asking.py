"""Asking about an answer, replying, and noting what only scrutiny sees; services/queries reads it."""

from __future__ import annotations

from section11.domain.mail import MailKind
from section11.domain.people import User
from section11.domain.queries import LONGEST_MESSAGE, QuerySide
from section11.errors import BadInputError
from section11.permissions import Right
from section11.services.office import Office, frozen_set
from section11.services.places import AssessmentFile, check_returned, lock_assessment
from section11.services.queries import SHARED
from section11.services.return_mails import mail_organisation, mail_scrutiny, today
from section11.services.trail import assessment_stream, partnership_stream, record
from section11.storage.unit_of_work import UnitOfWork


def ask(office: Office, user: User, assessment_id: str, question_id: str, words: str) -> None:
    """Ask the organisation about an answer of a submitted return; it sees the question and can reply.

    Raises:
        BadInputError: there are no words, too many, or the question is not asked of this organisation.
        NotPermittedError: the return has not been submitted.
    """
    words = _checked(words, "Write what you want to ask.")
    with office.store.writing() as work:
        file = lock_assessment(work, user, assessment_id, Right.ASK_QUERIES)
        check_returned(file)
        _write(office, work, user, file, question_id, QuerySide.SHARED, words, by_scrutiny=True)
        stream = assessment_stream(assessment_id)
        record(work, stream, user, "query_asked", office.clock(), question=question_id, words=words)
        # Several questions on one day are one mail.
        page = f"/assessment?assessment={assessment_id}&question={question_id}"
        mail_organisation(work, office, file, MailKind.QUERY_ASKED, path=page, occasion=today(office))
        work.commit()


def note_internally(office: Office, user: User, assessment_id: str, question_id: str, words: str) -> None:
    """Write a note on an answer of a submitted return that the organisation never sees.

    The event goes to the partnership's own stream and leaves out the words, so that nothing of the note stands in
    the trail of the organisation's return.

    Raises:
        As ``ask``.
    """
    words = _checked(words, "Write the note first.")
    with office.store.writing() as work:
        file = lock_assessment(work, user, assessment_id, Right.INTERNAL_NOTES)
        check_returned(file)
        _write(office, work, user, file, question_id, QuerySide.INTERNAL, words, by_scrutiny=True)
        for partnership_id in sorted(file.cycle.partnership_ids):
            stream = partnership_stream(partnership_id)
            details = {"assessment": assessment_id, "question": question_id}
            record(work, stream, user, "internal_note_written", office.clock(), **details)
        work.commit()


def reply(office: Office, user: User, assessment_id: str, question_id: str, words: str) -> None:
    """Reply, for the organisation, where scrutiny asked; in every status of the return.

    Raises:
        BadInputError: there are no words, too many, or nothing was asked there.
    """
    words = _checked(words, "Write your reply first.")
    with office.store.writing() as work:
        file = lock_assessment(work, user, assessment_id, Right.ANSWER)
        thread = [one for one in work.queries.of_assessment(assessment_id, SHARED) if one.question_id == question_id]
        if not thread:
            raise BadInputError(f"Scrutiny has asked nothing about question {question_id}. Reload the page.")
        _write(office, work, user, file, question_id, QuerySide.SHARED, words, by_scrutiny=False)
        stream = assessment_stream(assessment_id)
        record(work, stream, user, "query_replied", office.clock(), question=question_id, words=words)
        asked, page = {one.by for one in thread if one.by_scrutiny}, f"/questions-and-notes?cycle={file.cycle.id}"
        mail_scrutiny(work, office, file, MailKind.QUERY_REPLIED, asked, path=page, occasion=today(office))
        work.commit()


def _write(
    office: Office,
    work: UnitOfWork,
    user: User,
    file: AssessmentFile,
    question_id: str,
    side: QuerySide,
    words: str,
    *,
    by_scrutiny: bool,
) -> None:
    """Write one message. Whoever writes has read the thread so far."""
    question = frozen_set(work, file.assessment.set_sha256).questions_by_id.get(question_id)
    if question is None or not question.is_asked_of(file.assessment.organisation_type):
        raise BadInputError(f"Question {question_id} is not asked of {file.organisation.name}. Reload the page.")
    query_id = work.queries.add(
        file.assessment.id, question_id, side, words, at=office.clock(), by=user.id, by_scrutiny=by_scrutiny
    )
    work.queries.set_read(user.id, file.assessment.id, question_id, query_id)


def _checked(words: str, nothing: str) -> str:
    words = words.replace("\x00", "").strip()
    if not words:
        raise BadInputError(nothing)
    if len(words) > LONGEST_MESSAGE:
        raise BadInputError(f"A message can have at most {LONGEST_MESSAGE:,} characters and this has {len(words):,}.")
    return words
