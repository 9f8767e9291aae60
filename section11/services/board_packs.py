"""The board pack of a cycle: writing its draft, making it final, and reading the final ones."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from section11.domain.board_packs import (
    LONGEST_PART,
    LONGEST_SENTENCE,
    PLAN,
    WRITTEN_PARTS,
    PlannedAction,
    WrittenPart,
    pack_words_of,
    plan_text,
)
from section11.domain.cycles import Cycle
from section11.domain.people import User
from section11.domain.xml_text import without_forbidden_characters
from section11.errors import BadInputError, NotAvailableError, StalePackWordsError
from section11.permissions import Right
from section11.reports.board_pack import DRAFT, BoardPack, PackPage
from section11.reports.board_pack_text import fingerprint_of, pack_from_text, text_of_pack
from section11.reports.board_pages import PackFigures, board_pack_of, pages_of
from section11.reports.board_sentences import RULE_KEYS
from section11.reports.board_sharing import aliases_for
from section11.services.collating import cycle_figures
from section11.services.office import Office
from section11.services.places import find_cycle
from section11.services.trail import partnership_stream, record
from section11.services.trends import cycle_trends
from section11.storage.board_packs import FinalPack
from section11.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence to edit: what the figures say now, and what a person made of it, if anybody did."""

    key: str
    from_figures: str
    edited: WrittenPart | None

    @property
    def words(self) -> str:
        return self.edited.words if self.edited is not None and self.is_edited else self.from_figures

    @property
    def is_edited(self) -> bool:
        return self.edited is not None and self.edited.is_edit

    @property
    def version(self) -> int:
        return self.edited.version if self.edited is not None else 0

    @property
    def is_outdated(self) -> bool:
        """Whether it was edited when the figures said something else."""
        return self.edited is not None and self.is_edited and self.edited.made_from != self.from_figures


@dataclass(frozen=True)
class BoardDraft:
    """The pack as it would be made final now, and its parts as people may edit them; ``parts`` is by part."""

    pack: BoardPack
    sentences: Mapping[str, tuple[DraftSentence, ...]]
    """By the title of their page, in the order of the pages."""
    parts: Mapping[str, WrittenPart]

    @property
    def outdated(self) -> tuple[DraftSentence, ...]:
        return tuple(one for some in self.sentences.values() for one in some if one.is_outdated)


@dataclass(frozen=True, slots=True)
class PackLine:
    """A final pack in a list; ``made_by`` is a name."""

    pack: FinalPack
    made_by: str


def pack_figures(office: Office, user: User, cycle_id: str) -> PackFigures:
    """Return what a pack is counted from: the figures of the cycle, and the trends up to it.

    Raises:
        NotAvailableError, NotPermittedError: the person may not see this cycle's figures.
    """
    return PackFigures(cycle_figures(office, user, cycle_id), cycle_trends(office, user, cycle_id))


def view_draft(office: Office, user: User, cycle_id: str, counted: PackFigures) -> BoardDraft:
    """Return the draft of a cycle's board pack, from figures the person was given before.

    Raises:
        NotAvailableError, NotPermittedError: the person may not write this cycle's board pack.
    """
    with office.store.reading() as work:
        find_cycle(work, user, cycle_id, Right.EDIT_BOARD_PACK)
        parts = work.board_packs.words(cycle_id)
    return BoardDraft(
        pack=_made(counted, parts, number=DRAFT),
        sentences={page.title: _editable(page, parts) for page in pages_of(counted) if page.sentences},
        parts=parts,
    )


def save_words(
    office: Office, user: User, cycle_id: str, part: str, words: str, *, expected_version: int, made_from: str = ""
) -> int:
    """Save one part of the draft: a sentence by its key, themes or recommendations. An empty sentence is left out.

    Args:
        made_from: For a sentence, what the figures said when it was edited; equal words take the edit back.
        expected_version: The version that was edited, 0 where nobody had written anything.

    Returns:
        The version now.

    Raises:
        StalePackWordsError: somebody else saved this part meanwhile.
        BadInputError: it is too long, or there is no such part.
    """
    is_sentence = part not in WRITTEN_PARTS
    if is_sentence and part.partition(".")[0] not in RULE_KEYS:
        raise BadInputError("The board pack has no such part. Reload the page and try again.")
    words = without_forbidden_characters(words).strip()
    longest = LONGEST_SENTENCE if is_sentence else LONGEST_PART
    if len(words) > longest:
        raise BadInputError(f"This has {len(words):,} characters and at most {longest:,} can be kept. Shorten it.")
    return _save(office, user, cycle_id, part, words, expected_version, made_from)


def save_plan(
    office: Office, user: User, cycle_id: str, plan: Sequence[PlannedAction], *, expected_version: int
) -> int:
    """Save the partnership's action plan and return its version now; see ``save_words`` for what it raises."""
    cleaned = [
        replace(one, what=without_forbidden_characters(one.what).strip(), who=one.who.strip()[:200]) for one in plan
    ]
    words = plan_text(cleaned)
    if len(words) > LONGEST_PART:
        raise BadInputError(f"The plan is too long: at most {LONGEST_PART:,} characters can be kept. Shorten it.")
    return _save(office, user, cycle_id, PLAN, words, expected_version, "")


def make_final(office: Office, user: User, cycle_id: str) -> FinalPack:
    """Freeze the pack: figures as they are now and words as they are written. It never changes afterwards.

    Raises:
        BadInputError: a sentence was edited when the figures were different, so it may no longer be true.
        NotAvailableError, NotPermittedError: the person may not write this cycle's board pack.
    """
    counted = pack_figures(office, user, cycle_id)
    with office.store.writing() as work:
        cycle = find_cycle(work, user, cycle_id, Right.EDIT_BOARD_PACK)
        work.board_packs.lock(cycle_id)
        parts = work.board_packs.words(cycle_id)
        _refuse_outdated(counted, parts)
        number = work.board_packs.latest_number(cycle_id) + 1
        pack = _made(counted, parts, number=number)
        content = text_of_pack(pack)
        final = FinalPack(cycle_id, number, user.id, office.clock(), counted.now.taken_at, fingerprint_of(content))
        work.board_packs.add(final, content)
        _record(office, work, user, cycle, "board_pack_made_final", number=number, sha256=final.sha256)
        work.commit()
    return final


def list_packs(office: Office, user: User, cycle_id: str) -> list[PackLine]:
    """Return the final packs of a cycle, the latest first.

    Raises:
        NotAvailableError, NotPermittedError: the person may not read this cycle's board packs.
    """
    with office.store.reading() as work:
        find_cycle(work, user, cycle_id, Right.READ_BOARD_PACK)
        packs = work.board_packs.final(cycle_id)
        people = work.accounts.people_by_id(one.made_by for one in packs)
    return [PackLine(one, people[one.made_by].name if one.made_by in people else "") for one in packs]


def stored_pack(work: UnitOfWork, cycle_id: str, number: int) -> tuple[BoardPack, str]:
    """Return a final pack with its fingerprint.

    Raises:
        NotAvailableError: there is no such pack.
    """
    found = work.board_packs.content(cycle_id, number)
    if found is None:
        raise NotAvailableError()
    return pack_from_text(found[0]), found[1]


def _made(counted: PackFigures, parts: Mapping[str, WrittenPart], *, number: int) -> BoardPack:
    names = [one.name for one in counted.now.organisations]
    aliases = aliases_for(names, secrets.token_hex(16))
    return board_pack_of(counted, pack_words_of(parts), number=number, aliases=aliases)


def _editable(page: PackPage, parts: Mapping[str, WrittenPart]) -> tuple[DraftSentence, ...]:
    return tuple(DraftSentence(one.key, one.words, parts.get(one.key)) for one in page.sentences)


def _refuse_outdated(counted: PackFigures, parts: Mapping[str, WrittenPart]) -> None:
    outdated = [one for page in pages_of(counted) for one in _editable(page, parts) if one.is_outdated]
    if outdated:
        count = "One sentence was" if len(outdated) == 1 else f"{len(outdated)} sentences were"
        raise BadInputError(
            f"{count} edited before the figures changed, so the pack is not final yet. Read what the figures say now, "
            "save again, and make it final."
        )


def _save(
    office: Office, user: User, cycle_id: str, part: str, words: str, expected_version: int, made_from: str
) -> int:
    with office.store.writing() as work:
        cycle = find_cycle(work, user, cycle_id, Right.EDIT_BOARD_PACK)
        work.board_packs.lock(cycle_id)
        stored = work.board_packs.words(cycle_id).get(part)
        version = stored.version if stored else 0
        if version != expected_version:
            raise StalePackWordsError(part)
        if stored is not None and (stored.words, stored.made_from) == (words, made_from):
            return version
        if stored is None and words == made_from:
            return version
        new = WrittenPart(part, words, version + 1, user.id, office.clock(), made_from)
        work.board_packs.put_words(cycle_id, new)
        _record(office, work, user, cycle, "board_pack_edited", part=part, version=new.version, words=words)
        work.commit()
    return new.version


def _record(office: Office, work: UnitOfWork, user: User, cycle: Cycle, name: str, **details: object) -> None:
    for partnership_id in sorted(cycle.partnership_ids):
        record(work, partnership_stream(partnership_id), user, name, office.clock(), cycle=cycle.id, **details)
