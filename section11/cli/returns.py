"""Commands about Excel returns."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from section11.cli.output import (
    PROBLEMS,
    AsJson,
    opened_office,
    progress_bar,
    say,
    say_problems,
    telling_errors,
    write_file,
)
from section11.cli.return_results import data_of, summary_words
from section11.domain.assessments import assessment_id_for
from section11.domain.people import OPERATOR
from section11.errors import BadInputError, ProblemsFoundError
from section11.services.excel_returns import download_return, file_with_marks
from section11.services.many_returns import FileResult, ManyReturns, SentFile, bring_in_returns

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
    paths: Annotated[list[Path], typer.Argument(exists=True, help="Filled-in Excel returns, or folders of them.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Take the file's answer where it was changed on screen as well.")
    ] = False,
    marked: Annotated[
        Path | None,
        typer.Option("--marked", help="A folder for copies of the files with problems, marked in their cells."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Import filled-in Excel returns. Each file says itself whose it is; each is imported whole or not at all."""
    with telling_errors(), opened_office() as office, progress_bar() as progress:
        files = _files(paths)
        results = bring_in_returns(
            office,
            OPERATOR,
            [SentFile(path.name, path.read_bytes) for path in files],
            dry_run=dry_run,
            overwrite=overwrite,
            progress=lambda name, done: progress(name, done / len(files)),
        )
        if marked is not None:
            _write_marked(marked, files, results)
    if as_json:
        say("", data_of(results), as_json=True)
    else:
        for one in results.files:
            _say_result(one, dry_run=dry_run, overwrite=overwrite)
        if len(results.files) > 1:
            say(summary_words(results, dry_run=dry_run))
    if results.not_used:
        raise typer.Exit(PROBLEMS)


def _files(paths: list[Path]) -> list[Path]:
    """Return the files as they were named, and the workbooks of folders and the folders in them by name.

    Excel leaves a hidden ``~$`` file beside a workbook that is open.

    Raises:
        BadInputError: there is no workbook.
    """
    found = [
        file
        for path in paths
        for file in (sorted(path.rglob("*.[xX][lL][sS][xX]")) if path.is_dir() else [path])
        if not file.name.startswith("~$")
    ]
    if not found:
        raise BadInputError(f"There is no Excel workbook (.xlsx) in {paths[0]}. Choose the folder with the returns.")
    return found


def _write_marked(folder: Path, files: list[Path], results: ManyReturns) -> None:
    """Write a copy of each file with problems.

    Raises:
        BadInputError: the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInputError(f"{folder} cannot be made ({error.strerror}). Choose another with --marked.") from None
    for path, one in zip(files, results.files, strict=True):
        if one.problems:
            made = file_with_marks(path.read_bytes(), one.problems, path.name)
            write_file(made, folder / made.filename)


def _say_result(one: FileResult, *, dry_run: bool, overwrite: bool) -> None:
    if one.refusal:
        say(f"{one.filename}: {one.refusal}")
        return
    if one.problems:
        say(f"{one.filename}: {ProblemsFoundError(one.problems, what=one.filename).user_message}")
        say_problems(one.problems)
        return
    outcome = "the file's was taken" if overwrite else "what is on screen was kept"
    were = "1 was" if one.conflicts == 1 else f"{one.conflicts} were"
    conflicts = f" {were} changed in both places; {outcome}." if one.conflicts else ""
    changes = "1 change" if one.changes == 1 else f"{one.changes} changes"
    say(f"{one.filename}: {changes} {'would be made' if dry_run else 'made'}.{conflicts}")


def _write(cycle: str, organisation: str, out: Path | None, *, is_blank: bool) -> None:
    with telling_errors(cycle=cycle, organisation=organisation), opened_office() as office:
        made = download_return(office, OPERATOR, assessment_id_for(cycle, organisation), blank=is_blank)
        write_file(made, out)
