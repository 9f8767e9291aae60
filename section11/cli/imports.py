"""Commands that take in tables (organisations, people, past results, staff surveys) and undo it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from section11.cli.cycles import only_partnership
from section11.cli.output import AsJson, opened_office, say, telling_errors
from section11.config import settings
from section11.domain.people import OPERATOR
from section11.domain.survey import FEWEST_RESPONSES
from section11.errors import ProblemsFoundError
from section11.services.taking_in.layouts import AS_WRITTEN, ResultsLayout
from section11.services.taking_in.organisations import import_organisations, preview_organisations
from section11.services.taking_in.people import import_people, preview_people
from section11.services.taking_in.results import import_results, preview_results, question_columns
from section11.services.taking_in.survey import import_survey, preview_survey
from section11.services.taking_in.undoing import list_imports, undo_import
from section11.workbooks.table_reader import open_table

organisations = typer.Typer(no_args_is_help=True)
people = typer.Typer(no_args_is_help=True)
results = typer.Typer(no_args_is_help=True)
imports = typer.Typer(no_args_is_help=True)
survey = typer.Typer(no_args_is_help=True)

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A CSV or XLSX file.")]
PartnershipOption = Annotated[str, typer.Option("--partnership", help="The partnership's id, if there are several.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")]


@organisations.callback()
@people.callback()
@results.callback()
@survey.callback()
def _group() -> None:
    """Keep “import” a command of its own although it is the only one."""


@organisations.command("import")
def import_organisations_(
    file: File,
    partnership: PartnershipOption = "",
    la: Annotated[
        str, typer.Option("--la", help="Local authority (code or name) for a Get Information About Schools file.")
    ] = "",
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Import organisations from our own layout, or from the GIAS establishment file as downloaded."""
    with telling_errors(partnership=partnership), opened_office() as office:
        partnership = partnership or only_partnership(office)
        content = file.read_bytes()
        preview = preview_organisations(office, OPERATOR, partnership, content, file.name, la_code=la or None)
        if preview.problems:
            raise ProblemsFoundError(preview.problems, what=file.name)
        if not dry_run:
            import_organisations(office, OPERATOR, partnership, content, file.name, la_code=la or None)
        data = {
            "new": len(preview.new),
            "joining": len(preview.joining),
            "changed": len(preview.changed),
            "unchanged": preview.unchanged,
            "skipped": dict(preview.skipped),
            "dry_run": dry_run,
        }
        left_out = "".join(f"\n  {count} left out: {reason}" for reason, count in preview.skipped.items())
        verb = "would be added" if dry_run else "added"
        say(
            f"{len(preview.new)} {verb}, {len(preview.changed)} changed, {preview.unchanged} as they were.{left_out}",
            data,
            as_json=as_json,
        )


@people.command("import")
def import_people_(
    file: File, partnership: PartnershipOption = "", dry_run: DryRun = False, as_json: AsJson = False
) -> None:
    """Import people with their roles, and print an invitation for each new one."""
    with telling_errors(partnership=partnership), opened_office() as office:
        partnership = partnership or only_partnership(office)
        content = file.read_bytes()
        if dry_run:
            preview = preview_people(office, OPERATOR, partnership, content, file.name)
            if preview.problems:
                raise ProblemsFoundError(preview.problems, what=file.name)
            data = {"new": len(preview.new), "changed": len(preview.changed), "dry_run": True}
            say(f"{len(preview.new)} would be added, {len(preview.changed)} changed.", data, as_json=as_json)
            return
        done = import_people(office, OPERATOR, partnership, content, file.name)
        links = {one.person.email: settings().base_url + one.path for one in done.invitations}
        lines = "".join(f"\n  {email}  {link}" for email, link in links.items())
        say(
            f"{len(done.preview.new)} added, {len(done.preview.changed)} changed. Send each person their link:{lines}",
            {"new": len(done.preview.new), "changed": len(done.preview.changed), "invitations": links},
            as_json=as_json,
        )


@results.command("import")
def import_results_(
    file: File,
    cycle: Annotated[str, typer.Option("--cycle", help="The cycle the results belong to; it must be open.")],
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Import past results (organisation, question, rating; or a column for each question), so trends start at once."""
    with telling_errors(cycle=cycle), opened_office() as office:
        take_in = preview_results if dry_run else import_results
        content = file.read_bytes()
        columns = open_table(content, file.name).columns
        across = question_columns(office, OPERATOR, cycle, columns)
        layout = ResultsLayout({"organisation": "organisation"}, questions=across) if across else AS_WRITTEN
        done = take_in(office, OPERATOR, cycle, content, file.name, layout)
        data = {
            "organisations": done.organisations,
            "answers": done.answers,
            "not_applicable": done.not_applicable,
            "dry_run": dry_run,
        }
        verb = "Would be imported" if dry_run else "Imported"
        say(f"{verb}: answers {done.answers}, organisations {done.organisations}.", data, as_json=as_json)


@imports.command("list")
def list_imports_(as_json: AsJson = False) -> None:
    """List every import with its id, the latest first."""
    with telling_errors(), opened_office() as office:
        lines = list_imports(office, OPERATOR)
        data = [
            {
                "id": one.id,
                "kind": one.kind.value,
                "file": one.record.filename,
                "at": one.record.at.isoformat(),
                "undone_at": one.record.undone_at.isoformat() if one.record.undone_at else None,
            }
            for one in lines
        ]
        texts = [
            f"{one.id}  {one.record.at:%Y-%m-%d %H:%M}  {one.kind.value:<13} {one.record.filename}"
            + ("  (undone)" if one.record.undone_at else "")
            for one in lines
        ]
        say("\n".join(texts) or "Nothing has been imported yet.", data, as_json=as_json)


@imports.command()
def undo(
    import_id: Annotated[str, typer.Argument(metavar="ID", help="The import's id, as “imports list” shows it.")],
) -> None:
    """Put back everything one import changed, unless something newer rests on it."""
    with telling_errors(), opened_office() as office:
        undo_import(office, OPERATOR, import_id)
        say("Undone. Everything it changed is as it was before.")


@survey.command("import")
def import_survey_(
    file: File,
    cycle: Annotated[str, typer.Option("--cycle", help="The cycle whose answers the survey stands beside.")],
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Import a staff survey (organisation, question or arrangement, agree, responses)."""
    with telling_errors(cycle=cycle), opened_office() as office:
        take_in = preview_survey if dry_run else import_survey
        done = take_in(office, OPERATOR, cycle, file.read_bytes(), file.name)
        data = {"results": done.results, "replaced": done.replaced, "too_few": done.too_few, "dry_run": dry_run}
        verb = "would be imported" if dry_run else "imported"
        left_out = f" Left out for fewer than {FEWEST_RESPONSES} responses: {done.too_few}." if done.too_few else ""
        say(f"Results {verb}: {done.results}, of which replaced: {done.replaced}.{left_out}", data, as_json=as_json)
