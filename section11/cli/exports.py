"""Commands about what leaves: figures, the partnership workbook, letters, the board pack, and open data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from section11.cli.board_packs import board_pack
from section11.cli.output import AsJson, opened_office, progress_bar, say, telling_errors, write_file
from section11.domain.people import OPERATOR
from section11.errors import BadInputError
from section11.reports.removed_returns import removed_words
from section11.reports.selection import DUTY, PARTNERSHIP, RATINGS, TYPE, RatingsBy, selection_from
from section11.services.exports import download_workbook, export_figures
from section11.services.filters import check_selection
from section11.services.letters import LetterFormat, LettersMade, write_letters
from section11.services.office import Office
from section11.services.open_data import download_data
from section11.services.released import export_released_figures

app = typer.Typer(no_args_is_help=True)
app.command("board-pack")(board_pack)
CycleOption = Annotated[str, typer.Option("--cycle", help="The cycle's id.")]
OutOption = Annotated[Path | None, typer.Option("--out", help="Where to write the file.")]


def figures(
    cycle: CycleOption,
    partnership: Annotated[str, typer.Option("--partnership", help="Only its members, by the partnership's id.")] = "",
    types: Annotated[
        list[str] | None, typer.Option("--type", help="Only this organisation type; may be repeated.")
    ] = None,
    duties: Annotated[
        list[str] | None, typer.Option("--duty", help="Only this basis of duty; may be repeated.")
    ] = None,
    ratings: Annotated[str, typer.Option("--ratings", help="self, or moderated.")] = RatingsBy.ORGANISATION.value,
    released: Annotated[
        bool, typer.Option("--released", help="What board viewers see: released returns, no group of fewer than five.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Print every number the dashboards show, of all returns or of those the options leave."""
    with telling_errors(cycle=cycle), opened_office() as office:
        if released:
            if partnership or types or duties:
                raise BadInputError(
                    "What is released comes in groups of its own, so that nothing withheld can be worked out. "
                    "Leave out --partnership, --type and --duty."
                )
            found = export_released_figures(office, OPERATOR, cycle)
            say(_released_summary(found), found, as_json=as_json)
            return
        asked = {
            PARTNERSHIP: [partnership] if partnership else [],
            TYPE: types or [],
            DUTY: duties or [],
            RATINGS: [ratings],
        }
        check_selection(office, OPERATOR, cycle, asked)
        data = export_figures(office, OPERATOR, cycle, selection_from(lambda name: asked[name]))
        say(_summary(data), data, as_json=as_json)


@app.command()
def workbook(cycle: CycleOption, out: OutOption = None) -> None:
    """Write the partnership workbook of a cycle."""
    with telling_errors(cycle=cycle), opened_office() as office:
        made = download_workbook(office, OPERATOR, cycle)
        write_file(made, out)


def letters(
    cycle: CycleOption,
    out: Annotated[Path | None, typer.Option("--out", help="Where to write the ZIP file.")] = None,
    letter_format: Annotated[LetterFormat, typer.Option("--format", help="What the letters are.")] = LetterFormat.PDF,
) -> None:
    """Write the feedback letters of all released returns of a cycle into a ZIP file."""
    path = out or Path(f"{cycle}-letters-{letter_format.value}.zip")
    with telling_errors(cycle=cycle), opened_office() as office:
        made = _write_letters(office, cycle, letter_format, path)
        count = "1 letter" if made.count == 1 else f"{made.count} letters"
        say(f"Wrote {path} with {count}.")


def _write_letters(office: Office, cycle: str, letter_format: LetterFormat, path: Path) -> LettersMade:
    """Write beside the place it was asked for first, so that nothing there is lost when it fails."""
    half = path.with_name(f"{path.name}.part")
    try:
        with half.open("wb") as file, progress_bar() as progress:
            made = write_letters(office, OPERATOR, cycle, letter_format, file, progress)
        half.replace(path)
    except OSError as error:
        raise BadInputError(f"{path} cannot be written ({error.strerror}). Choose another place with --out.") from None
    finally:
        half.unlink(missing_ok=True)
    return made


@app.command("csv")
def csv_(cycle: CycleOption, out: OutOption = None) -> None:
    """Write every table of a cycle as CSV files with datapackage.json (Frictionless), in one zip file."""
    _write_data(cycle, out, "csv")


@app.command()
def ods(cycle: CycleOption, out: OutOption = None) -> None:
    """Write every table of a cycle as an OpenDocument spreadsheet."""
    _write_data(cycle, out, "ods")


@app.command("json")
def json_(cycle: CycleOption, out: OutOption = None) -> None:
    """Write every table of a cycle as one JSON file."""
    _write_data(cycle, out, "json")


def _write_data(cycle: str, out: Path | None, file_format: str) -> None:
    with telling_errors(cycle=cycle), opened_office() as office:
        write_file(download_data(office, OPERATOR, cycle, file_format), out)


def _summary(data: dict[str, Any]) -> str:
    source, lines = data["from"], []
    counted, expected = source["returns_counted"], source["returns_expected"]
    lines.append(f"{source['cycle']['name']}: {counted} of {expected} returns counted.")
    lines += filter(None, [removed_words(source["returns_deleted"])])
    for each in data["sets"]:
        total = each["total"]
        shares = ", ".join(f"{key} {_share(one)}" for key, one in total["ratings"].items())
        lines.append(f"{each['id']}: {shares}; n = {total['n']}, not applicable {total['not_applicable']}")
    return "\n".join(lines)


def _released_summary(data: dict[str, Any]) -> str:
    source = data["from"]
    lines = [f"{source['returns_released']} of {source['returns_expected']} returns released."]
    for each in data["sets"]:
        groups = ", ".join(f"{one['title']} {one['organisations']}" for one in each["groups"])
        lines.append(f"{each['id']}: {groups or 'withheld, as fewer than five are released'}")
    return "\n".join(lines)


def _share(one: dict[str, Any]) -> str:
    return str(one["count"]) if one["percent"] is None else f"{one['count']} ({one['percent']}%)"
