"""Evidence of last time: shown under the question it belongs to now, and attached only when people say so."""

from __future__ import annotations

from dataclasses import dataclass

from section11.domain.answers import Answer
from section11.domain.assessments import Assessment
from section11.domain.cycles import Cycle
from section11.domain.evidence import EvidenceItem
from section11.domain.people import User
from section11.permissions import Right
from section11.services.answering import save_answer_in
from section11.services.attaching import EvidenceByQuestion, QuestionPlace, attach_in
from section11.services.carrying import crosswalk_of_editions, last_return
from section11.services.office import Office
from section11.services.places import AssessmentFile, find_assessment
from section11.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class EarlierEvidence:
    """A file or link that stood under the answer of last time, as the organisation keeps it now.

    ``revision`` is the one that was signed then; the item may have newer ones.
    """

    item: EvidenceItem
    cycle: Cycle
    revision: int


EarlierByQuestion = dict[str, tuple[EarlierEvidence, ...]]


def earlier_evidence(office: Office, user: User, assessment_id: str) -> EarlierByQuestion:
    """Return the evidence of last time by question id of this form, without what is attached there already.

    A question that was split has it under each of its parts, and a merged one that of all it was made from.

    Raises:
        NotAvailableError, NotPermittedError: the person may not read this organisation's drafts.
    """
    with office.store.reading() as work:
        return _earlier_in(office, work, find_assessment(work, user, assessment_id, Right.READ_RETURN))


def earlier_evidence_of(
    office: Office, work: UnitOfWork, file: AssessmentFile, before: Assessment | None, attached: EvidenceByQuestion
) -> EarlierByQuestion:
    """Return the same of an assessment the person was already found to have a right to.

    ``before`` is the organisation's last return before it, and ``attached`` what is attached to it now.
    """
    cycle = work.cycles.get(before.cycle_id) if before else None
    if before is None or cycle is None:
        return {}
    signed = work.evidence.signed_of(before.id)
    items = {item.id: item for kept in work.evidence.of_assessment(before.id).values() for item in kept}
    crosswalk = crosswalk_of_editions(office, work, before.set_sha256, file.assessment.set_sha256)
    found: EarlierByQuestion = {}
    for question in crosswalk.after.questions_for(file.assessment.organisation_type):
        here = {item.id for item in attached.get(question.id, ())}
        kept = {
            one.item_id: EarlierEvidence(items[one.item_id], cycle, one.revision)
            for earlier_id in crosswalk.back(question.id).question_ids
            for one in signed.get(earlier_id, ())
            if one.item_id not in here
        }
        if kept:
            found[question.id] = tuple(sorted(kept.values(), key=lambda one: (one.item.title.casefold(), one.item.id)))
    return found


def confirm_answer(
    office: Office, user: User, assessment_id: str, question_id: str, *, expected_version: int
) -> Answer:
    """Confirm an answer that was brought from an earlier cycle as it stands, and attach its evidence of then.

    Confirming an answer that was not brought, or was confirmed already, changes nothing.

    Raises:
        As ``save_answer``.
    """
    with office.store.writing() as work:
        stored = work.answers.one(assessment_id, question_id) or Answer(question_id)
        saved = save_answer_in(office, work, user, assessment_id, question_id, expected_version, {})
        if stored.carried_from is None:
            return saved
        file = find_assessment(work, user, assessment_id, Right.ANSWER)
        for one in _earlier_in(office, work, file).get(question_id, ()):
            attach_in(office, work, user, QuestionPlace(assessment_id, question_id), one.item)
        work.commit()
    return saved


def _earlier_in(office: Office, work: UnitOfWork, file: AssessmentFile) -> EarlierByQuestion:
    before = last_return(work, file.cycle, file.organisation.id)
    return earlier_evidence_of(office, work, file, before, work.evidence.of_assessment(file.assessment.id))
