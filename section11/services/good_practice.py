"""Good practice to share: scrutiny picks answers that others can learn from, and reads them question by question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from section11.domain.answers import Answer
from section11.domain.good_practice import GoodPractice
from section11.domain.people import User
from section11.domain.workflow import RETURNED
from section11.errors import BadInputError, NotAvailableError
from section11.permissions import Right
from section11.services.answering import kept_text
from section11.services.office import Office, frozen_set
from section11.services.places import check_returned, find_cycle, lock_assessment
from section11.services.trail import assessment_stream, record


@dataclass(frozen=True, slots=True)
class AnswerToRead:
    """One organisation's answer to a question, and why it was picked if it was."""

    assessment_id: str
    organisation_name: str
    answer: Answer
    picked: GoodPractice | None


def pick_good_practice(office: Office, user: User, assessment_id: str, question_id: str, why: str) -> GoodPractice:
    """Pick the answer to one question as good practice, or say anew why it is.

    Raises:
        BadInputError: there is no reason, it is too long, or the answer has nothing written in it.
        NotPermittedError: the return is not submitted, or the person may not pick.
        NotAvailableError: there is no such return or question for this person.
    """
    why = kept_text(why).strip()
    if not why:
        raise BadInputError("Say what others can learn from this answer.")
    with office.store.writing() as work:
        file = lock_assessment(work, user, assessment_id, Right.PICK_GOOD_PRACTICE)
        check_returned(file)
        question = frozen_set(work, file.assessment.set_sha256).questions_by_id.get(question_id)
        if question is None or not question.is_asked_of(file.assessment.organisation_type):
            raise NotAvailableError()
        answer = work.answers.one(assessment_id, question_id)
        if answer is None or not (answer.evidence.strip() or answer.impact.strip()):
            raise BadInputError("Nothing is written in this answer that others could learn from. Choose another.")
        picked = GoodPractice(assessment_id, question_id, why, office.clock(), user.id)
        work.good_practice.put(picked)
        stream = assessment_stream(assessment_id)
        record(work, stream, user, "good_practice_picked", picked.at, question=question_id, why=why)
        work.commit()
    return picked


def unpick_good_practice(office: Office, user: User, assessment_id: str, question_id: str) -> None:
    """Take an answer out of good practice; nothing happens where it was not in it.

    Raises:
        NotAvailableError, NotPermittedError: the person may not pick in this return.
    """
    with office.store.writing() as work:
        lock_assessment(work, user, assessment_id, Right.PICK_GOOD_PRACTICE)
        if work.good_practice.remove(assessment_id, question_id):
            stream = assessment_stream(assessment_id)
            record(work, stream, user, "good_practice_unpicked", office.clock(), question=question_id)
            work.commit()


def answers_to(office: Office, user: User, cycle_id: str, set_id: str, question_id: str) -> list[AnswerToRead]:
    """Return what every submitted return says about one question, picked ones first and then by name.

    Raises:
        NotAvailableError, NotPermittedError: the person may not read the returns of this cycle.
    """
    with office.store.reading() as work:
        find_cycle(work, user, cycle_id, Right.READ_RETURNED)
        organisations = work.organisations.all_by_id()
        picked = {(one.assessment_id, one.question_id): one for one in work.good_practice.in_cycle(cycle_id)}
        answers = work.answers.to_question(cycle_id, question_id, sorted(status.value for status in RETURNED))
        found = [
            AnswerToRead(
                one.id, organisations[one.organisation_id].name, answers[one.id], picked.get((one.id, question_id))
            )
            for one in (row.assessment for row in work.assessments.in_cycle(cycle_id))
            if one.id in answers and frozen_set(work, one.set_sha256).id == set_id
        ]
    return sorted(found, key=lambda each: (each.picked is None, each.organisation_name.casefold()))


def good_practice_in(office: Office, user: User, cycle_id: str) -> Mapping[tuple[str, str], list[AnswerToRead]]:
    """Return the picked answers of a cycle whose returns are submitted, by set id and question id.

    Raises:
        NotAvailableError, NotPermittedError: the person may not read the returns of this cycle.
    """
    with office.store.reading() as work:
        find_cycle(work, user, cycle_id, Right.READ_RETURNED)
        picked = work.good_practice.in_cycle(cycle_id)
        assessments = {one.id: one for one in work.assessments.by_ids({one.assessment_id for one in picked})}
        organisations = work.organisations.by_ids({one.organisation_id for one in assessments.values()})
        answers = work.answers.picked_in_cycle(cycle_id)
        found: dict[tuple[str, str], list[AnswerToRead]] = {}
        for one in picked:
            assessment = assessments.get(one.assessment_id)
            answer = answers.get((one.assessment_id, one.question_id))
            if assessment is not None and answer is not None and assessment.status in RETURNED:
                name = organisations[assessment.organisation_id].name
                key = frozen_set(work, assessment.set_sha256).id, one.question_id
                found.setdefault(key, []).append(AnswerToRead(one.assessment_id, name, answer, one))
    return found
