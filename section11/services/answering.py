"""Answering: an organisation reads its form and every change is saved at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, Unpack

from section11.domain.answer_changes import AnswerChanges, with_changes
from section11.domain.answers import LONGEST_TEXT, Action, Answer, length_of
from section11.domain.assessments import Assessment, settled_change
from section11.domain.carrying import Earlier
from section11.domain.cycles import Cycle
from section11.domain.hand_backs import HandBack
from section11.domain.organisations import Organisation, OrganisationType
from section11.domain.people import User
from section11.domain.standards import Question, StandardsSet
from section11.domain.workflow import EDITABLE, STATUS_TITLES, move_before_editing, next_status
from section11.errors import BadInputError, NotPermittedError, StaleAnswerError
from section11.permissions import Right, may
from section11.services.carrying import earlier_of, last_return
from section11.services.office import Office, frozen_set
from section11.services.places import AssessmentFile, find_assessment, lock_answer, lock_assessment
from section11.services.promising import write_promise
from section11.services.trail import assessment_stream, record
from section11.storage.unit_of_work import UnitOfWork

_TEXTS: tuple[Literal["reason", "evidence", "impact"], ...] = ("reason", "evidence", "impact")


@dataclass(frozen=True)
class AssessmentView:
    """One organisation's form as a person may see it."""

    assessment: Assessment
    organisation: Organisation
    organisation_type: OrganisationType
    cycle: Cycle
    standards_set: StandardsSet
    answers: Mapping[str, Answer]
    actions: Mapping[str, Action]
    can_edit: bool
    can_reply: bool
    """Whether the person may reply to scrutiny; in every status."""
    can_sign_off: bool
    can_hand_back: bool
    earlier: Mapping[str, Earlier]
    """What was answered last time, by the id of the question that stands for it now."""
    can_reopen: bool
    hand_back: HandBack | None
    """What scrutiny asked for, until the return is signed again."""

    def answer_to(self, question_id: str) -> Answer:
        return self.answers.get(question_id, Answer(question_id))

    def action_for(self, question_id: str) -> Action:
        return self.actions.get(question_id, Action(question_id))


def view_assessment(office: Office, user: User, assessment_id: str) -> AssessmentView:
    """Return the organisation's own view of its form, drafts included.

    Raises:
        NotAvailableError: there is no such assessment, or it is another organisation's.
    """
    with office.store.reading() as work:
        file = find_assessment(work, user, assessment_id, Right.READ_RETURN)
        return view_of(office, work, user, file)


def view_of(office: Office, work: UnitOfWork, user: User, file: AssessmentFile) -> AssessmentView:
    """Return the view of an assessment the person was already found to have a right to."""
    return view_after(last_return(work, file.cycle, file.organisation.id), office, work, user, file)


def view_after(
    before: Assessment | None, office: Office, work: UnitOfWork, user: User, file: AssessmentFile
) -> AssessmentView:
    """Return the same where the organisation's last return before it is known already."""
    answers = work.answers.of_assessment(file.assessment.id)
    editable = file.assessment.status in EDITABLE
    return AssessmentView(
        assessment=file.assessment,
        organisation=file.organisation,
        organisation_type=office.types[file.assessment.organisation_type],
        cycle=file.cycle,
        standards_set=frozen_set(work, file.assessment.set_sha256),
        answers=answers,
        actions=work.actions.of_assessment(file.assessment.id),
        can_edit=editable and may(user, Right.ANSWER, file.place),
        can_reply=may(user, Right.ANSWER, file.place),
        can_sign_off=may(user, Right.SIGN_OFF, file.place),
        can_hand_back=may(user, Right.HAND_BACK, file.place),
        earlier=earlier_of(office, work, before, file.assessment),
        can_reopen=may(user, Right.REOPEN, file.place),
        hand_back=work.hand_backs.latest(file.assessment.id) if file.assessment.hand_back_reason else None,
    )


def save_answer(
    office: Office,
    user: User,
    assessment_id: str,
    question_id: str,
    *,
    expected_version: int,
    **changes: Unpack[AnswerChanges],
) -> Answer:
    """Save what changed in one answer and return the answer as it now stands.

    Saving the values that are already stored changes nothing and writes no event.

    Raises:
        StaleAnswerError: somebody saved another version meanwhile; nothing is overwritten.
        BadInputError: a rating the scale does not have, a value the question's type cannot read, a text that
            is too long, or a question that is not asked.
        NotPermittedError: the return is not open for changes, or the person may not answer.
        NotAvailableError: there is no such assessment for this person.
    """
    with office.store.writing() as work:
        saved = save_answer_in(office, work, user, assessment_id, question_id, expected_version, changes)
        # Without a change nothing is kept of this transaction, the raised revision included.
        if saved.version != expected_version:
            work.commit()
    return saved


def save_answer_in(
    office: Office,
    work: UnitOfWork,
    user: User,
    assessment_id: str,
    question_id: str,
    expected_version: int,
    changes: AnswerChanges,
) -> Answer:
    """Save what changed in one answer inside the caller's transaction; its version stays where nothing did.

    Raises:
        As ``save_answer``.
    """
    file, stored = lock_answer(work, user, assessment_id, question_id, Right.ANSWER)
    question = _open_question(work, file, question_id)
    standards_set = frozen_set(work, file.assessment.set_sha256)
    if stored.version != expected_version:
        raise StaleAnswerError(
            question_id=question_id, expected_version=expected_version, stored_version=stored.version
        )
    wanted = with_changes(stored, question, standards_set, _with_kept_texts(changes))
    if wanted == stored:
        return stored
    saved = write_answer(office, work, user, file, question, stored, wanted)
    start_if_needed(office, work, user, file)
    return saved


def save_action(office: Office, user: User, assessment_id: str, action: Action) -> Action:
    """Save the action promised under a question; an empty one takes it away.

    Raises:
        BadInputError: it would be due before it began, or it is closed or has updates that would be lost.
        As ``save_answer``, but for the version: the last to save an action wins.
    """
    action = replace(action, what=kept_text(action.what), owner=kept_text(action.owner))
    with office.store.writing() as work:
        file = lock_assessment(work, user, assessment_id, Right.ANSWER)
        _open_question(work, file, action.question_id)
        stored = work.actions.under(assessment_id, action.question_id)
        before = Action(action.question_id) if stored is None else stored.promise
        if action == before or (action.is_empty and before.is_empty):
            return before
        write_promise(office, work, user, file, stored, action)
        record(
            work,
            assessment_stream(assessment_id),
            user,
            "action_saved",
            office.clock(),
            question=action.question_id,
            what=action.what,
            owner=action.owner,
            due=action.due.isoformat() if action.due else None,
        )
        start_if_needed(office, work, user, file)
        work.commit()
    return action


def write_answer(
    office: Office,
    work: UnitOfWork,
    user: User,
    file: AssessmentFile,
    question: Question,
    stored: Answer,
    wanted: Answer,
) -> Answer:
    """Write one answer, what hangs on it and its event, inside the caller's transaction.

    Raises:
        StaleAnswerError: the stored version is no longer ``stored.version``.
    """
    saved = replace(wanted, version=stored.version + 1, updated_at=office.clock(), updated_by=user.id)
    event = {
        "stream": assessment_stream(file.assessment.id),
        "at": saved.updated_at,
        "actor": user.id,
        "name": "answer_saved",
        "details": {"question": question.id, "version": saved.version, "changed": changed_fields(stored, wanted)},
    }
    if not work.answers.save(file.assessment.id, saved, expected_version=stored.version, event=event):
        raise StaleAnswerError(
            question_id=question.id, expected_version=stored.version, stored_version=stored.version + 1
        )
    difference = settled_change(question, file.assessment.organisation_type, stored, wanted)
    work.assessments.add_to_settled(file.assessment.id, difference)
    return saved


def changed_fields(stored: Answer, wanted: Answer) -> dict[str, str | None]:
    """Return the new value of every field that differs, for the audit trail."""
    names = ("rating", "value", "marker", "reason", "evidence", "impact")
    return {name: getattr(wanted, name) for name in names if getattr(wanted, name) != getattr(stored, name)}


def _open_question(work: UnitOfWork, file: AssessmentFile, question_id: str) -> Question:
    """Return a question of a return that may be changed.

    Raises:
        BadInputError: it is not asked of the organisation.
        NotPermittedError: the return is not open for changes.
    """
    check_editable(file)
    question = frozen_set(work, file.assessment.set_sha256).questions_by_id.get(question_id)
    if question is None or not question.is_asked_of(file.assessment.organisation_type):
        raise BadInputError(f"Question {question_id} is not asked of {file.organisation.name}. Reload the page.")
    return question


def check_editable(file: AssessmentFile) -> None:
    """Raise NotPermittedError unless the return is open for changes."""
    if file.assessment.status not in EDITABLE:
        title = STATUS_TITLES[file.assessment.status].lower()
        raise NotPermittedError(
            f"This return is {title}, so its answers cannot be changed now. "
            "An approver can take it back before it is signed; after that, ask your scrutiny lead to hand it back."
        )


def start_if_needed(office: Office, work: UnitOfWork, user: User, file: AssessmentFile) -> None:
    """Move a return that is changed for the first time, or again, to In progress."""
    move = move_before_editing(file.assessment.status)
    if move is not None:
        work.assessments.set_status(file.assessment.id, next_status(file.assessment.status, move))
        record(work, assessment_stream(file.assessment.id), user, move.value, office.clock())


def _with_kept_texts(changes: AnswerChanges) -> AnswerChanges:
    kept = changes.copy()
    for name in _TEXTS:
        if name in kept:
            kept[name] = kept_text(kept[name])
    return kept


def kept_text(text: str) -> str:
    """Return a text as it is kept: without zero bytes, which PostgreSQL cannot hold.

    Raises:
        BadInputError: it is too long.
    """
    if length_of(text) > LONGEST_TEXT:
        raise BadInputError(
            f"This text has {length_of(text):,} characters and at most {LONGEST_TEXT:,} can be kept. "
            "Shorten it, or put the detail in a document and say where it is."
        )
    return text.replace("\x00", "")
