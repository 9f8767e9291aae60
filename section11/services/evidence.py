"""Evidence an organisation keeps: adding files and links, new revisions, their dates, and where each is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from section11.domain.evidence import (
    Description,
    EvidenceItem,
    EvidenceKind,
    Revision,
    ScanState,
    check_address,
    check_description,
    check_size,
    evidence_id,
)
from section11.domain.file_types import check_file, name_to_keep
from section11.domain.organisations import Organisation
from section11.domain.people import User
from section11.errors import BadInputError, NotAvailableError
from section11.permissions import HOLDERS, Place, Right, may, require
from section11.services.attaching import QuestionPlace, attach_in
from section11.services.office import Office
from section11.services.places import place_of
from section11.services.scanning import scanned
from section11.services.trail import organisation_stream, record
from section11.storage.evidence import EvidenceUse
from section11.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A piece of evidence with where it is attached."""

    item: EvidenceItem
    uses: tuple[EvidenceUse, ...]


@dataclass(frozen=True, slots=True)
class EvidenceList:
    """What an organisation keeps, by title. ``cycle_names`` is by assessment id; ``size`` is in bytes."""

    organisation: Organisation
    lines: tuple[EvidenceLine, ...]
    cycle_names: Mapping[str, str]
    size: int
    can_change: bool


def evidence_organisations(office: Office, user: User) -> list[Organisation]:
    """Return the organisations whose evidence this person may read, by name: their own, and the sites of those."""
    with office.store.reading() as work:
        own = user.organisations_as(*HOLDERS[Right.READ_RETURN])
        found = work.organisations.with_sites(own).values()
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def list_evidence(office: Office, user: User, organisation_id: str) -> EvidenceList:
    """Return everything an organisation keeps, with where it is used.

    Raises:
        NotAvailableError, NotPermittedError: the person may not read this organisation's drafts.
    """
    with office.store.reading() as work:
        organisation, place = _find(work, user, organisation_id, Right.READ_RETURN)
        items = work.evidence.of_organisation(organisation_id)
        uses = work.evidence.uses(item.id for item in items)
        cycles = {cycle.id: cycle.name for cycle in work.cycles.all()}
        returns = [row.assessment for row in work.assessments.of_organisations([organisation_id])]
    return EvidenceList(
        organisation,
        tuple(EvidenceLine(item, tuple(uses.get(item.id, ()))) for item in items),
        {one.id: cycles[one.cycle_id] for one in returns},
        sum(revision.size for item in items for revision in item.revisions),
        can_change=may(user, Right.KEEP_EVIDENCE, place),
    )


def add_file(
    office: Office,
    user: User,
    organisation_id: str,
    description: Description,
    file_name: str,
    content: bytes,
    *,
    attach_to: QuestionPlace | None = None,
) -> EvidenceItem:
    """Keep a file as evidence, and attach it to a question if one is given: both, or neither.

    Raises:
        NotOurFileError: the file is not one that is kept; the sentence says why, and what to do.
        BadInputError: the title or dates cannot be used, or the question is not asked.
        NotAvailableError, NotPermittedError: the person may not add evidence here, or the return is not open.
    """
    _check_right(office, user, organisation_id)
    revision = _file_revision(office, user, organisation_id, file_name, content)
    return _add(office, user, organisation_id, EvidenceKind.FILE, description, revision, attach_to)


def add_link(
    office: Office,
    user: User,
    organisation_id: str,
    description: Description,
    url: str,
    *,
    attach_to: QuestionPlace | None = None,
) -> EvidenceItem:
    """Keep a link as evidence, and attach it to a question if one is given: both, or neither.

    Raises:
        BadInputError: the title, dates or address cannot be used.
        As ``add_file`` otherwise.
    """
    _check_right(office, user, organisation_id)
    return _add(
        office, user, organisation_id, EvidenceKind.LINK, description, _link_revision(office, user, url), attach_to
    )


def replace_file(office: Office, user: User, item_id: str, file_name: str, content: bytes) -> EvidenceItem:
    """Put a new file in the place of the latest; the earlier ones stay.

    Raises:
        BadInputError: it is the same file as before, or the item is a link.
        As ``add_file`` otherwise.
    """
    item = _item_to_change(office, user, item_id, EvidenceKind.FILE)
    revision = _file_revision(office, user, item.organisation_id, file_name, content)
    return _replace(office, user, item, revision)


def replace_link(office: Office, user: User, item_id: str, url: str) -> EvidenceItem:
    """Put a new address in the place of the latest; the earlier ones stay.

    Raises:
        BadInputError: it is the same address as before, or the item is a file.
        As ``add_link`` otherwise.
    """
    item = _item_to_change(office, user, item_id, EvidenceKind.LINK)
    return _replace(office, user, item, _link_revision(office, user, url))


def describe_evidence(office: Office, user: User, item_id: str, description: Description) -> EvidenceItem:
    """Change the title and dates of a piece of evidence. Writing what is there already changes nothing.

    Raises:
        BadInputError: the title or dates cannot be used.
        NotAvailableError, NotPermittedError: the person may not change it.
    """
    wanted = check_description(description)
    with office.store.writing() as work:
        item = find_item(work, user, item_id, Right.KEEP_EVIDENCE)
        if wanted == Description(item.title, item.dated, item.expires):
            return item
        work.evidence.describe(item_id, wanted)
        stream = organisation_stream(item.organisation_id)
        record(work, stream, user, "evidence_described", office.clock(), item=item_id, **_written(wanted))
        work.commit()
    return replace(item, title=wanted.title, dated=wanted.dated, expires=wanted.expires)


def find_item(work: UnitOfWork, user: User, item_id: str, right: Right) -> EvidenceItem:
    """Return a piece of evidence of an organisation in which the person holds the right.

    Raises:
        NotAvailableError, NotPermittedError: as for anything of an organisation.
    """
    item = work.evidence.get(item_id)
    if item is None:
        raise NotAvailableError()
    _find(work, user, item.organisation_id, right)
    return item


def _find(work: UnitOfWork, user: User, organisation_id: str, right: Right) -> tuple[Organisation, Place]:
    organisation = work.organisations.get(organisation_id)
    if organisation is None:
        raise NotAvailableError()
    place = place_of(work, organisation)
    require(user, right, place)
    return organisation, place


def _check_right(office: Office, user: User, organisation_id: str) -> None:
    """Refuse before a file is stored or scanned; the transaction that keeps it asks again."""
    with office.store.reading() as work:
        _find(work, user, organisation_id, Right.KEEP_EVIDENCE)


def _item_to_change(office: Office, user: User, item_id: str, kind: EvidenceKind) -> EvidenceItem:
    with office.store.reading() as work:
        item = find_item(work, user, item_id, Right.KEEP_EVIDENCE)
    if item.kind is not kind:
        raise BadInputError(f"“{item.title}” is a {item.kind.value}. Replace it with another {item.kind.value}.")
    return item


def _file_revision(office: Office, user: User, organisation_id: str, file_name: str, content: bytes) -> Revision:
    check_size(len(content), ())
    name = name_to_keep(file_name)
    kind = check_file(name, content)
    with office.store.reading() as work:
        check_size(len(content), work.evidence.sizes(organisation_id))
    scan = scanned(office, content)
    # Before the row: a row must never name a file that is not there. A file without a row does no harm.
    sha256 = office.evidence_files.keep(content)
    return Revision(1, office.clock(), user.id, "", sha256, len(content), kind.media_type, name, scan)


def _link_revision(office: Office, user: User, url: str) -> Revision:
    return Revision(1, office.clock(), user.id, url=check_address(url), scan=ScanState.NOT_SCANNED)


def _add(
    office: Office,
    user: User,
    organisation_id: str,
    kind: EvidenceKind,
    description: Description,
    revision: Revision,
    attach_to: QuestionPlace | None,
) -> EvidenceItem:
    wanted = check_description(description)
    with office.store.writing() as work:
        work.evidence.lock_organisation(organisation_id)
        _find(work, user, organisation_id, Right.KEEP_EVIDENCE)
        check_size(revision.size, work.evidence.sizes(organisation_id))
        number = work.evidence.count(organisation_id) + 1
        # Only now, so that what is added after a signing is also dated after it.
        revision = replace(revision, added_at=office.clock())
        item = EvidenceItem(
            evidence_id(organisation_id, number),
            organisation_id,
            kind,
            wanted.title,
            wanted.dated,
            wanted.expires,
            (revision,),
        )
        work.evidence.add(item)
        stream = organisation_stream(organisation_id)
        facts = _written(wanted) | _content(revision)
        record(work, stream, user, "evidence_added", revision.added_at, item=item.id, **facts)
        if attach_to is not None:
            attach_in(office, work, user, attach_to, item)
        work.commit()
    return item


def _replace(office: Office, user: User, found: EvidenceItem, revision: Revision) -> EvidenceItem:
    with office.store.writing() as work:
        work.evidence.lock_organisation(found.organisation_id)
        item = find_item(work, user, found.id, Right.KEEP_EVIDENCE)
        if (revision.sha256, revision.url) == (item.latest.sha256, item.latest.url):
            raise BadInputError(
                f"This is the same {item.kind.value} as the latest of “{item.title}”. Choose the new one."
            )
        check_size(revision.size, work.evidence.sizes(item.organisation_id))
        numbered = replace(revision, number=item.latest.number + 1, added_at=office.clock())
        work.evidence.add_revision(item.id, numbered)
        stream = organisation_stream(item.organisation_id)
        facts = _content(numbered)
        record(work, stream, user, "evidence_replaced", numbered.added_at, item=item.id, **facts)
        work.commit()
    return replace(item, revisions=(*item.revisions, numbered))


def _written(description: Description) -> dict[str, str | None]:
    return {
        "title": description.title,
        "dated": description.dated.isoformat() if description.dated else None,
        "expires": description.expires.isoformat() if description.expires else None,
    }


def _content(revision: Revision) -> dict[str, str | int]:
    facts: dict[str, str | int] = {"revision": revision.number, "scan": revision.scan.value}
    if revision.url:
        return facts | {"url": revision.url}
    return facts | {"sha256": revision.sha256, "size": revision.size, "media_type": revision.media_type}
