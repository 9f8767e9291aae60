"""The content of evidence files, kept under the SHA-256 of itself: in a folder, or anywhere else fsspec can write."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from datetime import datetime
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

from section11.errors import Section11Error, SettingMissingError

_IS_SHA256 = re.compile(r"[0-9a-f]{64}")


class EvidenceLostError(Section11Error):
    """The store no longer has a file, or has something else in its place."""

    def __init__(self) -> None:
        super().__init__(
            "This file cannot be opened: what is stored is missing or is not what was sent in. "
            "Tell your administrator; it can be put back from a backup."
        )


class EvidenceFiles:
    """Keeps each content once, whoever sent it, and gives back only what it was given."""

    def __init__(self, file_system: Any, root: str) -> None:
        self._files = file_system
        self._root = root.rstrip("/")

    @classmethod
    def open(cls, address: str) -> EvidenceFiles:
        """Return the store at a folder or an address such as ``s3://bucket/folder``. Nothing is written yet.

        Raises:
            SettingMissingError: there is nothing that can write to such an address.
        """
        try:
            file_system, root = fsspec.core.url_to_fs(address)
        except (ImportError, ValueError) as error:
            raise SettingMissingError(
                "SECTION11_EVIDENCE_URL is not an address this installation can write to. "
                "Write a folder, or s3://bucket/folder after installing s3fs."
            ) from error
        return cls(file_system, root)

    def keep(self, content: bytes) -> str:
        """Store a content unless it is there already, and return its SHA-256.

        When this returns, a folder has it on the disk itself.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        if not self._refreshed(sha256) or self._stored(sha256) != content:
            self._write(self._path(sha256), content)
        return sha256

    def settle_leftovers(self, moment: datetime) -> None:
        """Put an end to what was half written, or half removed, when a process was killed before ``moment``."""
        if not isinstance(self._files, LocalFileSystem) or not self._files.exists(self._root):
            return
        for leftover in self._files.find(self._root):
            sha256, _, rest = leftover.rpartition("/")[2].partition(".")
            if not rest or not _IS_SHA256.fullmatch(sha256) or os.stat(leftover).st_mtime > moment.timestamp():
                continue
            content = self._files.cat_file(leftover)
            if hashlib.sha256(content).hexdigest() == sha256 and self._stored(sha256) is None:
                os.replace(leftover, self._path(sha256))
            else:
                os.unlink(leftover)

    def listed(self) -> list[str]:
        """Return the SHA-256 of every content that is stored."""
        self._files.invalidate_cache()
        if not self._files.exists(self._root):
            return []
        names = (path.rpartition("/")[2] for path in self._files.find(self._root))
        return sorted(name for name in names if _IS_SHA256.fullmatch(name))

    def remove_older(self, sha256: str, moment: datetime) -> bool:
        """Remove a content unless somebody has sent it in since ``moment``; False when it stays.

        Whoever sends it in again while this happens finds either the file, made new, or none, and writes it.
        """
        path = self._path(sha256)
        if not isinstance(self._files, LocalFileSystem):
            if self._files.modified(path) > moment:
                return False
            self._files.rm_file(path)
            return True
        # Taken out of the way first: from then on its time cannot be renewed by somebody who sends it in.
        aside = f"{path}.{secrets.token_hex(8)}"
        try:
            os.replace(path, aside)
        except FileNotFoundError:
            return False
        if os.stat(aside).st_mtime > moment.timestamp():
            os.replace(aside, path)
            return False
        os.unlink(aside)
        return True

    def _refreshed(self, sha256: str) -> bool:
        """Renew the time of a content that is stored, so that it is not taken for one nobody needs."""
        if not isinstance(self._files, LocalFileSystem):
            return False  # other stores renew it when it is written again
        try:
            os.utime(self._path(sha256))
        except FileNotFoundError:
            return False
        return True

    def read(self, sha256: str) -> bytes:
        """Return a content, compared with its SHA-256.

        Raises:
            EvidenceLostError: it is missing or not what was kept.
        """
        content = self._stored(sha256)
        if content is None or hashlib.sha256(content).hexdigest() != sha256:
            raise EvidenceLostError()
        return content

    def _stored(self, sha256: str) -> bytes | None:
        try:
            # An S3 store remembers lists of files; another process may have written since.
            self._files.invalidate_cache()
            content: bytes = self._files.cat_file(self._path(sha256))
        except FileNotFoundError:
            return None
        return content

    def _write(self, path: str, content: bytes) -> None:
        if not isinstance(self._files, LocalFileSystem):
            self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
            self._files.pipe_file(path, content)
            return
        folder = path.rpartition("/")[0]
        os.makedirs(folder, exist_ok=True)
        half_written = f"{path}.{secrets.token_hex(8)}"
        handle = os.open(half_written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(half_written, path)
        except OSError:
            os.unlink(half_written)  # when the disk is full, room matters
            raise
        _sync_folder(folder)

    def _path(self, sha256: str) -> str:
        return f"{self._root}/{sha256[:2]}/{sha256}"


def _sync_folder(folder: str) -> None:
    """Make sure that the name of a new file survives a power cut; Windows cannot be asked to and need not be."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
