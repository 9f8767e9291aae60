"""Sets that were read before are remembered in this process, until one of their files says something else."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from section11.definitions.library import SCALES_FILE, StandardsLibrary
from section11.definitions.question_faults import SET_FILE
from section11.definitions.set_reader import ReadSet
from section11.definitions.yaml_lines import read_yaml


@dataclass(frozen=True, slots=True)
class _Remembered:
    read: ReadSet
    listed: tuple[Path, ...]
    sha256: str


_remembered: dict[tuple[Path, frozenset[str]], _Remembered] = {}
"""By folder, and by the organisation types that questions may name."""


def read_remembered(library: StandardsLibrary, folder: Path) -> ReadSet:
    """Return what ``library.read`` would, without reading the same words again and again.

    The files' contents decide, not their dates: some file systems keep dates too coarse to tell two savings apart.
    Comparing takes less than a millisecond, reading a set 50 to 100.
    """
    key = (folder.resolve(), library.organisation_types)
    known = _remembered.get(key)
    if known is not None and _hash_of(_files(library, folder, known.listed)) == known.sha256:
        return known.read
    listed = _listed(folder)
    files = _files(library, folder, listed)
    sha256 = _hash_of(files)
    read = library.read(folder)
    # What was saved during the reading may be in what was read or not, so then it is read again next time.
    if _hash_of(files) == sha256:
        _remembered[key] = _Remembered(read, listed, sha256)
    return read


def _files(library: StandardsLibrary, folder: Path, listed: Sequence[Path]) -> list[Path]:
    """Return every file that may have a say: those of the folder, those the set lists, and the scales."""
    return [library.folder / SCALES_FILE, *sorted({*folder.glob("*.yaml"), *listed})]


def _listed(folder: Path) -> tuple[Path, ...]:
    data = read_yaml(folder / SET_FILE).data
    names = data.get("standards") if isinstance(data, dict) else None
    return tuple(folder / name for name in names if isinstance(name, str)) if isinstance(names, list) else ()


def _hash_of(files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"{path.name}:{len(content)}:".encode() + content)
    return digest.hexdigest()
