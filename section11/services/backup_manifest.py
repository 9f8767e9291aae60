"""What a backup says of itself, to be compared with what is in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from section11.errors import BadInputError
from section11.storage.database_copies import Contents

FORMAT = "section11-backup-1"


@dataclass(frozen=True, slots=True)
class Backup:
    """When it was made and what it holds. ``lost`` are evidence files that were missing or damaged at that time."""

    made_at: datetime
    database_sha256: str
    contents: Contents
    lost: tuple[str, ...] = ()

    @property
    def evidence(self) -> tuple[str, ...]:
        """The SHA-256 of every evidence file in it."""
        return tuple(one for one in self.contents.evidence if one not in self.lost)


def written(backup: Backup) -> bytes:
    """Return the manifest as it stands in the backup."""
    content = {
        "format": FORMAT,
        "made_at": backup.made_at.isoformat(),
        "database": {
            "kind": backup.contents.kind,
            "revision": backup.contents.revision,
            "sha256": backup.database_sha256,
            "rows": backup.contents.rows,
        },
        "evidence": list(backup.contents.evidence),
        "lost": list(backup.lost),
    }
    return json.dumps(content, indent=2).encode()


def read(content: bytes) -> Backup:
    """Return what a manifest says.

    Raises:
        BadInputError: it is none, or one of a later release.
    """
    try:
        found = json.loads(content)
        if found["format"] != FORMAT:
            raise BadInputError("This backup was made by a later release. Install that release to put it back.")
        database = found["database"]
        rows = {str(name): int(count) for name, count in database["rows"].items()}
        contents = Contents(database["kind"], database["revision"], rows, tuple(found["evidence"]))
        return Backup(datetime.fromisoformat(found["made_at"]), database["sha256"], contents, tuple(found["lost"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInputError("This file is not a backup of this product, or it is damaged.") from error
