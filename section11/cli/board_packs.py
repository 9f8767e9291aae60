"""The command that writes the board pack of a cycle in one of its four forms."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from section11.cli.output import opened_office, progress_bar, say, telling_errors, write_file
from section11.domain.people import OPERATOR
from section11.errors import BadInputError
from section11.services.board_pack_files import Form, download_draft, download_pack
from section11.services.board_packs import list_packs


def board_pack(
    cycle: Annotated[str, typer.Option("--cycle", help="The cycle's id.")],
    form: Annotated[Form, typer.Option("--format", help="Slides, PDF, web page or workbook.")] = Form.PDF,
    out: Annotated[Path | None, typer.Option("--out", help="Where to write the file.")] = None,
    number: Annotated[
        int | None, typer.Option("--number", help="Which final pack; the latest one without this, 0 for the draft.")
    ] = None,
    alias: Annotated[
        bool, typer.Option("--alias", help="A copy for sharing: other names, no groups of fewer than five.")
    ] = False,
) -> None:
    """Write the board pack of a cycle: the latest final one, or the draft where none is final yet."""
    with telling_errors(cycle=cycle), opened_office() as office, progress_bar() as show:
        show("Counting the returns", 0.1)
        packs = list_packs(office, OPERATOR, cycle)
        wanted = number if number is not None else packs[0].pack.number if packs else 0
        if wanted and wanted not in {one.pack.number for one in packs}:
            raise BadInputError(
                f"The cycle {cycle} has no final board pack {wanted}. Without --number it is the latest."
            )
        if wanted:
            made = download_pack(office, OPERATOR, cycle, wanted, form, for_sharing=alias)
        else:
            made = download_draft(office, OPERATOR, cycle, form, for_sharing=alias)
        show("Writing the file", 0.9)
        say(f"Final board pack {wanted}." if wanted else "This is a draft, not a final pack.")
        write_file(made, out)
