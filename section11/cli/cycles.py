"""Commands about cycles."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from section11.cli.output import AsJson, opened_office, say, telling_errors
from section11.domain.cycles import EVERY_TYPE
from section11.domain.people import OPERATOR
from section11.errors import BadInputError
from section11.permissions import Right
from section11.services.cycles import add_missing_forms, close_cycle, create_cycle, list_cycles, open_cycle
from section11.services.directory import managed_partnerships
from section11.services.office import Office

app = typer.Typer(no_args_is_help=True)
CycleId = Annotated[str, typer.Argument(metavar="ID", help="The cycle's id, as “cycles list” shows it.")]


@app.command()
def create(
    name: Annotated[str, typer.Option(help="The cycle's name, for example “Section 11 audit 2026”.")],
    due: Annotated[str, typer.Option(metavar="DATE", help="The due date, as 2026-09-30.")],
    set_ids: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            help="A question set or its folder; TYPE=SET for one organisation type. May be repeated. "
            "Left out: the usual set for each type, as orgs/types.yaml says.",
        ),
    ] = None,
    cycle_id: Annotated[str, typer.Option("--id", help="A short id; made from the name if left out.")] = "",
    partnership: Annotated[
        list[str] | None, typer.Option(help="A partnership's id; may be repeated. The only one if left out.")
    ] = None,
    audit_name: Annotated[str, typer.Option(help="What people here call it.")] = "Section 11 audit",
    moderators: Annotated[int, typer.Option(help="Moderators of each return: 1, or 2 who judge apart.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Prepare a cycle. Nobody sees it until it is opened."""
    with telling_errors(partnership=partnership), opened_office() as office:
        sets = dict(_set_for(choice) for choice in set_ids or []) or office.types.usual_set_ids
        cycle = create_cycle(
            office,
            OPERATOR,
            name=name,
            due=_day(due),
            set_ids_by_type=sets,
            partnership_ids=frozenset(partnership or [only_partnership(office)]),
            cycle_id=cycle_id,
            audit_name=audit_name,
            moderators_per_return=moderators,
        )
        say(f"{cycle.name} is prepared. Open it with: cycles open {cycle.id}", {"id": cycle.id}, as_json=as_json)


@app.command("open")
def open_(cycle_id: CycleId, as_json: AsJson = False) -> None:
    """Open a cycle: its question sets are frozen and every organisation gets its form."""
    with telling_errors(cycle=cycle_id), opened_office() as office:
        count = open_cycle(office, OPERATOR, cycle_id)
        say(f"Opened. Organisations that can answer: {count}.", {"forms": count}, as_json=as_json)


@app.command("add-forms")
def add_forms(cycle_id: CycleId) -> None:
    """Give a form to organisations that joined after the cycle was opened."""
    with telling_errors(cycle=cycle_id), opened_office() as office:
        say(f"Forms added: {add_missing_forms(office, OPERATOR, cycle_id)}.")


@app.command()
def close(cycle_id: CycleId) -> None:
    """Close a cycle. Late returns are still taken."""
    with telling_errors(cycle=cycle_id), opened_office() as office:
        close_cycle(office, OPERATOR, cycle_id)
        say("Closed. Late returns are still taken and shown as late.")


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List every cycle with its status and due date."""
    with telling_errors(), opened_office() as office:
        cycles = list_cycles(office, OPERATOR, Right.MANAGE_CYCLES)
        data = [
            {"id": one.id, "name": one.name, "due": one.due.isoformat(), "status": one.status.value} for one in cycles
        ]
        lines = [f"{one.id:<30} {one.status.value:<10} due {one.due}  {one.name}" for one in cycles]
        say("\n".join(lines) or "No cycle yet. Create one with: cycles create", data, as_json=as_json)


def only_partnership(office: Office) -> str:
    """Return the id of the only partnership.

    Raises:
        BadInputError: there is none, or more than one.
    """
    known = managed_partnerships(office, OPERATOR, Right.MANAGE_CYCLES)
    if not known:
        raise BadInputError("There is no partnership yet. Start one with: init --partnership NAME --admin EMAIL")
    if len(known) > 1:
        ids = ", ".join(one.id for one in known)
        raise BadInputError(f"There is more than one partnership. Name one with --partnership: {ids}.")
    return known[0].id


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise BadInputError(f'"{written}" is not a date. Write the due date as year-month-day: 2026-09-30.') from None


def _set_for(choice: str) -> tuple[str, str]:
    organisation_type, equals, set_id = choice.partition("=")
    return (organisation_type, set_id) if equals else (EVERY_TYPE, choice)
