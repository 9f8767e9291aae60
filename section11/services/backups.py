"""Backups: one file with the database and every evidence file as they are at one moment, made while people work."""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from section11.errors import BadInputError
from section11.services.backup_manifest import Backup, written
from section11.services.office import Office
from section11.storage.database_copies import Contents, copy_database
from section11.storage.evidence_files import EvidenceFiles, EvidenceLostError

MANIFEST, DATABASE, EVIDENCE = "manifest.json", "database", "evidence/"
PIECE = 1024 * 1024

Progress = Callable[[str, float], None]


def create_backup(office: Office, path: Path, progress: Progress) -> Backup:
    """Write a backup to ``path``, readable by its owner alone; a file that is there already is not touched.

    The database is copied first, so every file it names is there to be copied after it; but for one whose time is over
    and that is removed in between, which is told as lost.

    Raises:
        BadInputError: there is such a file, or it cannot be written.
        CopyFailedError: the database could not be copied.
    """
    if path.exists():
        raise BadInputError(f"{path} exists. Choose another name, so that no backup is overwritten.")
    half_written = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".section11-backup-") as folder:
            progress("Copying the database", 0.0)
            made_at, copy = office.clock(), Path(folder) / DATABASE
            contents = copy_database(office.store.engine, copy)
            with _private(half_written) as file, tarfile.open(fileobj=file, mode="w") as archive:
                archive.add(copy, DATABASE)
                lost = tuple(_add_evidence(archive, office.evidence_files, contents, progress))
                backup = Backup(made_at, sha256_of(copy), contents, lost)
                _add(archive, MANIFEST, written(backup))
        os.replace(half_written, path)
    except OSError as error:
        raise BadInputError(f"The backup could not be written to {path} ({error.strerror}).") from error
    finally:
        half_written.unlink(missing_ok=True)
    return backup


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _add_evidence(
    archive: tarfile.TarFile, files: EvidenceFiles, contents: Contents, progress: Progress
) -> Iterator[str]:
    """Add every evidence file, and give the SHA-256 of each that is missing or damaged."""
    for done, sha256 in enumerate(contents.evidence, start=1):
        try:
            _add(archive, EVIDENCE + sha256, files.read(sha256))
        except EvidenceLostError:
            yield sha256
        progress("Copying evidence files", done / len(contents.evidence))


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, io.BytesIO(content))


@contextmanager
def _private(path: Path) -> Iterator[BinaryIO]:
    """Give a new file that only its owner can read, and that is on the disk itself when this ends."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
