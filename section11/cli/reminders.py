"""The command that cron runs: who is to be reminded, and their mails out."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from section11.cli.output import FAILED, AsJson, opened_office, progress_bar, say, telling_errors
from section11.domain.mail import MAIL_TITLES
from section11.services.office import Office
from section11.services.reminder_runs import plan_reminders, send_reminders

app = typer.Typer(no_args_is_help=True)


@app.callback()
def reminders() -> None:
    """Reminders of returns that are still to come, and weekly summaries."""


@app.command()
def send(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list who would get what; send nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Send the reminders and weekly summaries that are due, and every other e-mail that waits.

    Safe to run as often as you like, also at the same time: nobody gets the same reminder twice.
    """
    with telling_errors(), opened_office() as office:
        if dry_run:
            _say_plan(office, as_json=as_json)
            return
        with progress_bar() as progress:
            run = send_reminders(office, lambda share: progress("Sending", share))
        data = {
            "reminders": sum(one.mails for one in run.reminded.values()),
            "returns": sum(one.returns for one in run.reminded.values()),
            "summaries": run.digests,
            "sent": run.sending.sent,
            "put_off": run.sending.put_off,
            "given_up": run.sending.given_up,
            "left_out": run.sending.left_out,
            "fault": run.sending.fault,
        }
        say(f"{run} {run.sending.fault}".strip(), data, as_json=as_json)
        if run.sending.fault:
            raise typer.Exit(FAILED)


def _say_plan(office: Office, *, as_json: bool) -> None:
    plan = plan_reminders(office)
    lines: list[dict[str, Any]] = [
        {
            "to": one.to.email,
            "mail": MAIL_TITLES[one.kind],
            "cycle": one.cycle.id,
            "about": [late.organisation_name for late in one.returns],
        }
        for one in plan.reminders
    ]
    lines += [
        {"to": one.to.email, "mail": "Weekly summary", "cycle": cycle.id, "about": [line]}
        for one in plan.digests
        for cycle, line in zip(one.cycles, one.lines, strict=True)
    ]
    words = [f"{one['to']}: {one['mail']}, {one['cycle']}: {', '.join(one['about'])}" for one in lines]
    say("\n".join(words) or "Nobody would be reminded now.", lines, as_json=as_json)
