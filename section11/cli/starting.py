"""Commands that start a database: a real partnership, or the demo."""

from __future__ import annotations

from typing import Annotated

import typer

from section11.cli.output import AsJson, opened_office, progress_bar, say, telling_errors
from section11.config import settings
from section11.services.demo import DemoAccount, build_demo, demo_accounts
from section11.services.starting import start_partnership
from section11.services.surroundings import database_kind


def init(
    partnership: Annotated[str, typer.Option(help="The partnership's name.")],
    admin: Annotated[str, typer.Option(help="The e-mail address of its administrator.")],
    admin_name: Annotated[str, typer.Option(help="The administrator's name.")] = "",
    as_json: AsJson = False,
) -> None:
    """Start a real partnership and print the administrator's invitation."""
    with telling_errors(), opened_office() as office:
        started = start_partnership(office, name=partnership, admin_email=admin, admin_name=admin_name)
        link = settings().base_url + started.invitation_path
        say(
            f"{started.partnership.name} is ready (id {started.partnership.id}).\n"
            f"Send this to {admin}; it works once, for seven days:\n{link}",
            {"partnership": started.partnership.id, "invitation": link},
            as_json=as_json,
        )


def demo(
    agencies: Annotated[int, typer.Option(help="How many agencies.")] = 14,
    schools: Annotated[int, typer.Option(help="How many schools.")] = 12,
    cycles: Annotated[int, typer.Option(help="How many cycles, the last one open.")] = 2,
    seed: Annotated[int, typer.Option(help="Another number gives other answers.")] = 11,
    if_new: Annotated[bool, typer.Option("--if-new", help="Do nothing when the database is in use already.")] = False,
    as_json: AsJson = False,
) -> None:
    """Fill an empty database with a fictional partnership, marked as a demo for life."""
    with telling_errors(), opened_office() as office:
        kind = database_kind(office)
        if if_new and kind is not None:
            if kind == "demo":
                _say_accounts(demo_accounts(), as_json=as_json)
            return
        with progress_bar() as progress:
            accounts = build_demo(
                office, agencies=agencies, schools=schools, cycles=cycles, seed=seed, progress=progress
            )
        _say_accounts(accounts, as_json=as_json)


def _say_accounts(accounts: list[DemoAccount], *, as_json: bool) -> None:
    lines = [f"  {account.role_title:<24} {account.email:<34} {account.what_for}" for account in accounts]
    say(
        "This is the demo: everything in it is made up. Sign in as:\n"
        + "\n".join(lines)
        + f"\nThe password of each is: {accounts[0].password}\n"
        f"Open {settings().base_url}",
        [{"role": one.role_title, "email": one.email, "password": one.password} for one in accounts],
        as_json=as_json,
    )
