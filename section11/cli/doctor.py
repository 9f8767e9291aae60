"""The command that looks an installation over."""

from __future__ import annotations

from dataclasses import asdict

import typer

from section11.cli.output import PROBLEMS, AsJson, opened_office, progress_bar, say, telling_errors
from section11.config import settings
from section11.services.check_up import State, check_up


def doctor(as_json: AsJson = False) -> None:
    """Check the database, audit trail, evidence, clock, disk, secrets, question sets and mail, and say what to do."""
    with telling_errors(), opened_office() as office:
        with progress_bar() as progress:
            findings = check_up(office, settings(), progress)
        lines = [f"{one.part:<15} {one.state.value:<13} {one.message}" for one in findings]
        say("\n".join(lines), [asdict(one) for one in findings], as_json=as_json)
        if any(one.state is State.FAULT for one in findings):
            raise typer.Exit(PROBLEMS)
