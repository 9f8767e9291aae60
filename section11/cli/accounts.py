"""Commands for one person's account: a new link, the second step, leaving, and what is kept about them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from section11.cli.output import AsJson, opened_office, say, telling_errors, write_file
from section11.config import settings
from section11.domain.people import OPERATOR, Person
from section11.errors import BadInputError
from section11.services.erasing_people import erase_person, preview_erasure
from section11.services.invitations import create_invitation
from section11.services.leaving import end_access
from section11.services.office import Office
from section11.services.personal_data import download_personal_data
from section11.services.second_steps import remove_second_step

Email = Annotated[str, typer.Argument(help="The person's e-mail address.")]


def add_to(people: typer.Typer) -> None:
    """Add the commands to those about people."""
    people.command("link")(link)
    people.command("remove-second-step")(remove_step)
    people.command("left")(left)
    people.command("export")(export)
    people.command("erase")(erase)


def link(email: Email, as_json: AsJson = False) -> None:
    """Make a link with which somebody chooses a password: also for the only administrator."""
    with telling_errors(), opened_office() as office:
        address = settings().base_url + create_invitation(office, OPERATOR, _person(office, email).id)
        say(f"Send this to {email} and to nobody else; it works once:\n{address}", {"link": address}, as_json=as_json)


def remove_step(email: Email) -> None:
    """Remove the second step of somebody who lost their phone and their recovery codes."""
    with telling_errors(), opened_office() as office:
        remove_second_step(office, OPERATOR, _person(office, email).id)
        say(f"{email} signs in with the password alone next time.")


def left(email: Email) -> None:
    """End every role of somebody who left, and close their account; nothing is deleted."""
    with telling_errors(), opened_office() as office:
        end_access(office, OPERATOR, _person(office, email).id)
        say(f"The account of {email} is closed. What they wrote and signed stays theirs.")


def export(email: Email, out: Annotated[Path | None, typer.Option(help="Where to write the ZIP file.")] = None) -> None:
    """Write everything that is kept about somebody to a ZIP file, for a subject access request."""
    with telling_errors(), opened_office() as office:
        write_file(download_personal_data(office, OPERATOR, _person(office, email).id), out)


def erase(
    email: Email,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go and what stays.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Erase without asking for the address again.")] = False,
) -> None:
    """Erase what is kept about somebody, in every partnership. This cannot be undone."""
    with telling_errors(), opened_office() as office:
        person = _person(office, email)
        preview = preview_erasure(office, OPERATOR, person.id)
        lines = [*(f"goes: {one}" for one in preview.goes), *(f"stays: {one}" for one in preview.stays)]
        say("\n".join(lines))
        if dry_run:
            return
        typed = person.email if yes else typer.prompt("This cannot be undone. Type the e-mail address again", err=True)
        erased = erase_person(office, OPERATOR, person.id, typed)
        say(f"Erased. In place of the name stands “{erased.name}”.")


def _person(office: Office, email: str) -> Person:
    with office.store.reading() as work:
        person = work.accounts.person_by_email(email)
    if person is None:
        raise BadInputError(f"Nobody here has the e-mail address {email}. Check how it is written.")
    return person
