"""The command that writes ``docs/reference/`` from the tables it describes."""

from __future__ import annotations

from pathlib import Path

from section11.cli.output import say
from section11.config import PROJECT_DIR
from section11.reports.reference import reference_pages

REFERENCE_DIR = PROJECT_DIR / "docs" / "reference"


def write(folder: Path = REFERENCE_DIR) -> None:
    """Write the reference pages."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in reference_pages().items():
        (folder / name).write_text(text, encoding="utf-8")
        say(f"Wrote {folder / name}.")
