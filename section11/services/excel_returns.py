"""The Excel return: downloading it, and importing one with a preview, all or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from section11.domain.merging import ProposedChange
from section11.domain.people import User
from section11.errors import BadInputError, Problem, ProblemsFoundError
from section11.permissions import Right
from section11.services.answering import check_editable
from section11.services.downloads import XLSX, Download
from section11.services.office import Office
from section11.services.places import find_assessment, find_readable, lock_assessment
from section11.services.return_forms import return_form
from section11.services.return_merging import faults_of_promises, merged_return, write_changes
from section11.services.trail import assessment_stream, record
from section11.workbooks.marked_copy import marked_copy
from section11.workbooks.return_reader import read_return
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
        merged = merged_return(work, file, read)
    agreed = [change for change in merged.changes if not change.conflict]
    problems = (*merged.problems, *faults_of_promises(office, merged, agreed))
    return ImportPreview(merged.changes, problems, hashlib.sha256(content).hexdigest())


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
        merged = merged_return(work, file, read)
        if merged.problems:
            raise ProblemsFoundError(merged.problems, what="The Excel return")
        changes = [one for one in merged.changes if (one.question_id, one.field) not in keep_stored]
        _check_settled(changes, take_file)
        if not changes:
            return 0
        faults = faults_of_promises(office, merged, changes)
        if faults:
            raise ProblemsFoundError(faults, what="The Excel return")
        sha256 = hashlib.sha256(content).hexdigest()
        write_changes(office, work, user, merged, changes, filename=filename, sha256=sha256)
        work.commit()
    return len(changes)


def file_with_marks(content: bytes, problems: Sequence[Problem], filename: str) -> Download:
    """Return a copy of a person's own file with its problems marked in the cells, to put right and bring in again.

    Raises:
        NotOurFileError: it is too large to be marked.
    """
    name = filename[:-5] if filename.lower().endswith(".xlsx") else filename
    return Download(f"{name}-to-put-right.xlsx", XLSX, marked_copy(content, problems))


def _check_settled(changes: list[ProposedChange], take_file: Collection[tuple[str, str]]) -> None:
    unsettled = [one for one in changes if one.conflict and (one.question_id, one.field) not in take_file]
    if unsettled:
        ids = ", ".join(dict.fromkeys(one.question_id for one in unsettled))
        raise BadInputError(
            f"A colleague changed {ids} on screen in the meantime. Nothing was imported. "
            "Bring the file in again and choose which to keep."
        )
