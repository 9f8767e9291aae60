"""Feedback letters: one to an organisation, the list of a cycle, and all that are released, one after the other."""

from __future__ import annotations

import gc
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

from section11.domain.cycles import Cycle
from section11.domain.organisations import Organisation
from section11.domain.people import User
from section11.domain.workflow import RETURNED, AssessmentStatus
from section11.errors import BadInputError, NotAvailableError, NotPermittedError
from section11.permissions import Right
from section11.reports.letter import LetterFacts, values_of
from section11.reports.letter_docx import letter_docx
from section11.reports.letter_pdf import letter_pdf
from section11.reports.letter_wording import filled
from section11.services.downloads import DOCX, PDF, Download
from section11.services.letter_facts import facts_for_letter, find_for_letter
from section11.services.letter_templates import ReadyTemplate, template_for
from section11.services.office import Office
from section11.services.places import AssessmentFile, find_cycle
from section11.services.trail import assessment_stream, partnership_stream, record
from section11.storage.unit_of_work import UnitOfWork

LETTERS_BETWEEN_CLEARINGS = 25


class LetterFormat(StrEnum):
    PDF = "pdf"
    DOCX = "docx"


FORMAT_TITLES: dict[LetterFormat, str] = {LetterFormat.PDF: "PDF", LetterFormat.DOCX: "Word"}
_MEDIA_TYPES: dict[LetterFormat, str] = {LetterFormat.PDF: PDF, LetterFormat.DOCX: DOCX}


class LetterState(StrEnum):
    """Whether there is a letter: to send, for scrutiny to look at, or none."""

    READY = "ready"
    PREVIEW = "preview"
    NONE = "none"


LETTER_STATE_TITLES: dict[LetterState, str] = {
    LetterState.READY: "Letter ready",
    LetterState.PREVIEW: "Not released: preview only",
    LetterState.NONE: "No letter: not submitted",
}


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One return of a cycle, and whether there is a letter about it."""

    assessment_id: str
    organisation: Organisation
    status: AssessmentStatus

    @property
    def state(self) -> LetterState:
        if self.status is AssessmentStatus.RELEASED:
            return LetterState.READY
        return LetterState.PREVIEW if self.status in RETURNED else LetterState.NONE


@dataclass(frozen=True, slots=True)
class LettersMade:
    """How many letters were put together, and whose return was handed back or reopened meanwhile."""

    count: int
    left_out: tuple[str, ...] = ()


def list_letters(office: Office, user: User, cycle_id: str) -> tuple[Cycle, list[LetterLine]]:
    """Return every return of a cycle with the state of its letter, in order of name.

    Raises:
        NotAvailableError, NotPermittedError: the person may not make letters in this cycle.
    """
    with office.store.reading() as work:
        cycle = find_cycle(work, user, cycle_id, Right.WRITE_LETTERS)
        return cycle, _lines(work, cycle)


def download_letter(office: Office, user: User, assessment_id: str, letter_format: str) -> Download:
    """Return the letter to an organisation. Downloading is an event, and so is a preview.

    Raises:
        NotAvailableError, NotPermittedError: there is none, or it is not for this person; see ``find_for_letter``.
    """
    if letter_format not in set(LetterFormat):
        raise NotAvailableError()
    chosen = LetterFormat(letter_format)
    with office.store.writing() as work:
        file = find_for_letter(work, user, assessment_id)
        facts = facts_for_letter(office, work, user, file)
        template = template_for(work, file.cycle)
        name = "letter_previewed" if facts.is_preview else "letter_downloaded"
        record(work, assessment_stream(assessment_id), user, name, office.clock(), format=chosen.value)
        work.commit()
    return Download(_filename(file, chosen, facts), _MEDIA_TYPES[chosen], _content(facts, template, chosen))


def write_letters(
    office: Office,
    user: User,
    cycle_id: str,
    letter_format: LetterFormat,
    out: IO[bytes],
    progress: Callable[[str, float], None] | None = None,
) -> LettersMade:
    """Write every released letter of a cycle into a ZIP file, one after the other. It is an event.

    Each letter is read, made and written before the next, so that neither memory nor a transaction grows with them.

    Args:
        out: Where the ZIP goes; it need not be one that can be read.
        progress: Called with the organisation's name and the share done, 0 to 1.

    Raises:
        BadInputError: nothing in this cycle has been released.
        NotAvailableError, NotPermittedError: the person may not make letters in this cycle.
    """
    with office.store.reading() as work:
        cycle = find_cycle(work, user, cycle_id, Right.WRITE_LETTERS)
        ready = [one for one in _lines(work, cycle) if one.state is LetterState.READY]
        template = template_for(work, cycle)
    if not ready:
        raise BadInputError("No return of this cycle has been released, so there is no letter yet. Release one first.")
    left_out = []
    # PDF and Word files are packed already.
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for number, line in enumerate(ready, start=1):
            try:
                filename, content = _released_letter(office, user, line.assessment_id, letter_format, template)
                archive.writestr(filename, content)
            except NotPermittedError:
                left_out.append(line.organisation.name)
            if number % LETTERS_BETWEEN_CLEARINGS == 0:
                # A Word document's objects point at each other and hold memory that Python does not count.
                gc.collect()
            if progress:
                progress(line.organisation.name, number / len(ready))
    made = LettersMade(len(ready) - len(left_out), tuple(left_out))
    with office.store.writing() as work:
        for partnership_id in sorted(cycle.partnership_ids):
            details = {"cycle": cycle_id, "format": letter_format.value, "letters": made.count}
            record(work, partnership_stream(partnership_id), user, "letters_downloaded", office.clock(), **details)
        work.commit()
    return made


def _released_letter(
    office: Office, user: User, assessment_id: str, letter_format: LetterFormat, template: ReadyTemplate
) -> tuple[str, bytes]:
    with office.store.reading() as work:
        file = find_for_letter(work, user, assessment_id)
        if file.assessment.status is not AssessmentStatus.RELEASED:
            raise NotPermittedError("This return was handed back meanwhile, so its letter is not among the others.")
        facts = facts_for_letter(office, work, user, file)
    return _filename(file, letter_format, facts), _content(facts, template, letter_format)


def _content(facts: LetterFacts, template: ReadyTemplate, letter_format: LetterFormat) -> bytes:
    values = values_of(facts)
    blocks = filled(template.wording, values)
    if letter_format is LetterFormat.PDF:
        return letter_pdf(facts, blocks)
    return letter_docx(facts, blocks, values, template.document)


def _filename(file: AssessmentFile, letter_format: LetterFormat, facts: LetterFacts) -> str:
    preview = "-preview" if facts.is_preview else ""
    return f"{file.cycle.id}-{file.organisation.id}-letter{preview}.{letter_format.value}"


def _lines(work: UnitOfWork, cycle: Cycle) -> list[LetterLine]:
    organisations = work.organisations.all_by_id()
    lines = [
        LetterLine(one.assessment.id, organisations[one.assessment.organisation_id], one.assessment.status)
        for one in work.assessments.in_cycle(cycle.id)
    ]
    return sorted(lines, key=lambda line: line.organisation.name.casefold())
