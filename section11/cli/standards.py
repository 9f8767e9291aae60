"""Commands about question sets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from section11.cli.output import PROBLEMS, AsJson, say, say_problems, telling_errors
from section11.config import settings
from section11.definitions.library import StandardsLibrary
from section11.definitions.organisation_types import read_organisation_types
from section11.definitions.yaml_lines import shown

app = typer.Typer(no_args_is_help=True)


@app.command()
def check(
    paths: Annotated[list[Path] | None, typer.Argument(help="Folders of sets; all of the library if none.")] = None,
    as_json: AsJson = False,
) -> None:
    """Check question sets and name every fault as ``path:line: sentence``."""
    with telling_errors():
        types = read_organisation_types(settings().organisation_types_file)
        library = StandardsLibrary(settings().standards_dir, types.keys)
        folders = paths or library.folders()
        results = {shown(folder): library.read(folder) for folder in folders}
        problems = [problem for result in results.values() for problem in result.problems]
        if as_json:
            listed = [{"place": problem.place, "message": problem.message} for problem in problems]
            say("", {"sets": list(results), "problems": listed}, as_json=True)
        else:
            say_problems(problems)
            for name, result in results.items():
                if result.standards_set is not None:
                    count = len(result.standards_set.questions_by_id)
                    say(f"{name}: {len(result.standards_set.standards)} standards, {count} questions, no faults.")
        if problems:
            raise typer.Exit(PROBLEMS)


@app.command("list")
def list_sets(as_json: AsJson = False) -> None:
    """List the question sets of the library."""
    with telling_errors():
        types = read_organisation_types(settings().organisation_types_file)
        ids = StandardsLibrary(settings().standards_dir, types.keys).set_ids()
        say("\n".join(ids), ids, as_json=as_json)
