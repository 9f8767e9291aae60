"""The content of evidence files, kept under the SHA-256 of itself: in a folder, or anywhere else fsspec can write."""

from __future__ import annotations

import hashlib
import os
import secrets
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

from section11.errors import Section11Error, SettingMissingError


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
        if self._stored(sha256) != content:
            self._write(self._path(sha256), content)
        return sha256

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
