"""Commands about question sets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from section11.cli import reading_age
from section11.cli.output import PROBLEMS, AsJson, say, say_problems, telling_errors
from section11.config import settings
from section11.definitions.crosswalks import crosswalk_between, read_crosswalks
from section11.definitions.library import StandardsLibrary
from section11.definitions.organisation_types import read_organisation_types
from section11.definitions.used_editions import beside_used
from section11.definitions.yaml_lines import shown
from section11.errors import DefinitionFaultsError
from section11.reports.set_differences import set_differences
from section11.reports.set_differences_json import set_differences_json
from section11.reports.set_differences_text import set_differences_text
from section11.services.used_editions import used_editions

app = typer.Typer(no_args_is_help=True)
app.command("reading-age")(reading_age.reading_age)


@app.command()
def check(
    sets: Annotated[list[str] | None, typer.Argument(help="Sets or their folders; all of the library if none.")] = None,
    as_json: AsJson = False,
) -> None:
    """Check question sets, also beside the editions that cycles have used, and the crosswalks between them.

    Every fault is named as ``path:line: sentence``.
    """
    with telling_errors():
        types = read_organisation_types(settings().organisation_types_file)
        library = StandardsLibrary(settings().standards_dir, types.keys)
        folders = [library.folder_of(one) for one in sets] if sets else library.folders()
        editions = used_editions(settings())
        results = {shown(folder): beside_used(library.read(folder), editions) for folder in folders}
        sets_by_id = {Path(name).name: one.standards_set for name, one in results.items()}
        crosswalks = [] if sets else read_crosswalks(library, sets_by_id)
        found = [one.problems for one in results.values()] + [one.problems for one in crosswalks]
        problems = list(dict.fromkeys(problem for each in found for problem in each))
        if as_json:
            listed = [{"place": problem.place, "message": problem.message} for problem in problems]
            say("", {"sets": list(results), "problems": listed, "used_editions": len(editions)}, as_json=True)
        else:
            say_problems(problems)
            for name, result in results.items():
                if result.standards_set is not None:
                    count = len(result.standards_set.questions_by_id)
                    say(f"{name}: {len(result.standards_set.standards)} standards, {count} questions, no faults.")
            for each in crosswalks:
                if each.path and each.crosswalk and not each.problems:
                    say(f"{shown(each.path)}: no faults.")
            if not editions:
                say("No set was compared with an edition in use: the database of these settings has none.")
        if problems:
            raise typer.Exit(PROBLEMS)


@app.command("list")
def list_sets(as_json: AsJson = False) -> None:
    """List the question sets of the library."""
    with telling_errors():
        types = read_organisation_types(settings().organisation_types_file)
        ids = StandardsLibrary(settings().standards_dir, types.keys).set_ids()
        say("\n".join(ids), ids, as_json=as_json)


@app.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="A set of the library, or the folder of a set.")],
    after: Annotated[str, typer.Argument(metavar="B", help="The set to compare it with.")],
    as_json: AsJson = False,
) -> None:
    """Show what differs from set A to set B: which question became which, and every changed word."""
    with telling_errors():
        types = read_organisation_types(settings().organisation_types_file)
        library = StandardsLibrary(settings().standards_dir, types.keys)
        read = crosswalk_between(library, library.load(before), library.load(after))
        if read.crosswalk is None:
            raise DefinitionFaultsError(read.problems, what="The crosswalk")
        found = set_differences(read.crosswalk)
        linked_by = shown(read.path) if read.path else "the ids of the questions; no crosswalk is written"
        say(
            set_differences_text(found, linked_by=linked_by),
            {"crosswalk": shown(read.path) if read.path else None, **set_differences_json(found)},
            as_json=as_json,
        )
        say_problems(read.problems)
        if read.problems:
            raise typer.Exit(PROBLEMS)
