"""Anchors: the last event of every stream at one moment, kept elsewhere, so that even a rewritten trail is found out.

Whoever can write to the database could write a whole new trail that is right in itself. It would not lead through
the events that an anchor, kept where they cannot write, says were there.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from section11.domain.people import User
from section11.domain.uk_time import long_date, uk_date
from section11.errors import BadInputError
from section11.permissions import Place, Right, require
from section11.services.office import Office
from section11.storage.unit_of_work import UnitOfWork

FORMAT = "section11-anchor-1"


@dataclass(frozen=True, slots=True)
class Anchor:
    """``heads`` has the number and hash of the last event of each stream."""

    made_at: datetime
    heads: dict[str, tuple[int, str]]


def make_anchor(office: Office, user: User) -> Anchor:
    """Return where the trail stands now."""
    with office.store.reading() as work:
        _check_right(work, user)
        return Anchor(office.clock(), work.audit_trail.heads())


def faults_beside(office: Office, user: User, anchor: Anchor) -> list[str]:
    """Return which streams no longer lead through what they held when the anchor was made."""
    with office.store.reading() as work:
        _check_right(work, user)
        there = work.audit_trail.hashes((stream, number) for stream, (number, _) in anchor.heads.items())
    made = long_date(uk_date(anchor.made_at))
    faults = []
    for stream, (number, digest) in sorted(anchor.heads.items()):
        found = there.get((stream, number))
        if found is None:
            faults.append(f"{stream}: event {number}, which was there on {made}, is missing.")
        elif found != digest:
            faults.append(f"{stream}: event {number} is not the one that was there on {made}.")
    return faults


def written(anchor: Anchor) -> bytes:
    """Return an anchor as it is kept in a file."""
    heads = {stream: list(head) for stream, head in sorted(anchor.heads.items())}
    content = {"format": FORMAT, "made_at": anchor.made_at.isoformat(), "heads": heads}
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def read(content: bytes) -> Anchor:
    """Return the anchor that a file holds.

    Raises:
        BadInputError: it holds none.
    """
    try:
        found = json.loads(content)
        if found["format"] != FORMAT:
            raise KeyError(FORMAT)
        heads = {str(stream): (int(number), str(digest)) for stream, (number, digest) in found["heads"].items()}
        return Anchor(datetime.fromisoformat(found["made_at"]), heads)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInputError("This file is not an anchor that “trail anchor” wrote, or it is damaged.") from error


def _check_right(work: UnitOfWork, user: User) -> None:
    for partnership_id in work.facts.partnerships():
        require(user, Right.VERIFY_TRAIL, Place(partnership_ids=frozenset({partnership_id})))
