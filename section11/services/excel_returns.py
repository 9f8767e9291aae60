"""The Excel return: downloading it, and importing one with a preview, all or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from section11.domain.actions import check_promise
from section11.domain.answers import Action, Answer
from section11.domain.assessments import assessment_id_for
from section11.domain.merging import ProposedChange, Saying, apply_changes, merge_returns
from section11.domain.people import User
from section11.domain.uk_time import uk_date
from section11.errors import BadInputError, Problem, ProblemsFoundError
from section11.permissions import Right
from section11.services.answering import changed_fields, check_editable, start_if_needed, write_answer
from section11.services.downloads import XLSX, Download
from section11.services.office import Office, frozen_set
from section11.services.places import AssessmentFile, find_assessment, find_readable, lock_assessment
from section11.services.promising import write_promise
from section11.services.return_forms import return_form
from section11.services.trail import assessment_stream, record
from section11.storage.unit_of_work import UnitOfWork
from section11.workbooks.return_checks import CheckedReturn, checked, identity_problem
from section11.workbooks.return_reader import ReturnFile, read_return
from section11.workbooks.return_writer import write_return


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an Excel return would change, and the faults that stop it."""

    changes: tuple[ProposedChange, ...]
    problems: tuple[Problem, ...]
    sha256: str

    @property
    def conflicts(self) -> tuple[ProposedChange, ...]:
        return tuple(change for change in self.changes if change.conflict)


def download_return(office: Office, user: User, assessment_id: str, *, blank: bool = False) -> Download:
    """Return the Excel return, with what is stored or blank. Downloading is an event.

    The organisation may always download its own; scrutiny may once it is submitted.

    Raises:
        NotAvailableError, NotPermittedError: as for reading the return.
    """
    with office.store.writing() as work:
        file = find_readable(work, user, assessment_id)
        form = return_form(office, work, file, blank=blank)
        name = "return_form_downloaded" if blank else "return_downloaded"
        record(work, assessment_stream(assessment_id), user, name, office.clock())
        work.commit()
    suffix = "-blank" if blank else ""
    return Download(f"{file.cycle.id}-{file.organisation.id}{suffix}.xlsx", XLSX, write_return(form))


def preview_import(office: Office, user: User, assessment_id: str, content: bytes) -> ImportPreview:
    """Return what importing this file would change, without changing anything.

    Raises:
        NotOurFileError: it is not an Excel return, or not the one for this organisation and cycle.
        NotPermittedError, NotAvailableError: the person may not answer here, or the return is not open.
    """
    read = read_return(content)
    with office.store.reading() as work:
        file = find_assessment(work, user, assessment_id, Right.ANSWER)
        check_editable(file)
        result = _checked(work, file, read)
        stored = _stored(work, assessment_id)
        changes = _merged(work, file, result, stored)
        agreed = apply_changes(stored, [change for change in changes if not change.conflict])
        problems = (*result.problems, *_faults_of_promises(office, work, file, read, stored, agreed))
    return ImportPreview(tuple(changes), problems, hashlib.sha256(content).hexdigest())


def import_return(
    office: Office,
    user: User,
    assessment_id: str,
    content: bytes,
    *,
    filename: str = "",
    keep_stored: Collection[tuple[str, str]] = (),
    take_file: Collection[tuple[str, str]] = (),
) -> int:
    """Apply every change of the file at once, or none, and return how many fields changed.

    Args:
        keep_stored: (question id, field) of the changes to leave out.
        take_file: (question id, field) of the conflicts in which the file is to win.

    Raises:
        BadInputError: a conflict that nobody settled either way; it came up after the preview.
        ProblemsFoundError: the file has faults; nothing is changed.
        As ``preview_import``.
    """
    read = read_return(content)
    with office.store.writing() as work:
        file = lock_assessment(work, user, assessment_id, Right.ANSWER)
        check_editable(file)
        result = _checked(work, file, read)
        if result.problems:
            raise ProblemsFoundError(result.problems, what="The Excel return")
        stored = _stored(work, assessment_id)
        changes = [
            change
            for change in _merged(work, file, result, stored)
            if (change.question_id, change.field) not in keep_stored
        ]
        _check_settled(changes, take_file)
        if not changes:
            return 0
        wanted = apply_changes(stored, changes)
        faults = _faults_of_promises(office, work, file, read, stored, wanted)
        if faults:
            raise ProblemsFoundError(faults, what="The Excel return")
        details = _write(office, work, user, file, stored, wanted)
        start_if_needed(office, work, user, file)
        record(
            work,
            assessment_stream(assessment_id),
            user,
            "return_imported",
            office.clock(),
            file=filename,
            sha256=hashlib.sha256(content).hexdigest(),
            changed=details,
        )
        work.commit()
    return len(changes)


def _merged(
    work: UnitOfWork, file: AssessmentFile, result: CheckedReturn, stored: dict[str, Saying]
) -> list[ProposedChange]:
    questions = frozen_set(work, file.assessment.set_sha256).all_questions()
    not_rated = {question.id for question in questions if not question.is_rated}
    return merge_returns(result.base, stored, result.incoming, not_rated=not_rated)


def _check_settled(changes: list[ProposedChange], take_file: Collection[tuple[str, str]]) -> None:
    unsettled = [one for one in changes if one.conflict and (one.question_id, one.field) not in take_file]
    if unsettled:
        ids = ", ".join(dict.fromkeys(one.question_id for one in unsettled))
        raise BadInputError(
            f"A colleague changed {ids} on screen in the meantime. Nothing was imported. "
            "Bring the file in again and choose which to keep."
        )


def _checked(work: UnitOfWork, file: AssessmentFile, read: ReturnFile) -> CheckedReturn:
    identity_problem(
        read,
        organisation_id=file.organisation.id,
        cycle_id=file.cycle.id,
        set_sha256=file.assessment.set_sha256,
        organisation_name=file.organisation.name,
        cycle_name=file.cycle.name,
    )
    return checked(read, frozen_set(work, file.assessment.set_sha256), file.assessment.organisation_type)


def _stored(work: UnitOfWork, assessment_id: str) -> dict[str, Saying]:
    answers = work.answers.of_assessment(assessment_id)
    actions = work.answers.actions_of(assessment_id)
    return {
        question_id: (answers.get(question_id, Answer(question_id)), actions.get(question_id, Action(question_id)))
        for question_id in answers.keys() | actions.keys()
    }


def _faults_of_promises(
    office: Office,
    work: UnitOfWork,
    file: AssessmentFile,
    read: ReturnFile,
    stored: dict[str, Saying],
    wanted: dict[str, Saying],
) -> list[Problem]:
    """Return what is wrong with the changed actions beside what became of those that are stored."""
    tracked = work.actions.of_assessment(file.assessment.id)
    cells = {row.question_id: row.places["due"] for row in read.rows if "due" in row.places}
    problems = []
    for question_id, (_, action) in wanted.items():
        if question_id in stored and action == stored[question_id][1]:
            continue
        try:
            check_promise(tracked.get(question_id), action, uk_date(office.clock()))
        except BadInputError as error:
            problems.append(Problem(cells[question_id], error.user_message))
    return problems


def _write(
    office: Office,
    work: UnitOfWork,
    user: User,
    file: AssessmentFile,
    stored: dict[str, Saying],
    changed: dict[str, Saying],
) -> dict[str, dict[str, str | None]]:
    """Write the changed answers and actions and return the new values for the trail."""
    questions = frozen_set(work, file.assessment.set_sha256).questions_by_id
    tracked = work.actions.of_assessment(file.assessment.id)
    details: dict[str, dict[str, str | None]] = {}
    for question_id, (answer, action) in changed.items():
        before, action_before = stored.get(question_id, (Answer(question_id), Action(question_id)))
        fields = changed_fields(before, answer)
        if answer != before:
            write_answer(office, work, user, file, questions[question_id], before, answer, with_event=False)
        if action != action_before:
            write_promise(office, work, user, file, tracked.get(question_id), action)
            due = action.due.isoformat() if action.due else None
            fields |= {"action": action.what, "owner": action.owner, "due": due}
        details[question_id] = fields
    return details


def whose_return(content: bytes) -> str:
    """Return the id of the assessment an Excel return says it belongs to.

    Raises:
        NotOurFileError: it is not an Excel return.
    """
    read = read_return(content)
    return assessment_id_for(read.cycle_id, read.organisation_id)
