"""Commands about the audit trail."""

from __future__ import annotations

import typer

from section11.cli.output import PROBLEMS, AsJson, opened_office, progress_bar, say, telling_errors
from section11.domain.people import OPERATOR
from section11.services.trail import verify_trail

app = typer.Typer(no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep “verify” a command of its own although it is the only one."""


@app.command()
def verify(as_json: AsJson = False) -> None:
    """Prove that no event was changed, removed, inserted or moved."""
    with telling_errors(), opened_office() as office:
        with progress_bar() as progress:
            report = verify_trail(office, OPERATOR, lambda share: progress("Verifying", share))
        data = {"streams": report.streams, "events": report.events, "faults": list(report.faults)}
        good = f"{report.events:,} events in {report.streams:,} streams: nothing was changed."
        say("\n".join(report.faults) or good, data, as_json=as_json)
        if report.faults:
            raise typer.Exit(PROBLEMS)
