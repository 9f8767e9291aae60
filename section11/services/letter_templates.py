"""The wording of feedback letters, and the Word document they stand in: each partnership may have its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from jinja2 import Template

from section11.config import PROJECT_DIR
from section11.domain.cycles import Cycle
from section11.domain.people import User
from section11.errors import BadInputError, NotAvailableError
from section11.permissions import Right, require
from section11.reports.letter import PLACEHOLDERS, values_of
from section11.reports.letter_blocks import Block, Part
from section11.reports.letter_docx import letter_starter
from section11.reports.letter_sample import sample_letter
from section11.reports.letter_wording import check_wording, compiled, filled
from section11.reports.word_template import WordTemplate
from section11.services.downloads import DOCX, Download
from section11.services.office import Office
from section11.services.places import partnership_place, partnerships_with
from section11.services.trail import partnership_stream, record
from section11.storage.letters import LetterTemplate
from section11.storage.unit_of_work import UnitOfWork

USUAL_WORDING_FILE = PROJECT_DIR / "exports" / "templates" / "letter.txt"


@dataclass(frozen=True, slots=True)
class OwnLetter:
    """The letter of a partnership as it may be changed: its wording, and the name of its own Word document if any."""

    words: str
    is_usual: bool
    document_name: str


@dataclass(frozen=True, slots=True)
class ReadyTemplate:
    """What the letters of a cycle are made with: the wording, ready to fill in, and a document or None."""

    wording: Template
    document: WordTemplate | None


@cache
def usual_wording() -> str:
    """Return the wording where a partnership has none of its own."""
    return USUAL_WORDING_FILE.read_text(encoding="utf-8").strip()


def template_for(work: UnitOfWork, cycle: Cycle) -> ReadyTemplate:
    """Return what the letters of a cycle are made with.

    Where several partnerships run it, wording and document are those of the first, by id, that has its own.
    """
    own = work.letters.templates_of(cycle.partnership_ids)
    words = next((own[one].words for one in sorted(own) if own[one].words), usual_wording())
    content = next((own[one].document for one in sorted(own) if own[one].document), b"")
    return ReadyTemplate(compiled(words, PLACEHOLDERS), _document(content) if content else None)


def list_letter_templates(office: Office, user: User) -> dict[str, OwnLetter]:
    """Return the letters by partnership id, of the partnerships whose letter this person may change."""
    with office.store.reading() as work:
        ids = partnerships_with(user, Right.CHANGE_LETTER, list(work.facts.partnerships()))
        own = work.letters.templates_of(ids)
    return {one: _as_shown(own.get(one, LetterTemplate())) for one in ids}


def preview_wording(words: str) -> tuple[Block, ...]:
    """Return a made-up letter in this wording.

    Raises:
        BadInputError: one sentence with the line and the placeholder that is wrong.
    """
    return filled(compiled(words or usual_wording(), PLACEHOLDERS), values_of(sample_letter()))


def change_letter_wording(
    office: Office, user: User, partnership_id: str, words: str, *, instead_of: str | None = None
) -> OwnLetter:
    """Write a partnership's own wording and return the letter as it is now; an empty one brings the usual back.

    Args:
        instead_of: The wording the person had before them; None for whoever does not care.

    Raises:
        BadInputError: a placeholder is wrong, or a colleague changed the wording since; nothing is saved.
        NotAvailableError, NotPermittedError: the person may not change this partnership's letter.
    """
    _require_may_change(office, user, partnership_id)
    words = words.replace("\x00", "").replace("\r\n", "\n").strip()
    check_wording(words, PLACEHOLDERS)
    words = "" if words == usual_wording() else words

    def change(stored: LetterTemplate) -> LetterTemplate:
        if instead_of not in (None, stored.words or usual_wording()):
            raise BadInputError(
                "A colleague changed the wording after you opened this page. Copy your text, reload the page, and put "
                "both together."
            )
        return replace(stored, words=words)

    return _changed(office, user, partnership_id, "letter_wording_changed", change, words=words)


def change_letter_document(office: Office, user: User, partnership_id: str, content: bytes, filename: str) -> OwnLetter:
    """Take a Word document as the template of a partnership's letters. It is checked first.

    Raises:
        NotOurFileError: it is no Word document, or one with macros, links or other things a letter never needs.
        BadInputError: a placeholder is wrong. In both cases nothing is saved.
        NotAvailableError, NotPermittedError: the person may not change this partnership's letter.
    """
    _require_may_change(office, user, partnership_id)
    _document(content)
    name = filename.replace("\x00", "").strip()[-120:] or "letter.docx"
    return _changed(
        office,
        user,
        partnership_id,
        "letter_document_changed",
        lambda stored: replace(stored, document=content, document_name=name),
        file_name=name,
    )


def remove_letter_document(office: Office, user: User, partnership_id: str) -> OwnLetter:
    """Go back to the plain layout that comes with the product.

    Raises:
        NotAvailableError, NotPermittedError: the person may not change this partnership's letter.
    """
    _require_may_change(office, user, partnership_id)
    return _changed(
        office,
        user,
        partnership_id,
        "letter_document_removed",
        lambda stored: replace(stored, document=b"", document_name=""),
    )


def download_letter_document(office: Office, user: User, partnership_id: str) -> Download:
    """Return the partnership's own Word document, or one to begin with. Downloading is an event.

    Raises:
        NotAvailableError, NotPermittedError: the person may not change this partnership's letter.
    """
    _require_may_change(office, user, partnership_id)
    with office.store.writing() as work:
        names = work.facts.partnerships()
        if partnership_id not in names:
            raise NotAvailableError()
        stored = work.letters.templates_of([partnership_id]).get(partnership_id, LetterTemplate())
        record(work, partnership_stream(partnership_id), user, "letter_document_downloaded", office.clock())
        work.commit()
    content = stored.document or letter_starter(names[partnership_id].name)
    return Download(f"{partnership_id}-letter-template.docx", DOCX, content)


def _changed(
    office: Office,
    user: User,
    partnership_id: str,
    event: str,
    change: Callable[[LetterTemplate], LetterTemplate],
    **details: str,
) -> OwnLetter:
    with office.store.writing() as work:
        if partnership_id not in work.facts.partnerships():
            raise NotAvailableError()
        stored = work.letters.templates_of([partnership_id]).get(partnership_id, LetterTemplate())
        wanted = change(stored)
        if wanted != stored:
            work.letters.put(partnership_id, wanted)
            record(work, partnership_stream(partnership_id), user, event, office.clock(), **details)
            work.commit()
    return _as_shown(wanted)


def _as_shown(template: LetterTemplate) -> OwnLetter:
    return OwnLetter(template.words or usual_wording(), not template.words, template.document_name)


def _document(content: bytes) -> WordTemplate:
    kinds = {name: isinstance(value, Part) for name, value in values_of(sample_letter()).items()}
    return WordTemplate(
        content,
        words=[name for name, is_part in kinds.items() if not is_part],
        parts=[name for name, is_part in kinds.items() if is_part],
    )


def _require_may_change(office: Office, user: User, partnership_id: str) -> None:
    with office.store.refusals_told():
        require(user, Right.CHANGE_LETTER, partnership_place(partnership_id))
