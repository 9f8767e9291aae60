"""How far a zip archive may unpack: limits read from its list of parts, before anything is unpacked."""

from __future__ import annotations

from collections.abc import Sequence
from zipfile import ZipInfo

LARGEST_UNZIPPED = 100 * 1024 * 1024
HIGHEST_RATIO = 100
"""Unzipped to zipped; looked at only above ``RATIO_MATTERS_FROM`` bytes, since small dull files pack well."""
RATIO_MATTERS_FROM = 5 * 1024 * 1024
MOST_PARTS = 2_000


def unpacks_too_large(parts: Sequence[ZipInfo], zipped_size: int) -> bool:
    """Return whether an archive of this many bytes says it holds more than anybody would send in good faith."""
    unzipped_size = sum(part.file_size for part in parts)
    ratio_is_suspect = unzipped_size > RATIO_MATTERS_FROM and unzipped_size > HIGHEST_RATIO * zipped_size
    return unzipped_size > LARGEST_UNZIPPED or ratio_is_suspect or len(parts) > MOST_PARTS


def has_locked_parts(parts: Sequence[ZipInfo]) -> bool:
    """Return whether a part can be read only with a password."""
    return any(part.flag_bits & 1 for part in parts)
