"""All letters of a cycle in one ZIP file, kept on disk for a while for the person who had it made."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from threading import Lock

from section11.domain.people import User
from section11.errors import NotAvailableError
from section11.permissions import Right
from section11.services.letters import LetterFormat, LettersMade, write_letters
from section11.services.office import Office
from section11.services.places import find_cycle

KEPT_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A ZIP file of letters. ``id`` is secret, and opens it for one person only."""

    id: str
    path: Path
    filename: str
    person_id: str
    cycle_id: str
    made: LettersMade
    made_at: datetime


_bundles: dict[str, Bundle] = {}
_lock = Lock()


def make_bundle(
    office: Office,
    user: User,
    cycle_id: str,
    letter_format: LetterFormat,
    progress: Callable[[str, float], None] | None = None,
) -> Bundle:
    """Write every released letter of a cycle into a file, to be downloaded within the hour.

    Raises:
        As ``write_letters``; then, and when the making is interrupted, no file is left.
    """
    _forget_old(office.clock())
    bundle_id = secrets.token_urlsafe(24)
    path = _folder() / f"{bundle_id}.zip"
    try:
        with path.open("xb") as file:
            made = write_letters(office, user, cycle_id, letter_format, file, progress)
    except BaseException:  # a page that is left stops its run in the middle
        path.unlink(missing_ok=True)
        raise
    filename = f"{cycle_id}-letters-{letter_format.value}.zip"
    bundle = Bundle(bundle_id, path, filename, user.id, cycle_id, made, office.clock())
    with _lock:
        _bundles[bundle_id] = bundle
    return bundle


def open_bundle(office: Office, user: User, bundle_id: str) -> Bundle:
    """Return a file that was made for this person.

    Raises:
        NotAvailableError: there is none, it is too old, or it is somebody else's.
        NotPermittedError: the person may make letters no longer.
    """
    _forget_old(office.clock())
    bundle = _bundles.get(bundle_id)
    if bundle is None or bundle.person_id != user.id:
        with office.store.refusals_told():
            raise NotAvailableError()
    with office.store.reading() as work:
        find_cycle(work, user, bundle.cycle_id, Right.WRITE_LETTERS)
    return bundle


def _forget_old(now: datetime) -> None:
    with _lock:
        for old in [one for one in _bundles.values() if one.made_at < now - KEPT_FOR]:
            del _bundles[old.id]
            old.path.unlink(missing_ok=True)


@cache
def _kept() -> tempfile.TemporaryDirectory[str]:
    """Return a folder that only this process reads, and that goes when it ends."""
    return tempfile.TemporaryDirectory(prefix="section11-letters-", ignore_cleanup_errors=True)


def _folder() -> Path:
    return Path(_kept().name)
