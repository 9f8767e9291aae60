"""All commands, gathered."""

from __future__ import annotations

import typer

from section11.cli import (
    accounts,
    backup,
    board_packs,
    cycles,
    doctor,
    exports,
    imports,
    mail,
    reference,
    reminders,
    retention,
    returns,
    standards,
    starting,
    tables,
    trail,
)

app = typer.Typer(
    name="section11",
    help="The annual section 11 audit: start a partnership, run cycles, take returns in and figures out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("init")(starting.init)
app.command("demo")(starting.demo)
app.command("doctor")(doctor.doctor)
app.command("figures")(exports.figures)
app.command("letters")(exports.letters)
app.command("board-pack")(board_packs.board_pack)
app.command("reference", hidden=True)(reference.write)
app.add_typer(standards.app, name="standards", help="Question sets: check, list and compare them.")
app.add_typer(imports.organisations, name="organisations", help="Organisations: import them.")
app.add_typer(imports.people, name="people", help="People: import them, help them in, end their access.")
app.add_typer(imports.results, name="results", help="Past results: import them.")
app.add_typer(imports.imports, name="imports", help="Imports so far: list them, and undo one as a whole.")
app.add_typer(imports.survey, name="survey", help="Staff surveys: import their results.")
app.add_typer(cycles.app, name="cycles", help="Cycles: create, open, close, list.")
app.add_typer(returns.app, name="returns", help="Excel returns: blank, export, import.")
app.add_typer(
    exports.app,
    name="export",
    help="What leaves: the partnership workbook, the board pack, and open data as CSV, ODS or JSON.",
)
app.add_typer(reminders.app, name="reminders", help="Reminders by e-mail: send those that are due.")
app.add_typer(mail.app, name="mail", help="Mail: send what waits in the outbox.")
app.add_typer(retention.app, name="retention", help="How long data are kept: show, set and apply the rules.")
app.add_typer(trail.app, name="trail", help="The audit trail: verify it.")
app.add_typer(backup.app, name="backup", help="Backups: make one, put one back.")
app.add_typer(tables.app, name="tables", help="The database's tables: take them back to an earlier release.")
accounts.add_to(imports.people)


def main() -> None:
    app()
