"""Commands about Excel returns."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from section11.cli.output import PROBLEMS, opened_office, progress_bar, say, say_problems, telling_errors, write_file
from section11.domain.assessments import assessment_id_for
from section11.domain.people import OPERATOR
from section11.errors import ProblemsFoundError, Section11Error
from section11.services.excel_returns import download_return, import_return, preview_import, whose_return
from section11.services.office import Office

app = typer.Typer(no_args_is_help=True)
CycleOption = Annotated[str, typer.Option("--cycle", help="The cycle's id.")]
OrganisationOption = Annotated[str, typer.Option("--organisation", help="The organisation's id.")]
OutOption = Annotated[Path | None, typer.Option("--out", help="Where to write the file.")]


@app.command()
def blank(cycle: CycleOption, organisation: OrganisationOption, out: OutOption = None) -> None:
    """Write a blank Excel return of one organisation."""
    _write(cycle, organisation, out, is_blank=True)


@app.command()
def export(cycle: CycleOption, organisation: OrganisationOption, out: OutOption = None) -> None:
    """Write an Excel return with the answers so far."""
    _write(cycle, organisation, out, is_blank=False)


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help="Filled-in Excel returns.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Take the file's answer where it was changed on screen as well.")
    ] = False,
) -> None:
    """Import filled-in Excel returns. Each file says itself whose it is; each is imported whole or not at all."""
    failed = False
    with telling_errors(), opened_office() as office, progress_bar() as progress:
        for done, path in enumerate(files, start=1):
            try:
                say(_import_one(office, path, dry_run=dry_run, overwrite=overwrite))
            except ProblemsFoundError as error:
                failed = True
                say(f"{path.name}: {error.user_message}")
                say_problems(error.problems)
            except Section11Error as error:
                failed = True
                say(f"{path.name}: {error.user_message}")
            progress(path.name, done / len(files))
    if failed:
        raise typer.Exit(PROBLEMS)


def _write(cycle: str, organisation: str, out: Path | None, *, is_blank: bool) -> None:
    with telling_errors(cycle=cycle, organisation=organisation), opened_office() as office:
        made = download_return(office, OPERATOR, assessment_id_for(cycle, organisation), blank=is_blank)
        write_file(made, out)


def _import_one(office: Office, path: Path, *, dry_run: bool, overwrite: bool) -> str:
    content = path.read_bytes()
    assessment_id = whose_return(content)
    preview = preview_import(office, OPERATOR, assessment_id, content)
    if preview.problems:
        raise ProblemsFoundError(preview.problems, what=path.name)
    conflicting = {(change.question_id, change.field) for change in preview.conflicts}
    kept, taken = (set(), conflicting) if overwrite else (conflicting, set())
    conflicts = ""
    if preview.conflicts:
        outcome = "the file's was taken" if overwrite else "what is on screen was kept"
        were = "1 was" if len(preview.conflicts) == 1 else f"{len(preview.conflicts)} were"
        conflicts = f" {were} changed in both places; {outcome}."
    if dry_run:
        return f"{path.name}: {_changes(len(preview.changes) - len(kept))} would be made.{conflicts}"
    count = import_return(
        office, OPERATOR, assessment_id, content, filename=path.name, keep_stored=kept, take_file=taken
    )
    return f"{path.name}: {_changes(count)} made.{conflicts}"


def _changes(count: int) -> str:
    return "1 change" if count == 1 else f"{count} changes"
