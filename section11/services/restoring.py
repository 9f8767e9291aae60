"""Putting a backup back into an empty place: checked to its last byte first, then whole or not at all."""

from __future__ import annotations

import hashlib
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from section11.config import Settings
from section11.domain.people import OPERATOR
from section11.errors import BadInputError
from section11.services.backup_manifest import Backup, read
from section11.services.backups import DATABASE, EVIDENCE, MANIFEST, PIECE, Progress, sha256_of
from section11.services.office import open_office
from section11.services.trail import TrailReport, verify_trail
from section11.storage.database_copies import contents_of, contents_of_file, put_back
from section11.storage.engine import has_tables, open_engine
from section11.storage.evidence_files import EvidenceFiles
from section11.storage.migrations import knows
from section11.storage.unit_of_work import Store

_DAMAGED = "This backup is damaged: {what} is not as it was written. Nothing was put back. Try another backup."

WAITED_IN_A_BACKUP = "It waited when a backup was made, which was put back since. It may have been sent before."


@dataclass(frozen=True, slots=True)
class Restored:
    backup: Backup
    trail: TrailReport


def restore_backup(settings: Settings, path: Path, progress: Progress) -> Restored:
    """Put a backup back where the settings point to, bring its tables up to date and verify its audit trail.

    Everybody has to sign in again. Mail that waited when the backup was made is not sent by itself.

    Raises:
        BadInputError: it is no backup, it is damaged or of a later release, or the place is not empty.
        CopyFailedError: the database could not be put back; it is as it was.
    """
    address = settings.address_of_database()
    _check_empty(address)
    with _opened(path) as archive, tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / DATABASE
        backup = _checked(archive, copy, address, progress)
        _put_evidence_back(archive, backup, EvidenceFiles.open(settings.address_of_evidence()), progress)
        progress("Putting the database back", 0.0)
        put_back(address, copy)
    _check_rows(address, backup)
    office = open_office(settings)
    try:
        with office.store.writing() as work:
            # Much of it was sent after the backup was made, and a copy that is only tried out must write to nobody.
            work.outbox.give_up_waiting(office.clock(), WAITED_IN_A_BACKUP)
            work.commit()
        trail = verify_trail(office, OPERATOR, lambda share: progress("Verifying the audit trail", share))
    finally:
        office.store.close()
    return Restored(backup, trail)


def _check_empty(address: str) -> None:
    if not has_tables(address):
        return
    store = Store.open(address)
    try:
        with store.reading() as work:
            names = [one.name for one in work.facts.partnerships().values()]
    finally:
        store.close()
    if names:
        raise BadInputError(
            f"There is a database here already, of {', '.join(names)}. A backup is only put back into an empty place: "
            "point SECTION11_DATA_DIR or SECTION11_DATABASE_URL to another one. Nothing was changed."
        )


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(path, mode="r:") as archive:
            yield archive
    except FileNotFoundError:
        raise BadInputError(f"There is no file {path}.") from None
    except (tarfile.TarError, EOFError) as error:
        raise BadInputError(f"{path} is not a backup of this product, or it is damaged.") from error
    except OSError as error:
        raise BadInputError(f"{path} cannot be read ({error.strerror}).") from error


def _checked(archive: tarfile.TarFile, copy: Path, address: str, progress: Progress) -> Backup:
    """Read the whole backup once, leave its database in ``copy``, and return what it says of itself."""
    backup = read(_member(archive, MANIFEST).read())
    kind = open_engine(address).dialect.name
    if backup.contents.kind != kind:
        raise BadInputError(
            f"This backup is of a {_NAMES[backup.contents.kind]} database and this place has {_NAMES[kind]}. "
            "Point SECTION11_DATABASE_URL to a database of the same kind."
        )
    if not knows(backup.contents.revision):
        raise BadInputError("This backup was made by a later release. Install that release to put it back.")
    with copy.open("wb") as file:
        shutil.copyfileobj(_member(archive, DATABASE), file, PIECE)
    if sha256_of(copy) != backup.database_sha256:
        raise BadInputError(_DAMAGED.format(what="the database"))
    if kind == "sqlite" and contents_of_file(copy) != backup.contents:
        raise BadInputError(_DAMAGED.format(what="the database"))
    for done, sha256 in enumerate(backup.evidence, start=1):
        if hashlib.sha256(_member(archive, EVIDENCE + sha256).read()).hexdigest() != sha256:
            raise BadInputError(_DAMAGED.format(what=f"the evidence file {sha256[:12]}…"))
        progress("Checking evidence files", done / len(backup.evidence))
    return backup


_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def _put_evidence_back(archive: tarfile.TarFile, backup: Backup, files: EvidenceFiles, progress: Progress) -> None:
    for done, sha256 in enumerate(backup.evidence, start=1):
        files.keep(_member(archive, EVIDENCE + sha256).read())
        progress("Putting evidence files back", done / len(backup.evidence))


def _member(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    try:
        member = archive.extractfile(name)
    except KeyError:
        member = None
    if member is None:
        raise BadInputError("This file is not a backup of this product, or it is damaged.")
    return member


def _check_rows(address: str, backup: Backup) -> None:
    engine = open_engine(address)
    try:
        found = contents_of(engine)
    finally:
        engine.dispose()
    if found != backup.contents:
        raise BadInputError(_DAMAGED.format(what="the number of rows put back"))
