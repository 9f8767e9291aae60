"""Many Excel returns at once: what organisations sent in, each brought in whole or not at all, with one summary."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from section11.domain.assessments import assessment_id_for
from section11.domain.merging import ProposedChange
from section11.domain.people import User
from section11.errors import NotAvailableError, NotOurFileError, Problem, Section11Error
from section11.permissions import Right, may_somewhere
from section11.services.answering import check_editable
from section11.services.office import Office
from section11.services.places import find_assessment, lock_assessment
from section11.services.return_merging import MergedReturn, faults_of_promises, merged_return, write_changes
from section11.storage.unit_of_work import UnitOfWork
from section11.workbooks.return_reader import ReturnFile, read_return

NOT_HERE = (
    "This Excel return belongs to an organisation or cycle that is not here. "
    "Ask the organisation for the file of this cycle."
)


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file somebody sent; ``read`` gives its bytes when its turn comes."""

    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class FileResult:
    """What one file changed, or would change in a dry run.

    ``refusal`` says in one sentence why nothing of it is used; with ``problems`` nothing of it is used either.
    ``conflicts`` counts fields that were changed on screen as well since the file was made.
    """

    filename: str
    organisation: str = ""
    changes: int = 0
    conflicts: int = 0
    problems: tuple[Problem, ...] = ()
    refusal: str = ""

    @property
    def is_used(self) -> bool:
        return not self.refusal and not self.problems


@dataclass(frozen=True, slots=True)
class ManyReturns:
    """One summary of all files, in the order they were given."""

    files: tuple[FileResult, ...]

    @property
    def used(self) -> tuple[FileResult, ...]:
        return tuple(one for one in self.files if one.is_used)

    @property
    def not_used(self) -> tuple[FileResult, ...]:
        return tuple(one for one in self.files if not one.is_used)

    @property
    def changes(self) -> int:
        return sum(one.changes for one in self.used)

    @property
    def conflicts(self) -> int:
        return sum(one.conflicts for one in self.used)


def bring_in_returns(
    office: Office,
    user: User,
    files: Iterable[SentFile],
    *,
    dry_run: bool,
    overwrite: bool = False,
    progress: Callable[[str, int], None] | None = None,
) -> ManyReturns:
    """Import the files one after the other, each whole or not at all and with an event of its own.

    Where a field was changed on screen since the file was made, what is on screen stays, or with ``overwrite``
    what the file says is taken. A second file for the same return is refused, since nobody can tell which counts.

    Args:
        dry_run: Say what would happen, and change nothing.
        progress: Called before each file with its name and how many were done.

    Raises:
        NotAvailableError: the person brings in returns nowhere.
    """
    with office.store.refusals_told():
        if not may_somewhere(user, Right.BRING_IN_RETURNS):
            raise NotAvailableError()
    results: list[FileResult] = []
    first_by_assessment: dict[str, str] = {}
    for done, sent in enumerate(files):
        if progress:
            progress(sent.name, done)
        turn = _Turn(office, user, sent.name, dry_run=dry_run, overwrite=overwrite)
        try:
            content = sent.read()
            read = read_return(content)
            _refuse_second(first_by_assessment, read, sent.name)
            results.append(turn.take(read, hashlib.sha256(content).hexdigest()))
        except NotAvailableError:
            results.append(FileResult(sent.name, refusal=NOT_HERE))
        except Section11Error as error:
            results.append(FileResult(sent.name, refusal=error.user_message))
    return ManyReturns(tuple(results))


def _refuse_second(first_by_assessment: dict[str, str], read: ReturnFile, name: str) -> None:
    assessment_id = assessment_id_for(read.cycle_id, read.organisation_id)
    if assessment_id in first_by_assessment:
        first = first_by_assessment[assessment_id]
        raise NotOurFileError(f'"{first}" is a file of the same return. Leave out the one that does not count.')
    first_by_assessment[assessment_id] = name


@dataclass(frozen=True, slots=True)
class _Turn:
    """One file's turn."""

    office: Office
    user: User
    filename: str
    dry_run: bool
    overwrite: bool

    def take(self, read: ReturnFile, sha256: str) -> FileResult:
        assessment_id = assessment_id_for(read.cycle_id, read.organisation_id)
        if self.dry_run:
            with self.office.store.reading() as work:
                file = find_assessment(work, self.user, assessment_id, Right.BRING_IN_RETURNS)
                check_editable(file)
                return self._result(merged_return(work, file, read))
        with self.office.store.writing() as work:
            file = lock_assessment(work, self.user, assessment_id, Right.BRING_IN_RETURNS)
            check_editable(file)
            merged = merged_return(work, file, read)
            result = self._result(merged)
            if result.is_used and result.changes:
                self._write(work, merged, sha256)
            return result

    def _write(self, work: UnitOfWork, merged: MergedReturn, sha256: str) -> None:
        changes = self._wanted(merged)
        write_changes(self.office, work, self.user, merged, changes, filename=self.filename, sha256=sha256)
        work.commit()

    def _result(self, merged: MergedReturn) -> FileResult:
        wanted = self._wanted(merged)
        return FileResult(
            self.filename,
            organisation=merged.file.organisation.name,
            changes=len(wanted),
            conflicts=len(merged.conflicts),
            problems=(*merged.problems, *faults_of_promises(self.office, merged, wanted)),
        )

    def _wanted(self, merged: MergedReturn) -> list[ProposedChange]:
        return [change for change in merged.changes if self.overwrite or not change.conflict]
