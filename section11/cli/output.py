"""How every command speaks: plain lines or JSON, progress on long work, and its exit code."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from section11.cli.unknown_names import unknown_name
from section11.config import settings
from section11.errors import BadInputError, NotAvailableError, Problem, ProblemsFoundError, Section11Error
from section11.services.downloads import Download
from section11.services.office import Office, open_office

DONE, FAILED, PROBLEMS = 0, 1, 2

AsJson = Annotated[bool, typer.Option("--json", help="Print data as JSON.")]
_errors = Console(stderr=True, highlight=False, soft_wrap=True)


@contextmanager
def opened_office() -> Iterator[Office]:
    """Give the office of this machine's settings and close it afterwards."""
    office = open_office(settings())
    try:
        yield office
    finally:
        office.store.close()


@contextmanager
def telling_errors(**named: str | Sequence[str] | None) -> Iterator[None]:
    """Turn expected errors into sentences and the exit code that says which kind they were.

    ``named`` are the ids on the command line: ``cycle``, ``organisation``, ``partnership``. When one of them belongs
    to nothing, the sentence says which.
    """
    try:
        yield
    except ProblemsFoundError as error:
        say_problems(error.problems)
        _errors.print(error.user_message, markup=False)
        raise typer.Exit(PROBLEMS) from None
    except NotAvailableError:
        # Whoever types commands may see everything, so what is not available is not there.
        with opened_office() as office:
            _errors.print(unknown_name(office, named), markup=False)
        raise typer.Exit(FAILED) from None
    except Section11Error as error:
        _errors.print(error.user_message, markup=False)
        raise typer.Exit(FAILED) from None


def say_problems(problems: Sequence[Problem]) -> None:
    """Print each problem on a line of its own, as ``place: sentence``."""
    for problem in problems:
        _errors.print(str(problem), markup=False)


def say(text: str, data: Any = None, *, as_json: bool = False) -> None:
    """Print a sentence, or the data as JSON instead."""
    sys.stdout.write((json.dumps(data, ensure_ascii=False, indent=2) if as_json else text) + "\n")


def write_file(made: Download, out: Path | None) -> None:
    """Write a download where it was asked for, or under its own name here.

    Raises:
        BadInputError: there is no such folder, or it may not be written to.
    """
    path = out or Path(made.filename)
    try:
        path.write_bytes(made.content)
    except OSError as error:
        raise BadInputError(f"{path} cannot be written ({error.strerror}). Choose another place with --out.") from None
    say(f"Wrote {path}.")


@contextmanager
def progress_bar() -> Iterator[Callable[[str, float], None]]:
    """Give a function that shows what is being done and the share done, 0 to 1; silent where nobody watches."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, console=_errors, transient=True, disable=not _errors.is_terminal) as progress:
        task = progress.add_task("", total=1.0)

        def show(what: str, share: float) -> None:
            progress.update(task, description=what, completed=share)

        yield show
