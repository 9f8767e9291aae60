"""Commands for mail: send what waits."""

from __future__ import annotations

from dataclasses import asdict

import typer

from section11.cli.output import FAILED, AsJson, opened_office, progress_bar, say, telling_errors
from section11.services.mail_sending import Sending, send_waiting

app = typer.Typer(no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep ``send`` a command of its own."""


@app.command()
def send(as_json: AsJson = False) -> None:
    """Send what waits in the outbox. Safe to run at any time, also twice at once."""
    with telling_errors(), opened_office() as office:
        with progress_bar() as progress:
            done = send_waiting(office, lambda share: progress("Sending", share))
        say(sending_words(done), asdict(done), as_json=as_json)
        if done.fault:
            raise typer.Exit(FAILED)


def sending_words(done: Sending) -> str:
    """Return what a round of sending came to, as a sentence or two."""
    words = f"{done.sent} sent, {done.put_off} to be tried again, {done.given_up} given up"
    words += f", {done.left_out} not needed any more." if done.left_out else "."
    return f"{words} {done.fault}".strip()
