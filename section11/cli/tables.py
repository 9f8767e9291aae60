"""Commands about the database's tables."""

from __future__ import annotations

from typing import Annotated

import typer

from section11.cli.output import opened_office, say, telling_errors
from section11.services.earlier_tables import take_tables_back

app = typer.Typer(no_args_is_help=True)


@app.callback()
def _of_tables() -> None:
    """So that “back” stays a word of its own though it is the only command here."""


@app.command()
def back(
    revision: Annotated[str, typer.Argument(help="The number “doctor” of the earlier release gave, such as 0017.")],
    yes: Annotated[bool, typer.Option("--yes", help="Go back without asking.")] = False,
) -> None:
    """Take the tables back to those of an earlier release, with the server stopped; make a backup first."""
    lost = f"What only later tables than {revision} can hold is deleted."
    with telling_errors(), opened_office() as office:
        if not yes:
            typer.confirm(f"{lost} Is the server stopped, and is there a backup?", abort=True)
        take_tables_back(office, revision)
        say(f"The tables are those of {revision}. Put the earlier program in place now, before anything is started.")
