"""Commands about the audit trail."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from section11.cli.output import PROBLEMS, AsJson, opened_office, progress_bar, say, telling_errors, write_file
from section11.domain.people import OPERATOR
from section11.errors import BadInputError
from section11.services.anchors import faults_beside, make_anchor, read, written
from section11.services.downloads import Download
from section11.services.trail import verify_trail

app = typer.Typer(no_args_is_help=True)
JSON = "application/json"


@app.command()
def verify(
    anchor: Annotated[Path | None, typer.Option(help="A file of “trail anchor” to compare with.")] = None,
    as_json: AsJson = False,
) -> None:
    """Prove that no event and nothing that was signed was changed, removed, inserted or moved."""
    with telling_errors(), opened_office() as office:
        kept = None if anchor is None else read(_content(anchor))
        with progress_bar() as progress:
            report = verify_trail(office, OPERATOR, lambda share: progress("Verifying", share))
        faults = [*report.faults, *(faults_beside(office, OPERATOR, kept) if kept else ())]
        data = asdict(report) | {"faults": faults}
        good = (
            f"{report.events:,} events in {report.streams:,} streams and {report.signed_versions:,} signed versions: "
            "nothing was changed."
        )
        if report.erased:
            good += f" The content of {report.erased:,} events was erased, as later events tell."
        say("\n".join(faults) or good, data, as_json=as_json)
        if faults:
            raise typer.Exit(PROBLEMS)


@app.command()
def anchor(
    out: Annotated[Path, typer.Argument(help="The file to write; keep it where the server cannot change it.")],
) -> None:
    """Write down where the trail stands, to be compared with later by “trail verify --anchor”."""
    with telling_errors(), opened_office() as office:
        write_file(Download(out.name, JSON, written(make_anchor(office, OPERATOR))), out)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInputError(f"{path} cannot be read ({error.strerror}).") from None
