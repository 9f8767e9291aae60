"""Evidence: a file or link that shows what an answer says, with its own dates, replaced only by a new revision."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from section11.domain.uk_time import long_date
from section11.errors import BadInputError, NotOurFileError

MEGABYTE = 1024 * 1024
LARGEST_FILE_MB = 20
MOST_OF_AN_ORGANISATION_MB = 500
LONGEST_TITLE = 200
LONGEST_ADDRESS = 2_000
EXPIRES_SOON = timedelta(days=60)

NOBODY_IDENTIFIABLE = (
    "No child or member of staff may be identifiable in it. Take out names, dates of birth, and NHS and pupil numbers."
)


class EvidenceKind(StrEnum):
    FILE = "file"
    LINK = "link"


class ScanState(StrEnum):
    """What the virus scanner said of a file."""

    NOT_SCANNED = "not_scanned"
    """No scanner is set up here; links are never scanned."""
    HELD = "held"
    CLEAN = "clean"
    REFUSED = "refused"
    REMOVED = "removed"
    """Its time was over: the file is no longer kept, and what was signed still names it by its hash."""


class Expiry(StrEnum):
    """Where a piece of evidence stands in its life; the value is how people read it."""

    NONE = "no expiry date"
    CURRENT = "current"
    SOON = "expires soon"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a piece of evidence: a file by the SHA-256 of its content, or a link by its address."""

    number: int
    added_at: datetime
    added_by: str
    url: str = ""
    sha256: str = ""
    size: int = 0
    media_type: str = ""
    file_name: str = ""
    scan: ScanState = ScanState.NOT_SCANNED


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """A piece of evidence of an organisation. ``revisions`` has at least one and ends with the latest."""

    id: str
    organisation_id: str
    kind: EvidenceKind
    title: str
    dated: date | None
    expires: date | None
    revisions: tuple[Revision, ...]

    @property
    def latest(self) -> Revision:
        return self.revisions[-1]

    @property
    def keeps_files(self) -> bool:
        """Whether it has a file that was not removed."""
        return self.kind is EvidenceKind.FILE and any(one.scan is not ScanState.REMOVED for one in self.revisions)

    def revision(self, number: int) -> Revision | None:
        return next((one for one in self.revisions if one.number == number), None)

    def expiry(self, today: date) -> Expiry:
        """Return where it stands today; it still holds on the day it expires."""
        if self.expires is None:
            return Expiry.NONE
        if today > self.expires:
            return Expiry.EXPIRED
        return Expiry.SOON if self.expires - today <= EXPIRES_SOON else Expiry.CURRENT


@dataclass(frozen=True, slots=True)
class Description:
    """What people say about a piece of evidence."""

    title: str
    dated: date | None = None
    expires: date | None = None


def evidence_id(organisation_id: str, number: int) -> str:
    """Return ``riverdale-police.e7`` for the seventh piece of evidence of an organisation."""
    return f"{organisation_id}.e{number}"


def as_signed(item: EvidenceItem, signed_at: datetime | None) -> EvidenceItem | None:
    """Return the item as it was when a return was signed, for those who read that return; None if it was not there."""
    revisions = tuple(one for one in item.revisions if signed_at is not None and one.added_at <= signed_at)
    return replace(item, revisions=revisions) if revisions else None


def check_description(written: Description) -> Description:
    """Return a description with tidy words.

    Raises:
        BadInputError: there is no title, it is too long, or it expires before its own date.
    """
    title = " ".join(written.title.replace("\x00", "").split())
    if not title:
        raise BadInputError("Give the evidence a title, such as “Safeguarding policy 2026”, so that others find it.")
    if len(title) > LONGEST_TITLE:
        raise BadInputError(f"This title has {len(title)} characters. Shorten it to at most {LONGEST_TITLE}.")
    if written.dated and written.expires and written.expires < written.dated:
        raise BadInputError(
            f"The expiry date, {long_date(written.expires)}, is before the date of the evidence, "
            f"{long_date(written.dated)}. Correct one of the two."
        )
    return replace(written, title=title)


def check_address(written: str) -> str:
    """Return a web address without blanks around it.

    Raises:
        BadInputError: it is no whole address on http or https, holds a password, or is too long.
    """
    url = written.strip()
    advice = "Copy the whole address from the browser; it begins with https://."
    if not url:
        raise BadInputError(f"Enter the address of the evidence. {advice}")
    if len(url) > LONGEST_ADDRESS:
        raise BadInputError(f"This address is longer than {LONGEST_ADDRESS:,} characters. Use a shorter link.")
    try:
        parts = urlsplit(url)
        host, has_password = parts.hostname, parts.password is not None or parts.username is not None
    except ValueError:
        raise BadInputError(f"This is not a web address. {advice}") from None
    if parts.scheme not in {"https", "http"} or not host or re.search(r"[\s\x00-\x1f\x7f\\]", url):
        raise BadInputError(f"This is not a web address that can be opened from here. {advice}")
    if has_password:
        raise BadInputError("This address holds a user name or password. Take that out and share the page instead.")
    return url


def check_size(size: int, sizes_kept: Sequence[int]) -> None:
    """Raise unless a file of this many bytes may be added to what the organisation keeps already.

    Raises:
        NotOurFileError: the file is too large, or the organisation's room is used up.
    """
    if size > LARGEST_FILE_MB * MEGABYTE:
        raise NotOurFileError(
            f"This file is too large: at most {LARGEST_FILE_MB} MB can be kept. "
            "Save it with smaller pictures or as PDF, or add a link to where it is."
        )
    if sum(sizes_kept) + size > MOST_OF_AN_ORGANISATION_MB * MEGABYTE:
        raise NotOurFileError(
            f"Your organisation's evidence fills the {MOST_OF_AN_ORGANISATION_MB} MB there are for it. "
            "Add a link to where the file is instead."
        )


def size_words(size: int) -> str:
    """Return ``12 KB`` or ``3.4 MB``."""
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{max(1, round(size / 1024))} KB"
