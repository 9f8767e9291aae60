"""The question sets and organisation types that come with the product, read once: no test changes them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from section11.config import PROJECT_DIR
from section11.definitions.library import StandardsLibrary
from section11.definitions.organisation_types import read_organisation_types
from section11.definitions.set_reader import ReadSet


class LibraryReadOnce(StandardsLibrary):
    """Reading a set takes longer than many a test."""

    def read(self, folder: Path) -> ReadSet:
        return _read_once(self, folder)


@cache
def _read_once(library: LibraryReadOnce, folder: Path) -> ReadSet:
    return StandardsLibrary(library.folder, library.organisation_types).read(folder)


TYPES = read_organisation_types(PROJECT_DIR / "orgs" / "types.yaml")
LIBRARY = LibraryReadOnce(PROJECT_DIR / "standards", TYPES.keys)
