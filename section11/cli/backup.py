"""Commands about backups."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from section11.cli.output import PROBLEMS, AsJson, opened_office, progress_bar, say, telling_errors
from section11.config import settings
from section11.domain.uk_time import long_date, uk_date
from section11.services.backups import create_backup
from section11.services.restoring import restore_backup

app = typer.Typer(no_args_is_help=True)


@app.command()
def create(
    file: Annotated[Path, typer.Argument(help="Where to write it; the file must not exist.")], as_json: AsJson = False
) -> None:
    """Write the database and every evidence file to one file, while people go on working."""
    with telling_errors(), opened_office() as office:
        with progress_bar() as progress:
            backup = create_backup(office, file, progress)
        rows, files = sum(backup.contents.rows.values()), len(backup.evidence)
        lines = [f"Wrote {file}: {rows:,} rows and {files:,} evidence files."]
        lines += [f"Evidence file {one} is missing or damaged and is not in the backup." for one in backup.lost]
        data = {"file": str(file), "rows": rows, "evidence_files": files, "lost": list(backup.lost)}
        say("\n".join(lines), data, as_json=as_json)
        if backup.lost:
            raise typer.Exit(PROBLEMS)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that “backup create” wrote.")], as_json: AsJson = False
) -> None:
    """Put a backup back where the settings point to, which must be empty, and verify it."""
    with telling_errors():
        with progress_bar() as progress:
            restored = restore_backup(settings(), file, progress)
        backup, trail = restored.backup, restored.trail
        rows, files = sum(backup.contents.rows.values()), len(backup.evidence)
        made = long_date(uk_date(backup.made_at))
        lines = [
            f"The backup of {made} is back: {rows:,} rows and {files:,} evidence files. Everybody signs in again.",
            *(trail.faults or (f"{trail.events:,} events of the audit trail: nothing was changed.",)),
        ]
        data = {"rows": rows, "evidence_files": files, "events": trail.events, "faults": list(trail.faults)}
        say("\n".join(lines), data, as_json=as_json)
        if trail.faults:
            raise typer.Exit(PROBLEMS)
