"""Merging an Excel return into what is stored, inside the transaction of whoever brings it in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from section11.domain.actions import TrackedAction, check_promise
from section11.domain.answers import Action, Answer
from section11.domain.assessments import settled_change
from section11.domain.merging import ACTION_FIELDS, ProposedChange, Saying, apply_changes, merge_returns
from section11.domain.people import User
from section11.domain.uk_time import uk_date
from section11.errors import BadInputError, Problem
from section11.services.answering import changed_fields, start_if_needed
from section11.services.office import Office, frozen_set
from section11.services.places import AssessmentFile
from section11.services.promising import write_promise
from section11.services.trail import assessment_stream, record
from section11.storage.unit_of_work import UnitOfWork
from section11.workbooks.return_checks import checked, identity_problem
from section11.workbooks.return_reader import ReturnFile


@dataclass(frozen=True, slots=True)
class MergedReturn:
    """What a file would change in an assessment, and the faults that stop it."""

    file: AssessmentFile
    stored: Mapping[str, Saying]
    tracked: Mapping[str, TrackedAction]
    changes: tuple[ProposedChange, ...]
    problems: tuple[Problem, ...]
    due_cells: Mapping[str, str]

    @property
    def conflicts(self) -> tuple[ProposedChange, ...]:
        return tuple(change for change in self.changes if change.conflict)


def merged_return(work: UnitOfWork, file: AssessmentFile, read: ReturnFile) -> MergedReturn:
    """Return what the file says against what is stored now.

    Raises:
        NotOurFileError: it was made for another organisation, cycle or edition of the questions.
    """
    assessment = file.assessment
    identity_problem(
        read,
        organisation_id=file.organisation.id,
        cycle_id=file.cycle.id,
        set_sha256=assessment.set_sha256,
        organisation_name=file.organisation.name,
        cycle_name=file.cycle.name,
    )
    standards_set = frozen_set(work, assessment.set_sha256)
    result = checked(read, standards_set, assessment.organisation_type)
    tracked = work.actions.of_assessment(assessment.id)
    stored = _stored(work.answers.of_assessment(assessment.id), tracked)
    not_rated = {question.id for question in standards_set.all_questions() if not question.is_rated}
    return MergedReturn(
        file=file,
        stored=stored,
        tracked=tracked,
        changes=tuple(merge_returns(result.base, stored, result.incoming, not_rated=not_rated)),
        problems=result.problems,
        due_cells={row.question_id: row.places["due"] for row in read.rows if "due" in row.places},
    )


def faults_of_promises(office: Office, merged: MergedReturn, changes: Collection[ProposedChange]) -> list[Problem]:
    """Return what is wrong with the changed actions beside what became of those that are stored."""
    problems = []
    of_actions = (change for change in changes if change.field in ACTION_FIELDS)
    for question_id, (_, action) in apply_changes(merged.stored, of_actions).items():
        if action == (merged.stored.get(question_id) or _nothing(question_id))[1]:
            continue
        try:
            check_promise(merged.tracked.get(question_id), action, uk_date(office.clock()))
        except BadInputError as error:
            problems.append(Problem(merged.due_cells[question_id], error.user_message))
    return problems


def write_changes(
    office: Office,
    work: UnitOfWork,
    user: User,
    merged: MergedReturn,
    changes: Sequence[ProposedChange],
    *,
    filename: str,
    sha256: str,
) -> None:
    """Write the changes with one event for the file; the caller holds the assessment and commits."""
    file = merged.file
    details = _write(office, work, user, merged, apply_changes(merged.stored, changes))
    start_if_needed(office, work, user, file)
    stream = assessment_stream(file.assessment.id)
    record(work, stream, user, "return_imported", office.clock(), file=filename, sha256=sha256, changed=details)


def _write(
    office: Office, work: UnitOfWork, user: User, merged: MergedReturn, wanted: Mapping[str, Saying]
) -> dict[str, dict[str, str | None]]:
    """Write the changed answers and actions and return the new values for the trail."""
    file = merged.file
    questions = frozen_set(work, file.assessment.set_sha256).questions_by_id
    details: dict[str, dict[str, str | None]] = {}
    answers, settled = [], 0
    for question_id, (answer, action) in wanted.items():
        before, action_before = merged.stored.get(question_id) or _nothing(question_id)
        fields = changed_fields(before, answer)
        if answer != before:
            answers.append(answer)
            settled += settled_change(questions[question_id], file.assessment.organisation_type, before, answer)
        if action != action_before:
            write_promise(office, work, user, file, merged.tracked.get(question_id), action)
            due = action.due.isoformat() if action.due else None
            fields |= {"action": action.what, "owner": action.owner, "due": due}
        details[question_id] = fields
    if not work.answers.save_all(file.assessment.id, answers, at=office.clock(), by=user.id):
        raise BadInputError(
            "A colleague changed an answer on screen in the meantime. Nothing was imported; bring the file in again."
        )
    work.assessments.add_to_settled(file.assessment.id, settled)
    return details


def _stored(answers: Mapping[str, Answer], tracked: Mapping[str, TrackedAction]) -> dict[str, Saying]:
    return {
        one: (answers.get(one, Answer(one)), tracked[one].promise if one in tracked else Action(one))
        for one in dict.fromkeys([*answers, *tracked])
    }


def _nothing(question_id: str) -> Saying:
    return Answer(question_id), Action(question_id)
