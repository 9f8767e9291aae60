"""Commands about what leaves: figures, the partnership workbook and the board pack."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from section11.cli.board_packs import board_pack
from section11.cli.output import AsJson, opened_office, say, telling_errors, write_file
from section11.domain.people import OPERATOR
from section11.services.exports import download_workbook, export_figures

app = typer.Typer(no_args_is_help=True)
app.command("board-pack")(board_pack)
CycleOption = Annotated[str, typer.Option("--cycle", help="The cycle's id.")]


def figures(cycle: CycleOption, as_json: AsJson = False) -> None:
    """Print every number the dashboards show."""
    with telling_errors(), opened_office() as office:
        data = export_figures(office, OPERATOR, cycle)
        say(_summary(data), data, as_json=as_json)


@app.command()
def workbook(
    cycle: CycleOption,
    out: Annotated[Path | None, typer.Option("--out", help="Where to write the file.")] = None,
) -> None:
    """Write the partnership workbook of a cycle."""
    with telling_errors(), opened_office() as office:
        made = download_workbook(office, OPERATOR, cycle)
        write_file(made, out)


def _summary(data: dict[str, Any]) -> str:
    source, lines = data["from"], []
    counted, expected = source["returns_counted"], source["returns_expected"]
    lines.append(f"{source['cycle']['name']}: {counted} of {expected} returns counted.")
    for each in data["sets"]:
        total = each["total"]
        shares = ", ".join(f"{key} {one['count']} ({one['percent']}%)" for key, one in total["ratings"].items())
        lines.append(f"{each['id']}: {shares}; n = {total['n']}, not applicable {total['not_applicable']}")
    return "\n".join(lines)
