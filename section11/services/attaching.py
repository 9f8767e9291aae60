"""Attaching evidence to the questions of a return, and what a return shows of it to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from section11.domain.evidence import EvidenceItem, as_signed
from section11.domain.people import User
from section11.errors import BadInputError, NotAvailableError, NotPermittedError
from section11.permissions import Right
from section11.services.answering import check_editable, start_if_needed
from section11.services.office import Office, frozen_set
from section11.services.places import check_returned, find_assessment, lock_assessment
from section11.services.trail import assessment_stream, record
from section11.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class QuestionPlace:
    """A question of one return."""

    assessment_id: str
    question_id: str


EvidenceByQuestion = Mapping[str, tuple[EvidenceItem, ...]]


def evidence_of_return(office: Office, user: User, assessment_id: str) -> EvidenceByQuestion:
    """Return what is attached to each question, by title.

    The organisation sees everything; scrutiny, once the return is submitted, what there was when it was signed.

    Raises:
        NotAvailableError, NotPermittedError: the person may not read this return now.
    """
    with office.store.reading() as work:
        try:
            find_assessment(work, user, assessment_id, Right.READ_RETURN)
            return work.evidence.of_assessment(assessment_id)
        except NotPermittedError:
            file = find_assessment(work, user, assessment_id, Right.READ_RETURNED)
            check_returned(file)
            attached = work.evidence.of_assessment(assessment_id)
    return evidence_as_signed(attached, file.assessment.signed_at)


def evidence_as_signed(attached: EvidenceByQuestion, signed_at: datetime | None) -> EvidenceByQuestion:
    """Return of what is attached what there was when a return was signed, in the revision it had then."""
    return {
        question_id: tuple(seen for one in items if (seen := as_signed(one, signed_at)) is not None)
        for question_id, items in attached.items()
    }


def attach_evidence(office: Office, user: User, place: QuestionPlace, item_id: str) -> None:
    """Attach a piece of the organisation's own evidence to a question. Attaching it again changes nothing.

    Raises:
        BadInputError: the question is not asked.
        NotAvailableError: there is no such evidence in this organisation, or no such return for this person.
        NotPermittedError: the return is not open for changes, or the person may not attach evidence.
    """
    with office.store.writing() as work:
        item = work.evidence.get(item_id)
        if attach_in(office, work, user, place, item):
            work.commit()


def detach_evidence(office: Office, user: User, place: QuestionPlace, item_id: str) -> None:
    """Take a piece of evidence from a question; the organisation keeps it.

    Raises:
        As ``attach_evidence``.
    """
    with office.store.writing() as work:
        file = lock_assessment(work, user, place.assessment_id, Right.KEEP_EVIDENCE)
        check_editable(file)
        if work.evidence.detach(place.assessment_id, place.question_id, item_id):
            stream = assessment_stream(place.assessment_id)
            record(work, stream, user, "evidence_detached", office.clock(), question=place.question_id, item=item_id)
            start_if_needed(office, work, user, file)
            work.commit()


def attach_in(office: Office, work: UnitOfWork, user: User, place: QuestionPlace, item: EvidenceItem | None) -> bool:
    """Attach inside the caller's transaction; False when it was attached already."""
    file = lock_assessment(work, user, place.assessment_id, Right.KEEP_EVIDENCE)
    if item is None or item.organisation_id != file.organisation.id:
        raise NotAvailableError()
    check_editable(file)
    question = frozen_set(work, file.assessment.set_sha256).questions_by_id.get(place.question_id)
    if question is None or not question.is_asked_of(file.assessment.organisation_type):
        raise BadInputError(f"Question {place.question_id} is not asked of {file.organisation.name}. Reload the page.")
    if not work.evidence.attach(place.assessment_id, place.question_id, item.id):
        return False
    stream = assessment_stream(place.assessment_id)
    record(
        work,
        stream,
        user,
        "evidence_attached",
        office.clock(),
        question=place.question_id,
        item=item.id,
        revision=item.latest.number,
    )
    start_if_needed(office, work, user, file)
    return True
