"""Commands about how long data are kept. Without “apply” nothing is ever deleted."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from section11.cli.cycles import only_partnership
from section11.cli.output import PROBLEMS, AsJson, opened_office, progress_bar, say, telling_errors
from section11.domain.people import OPERATOR
from section11.domain.retention import RULES, Rule
from section11.errors import BadInputError
from section11.services.keeping.applying import RuleLine, apply_retention, preview_retention
from section11.services.keeping.rules import list_rules, set_rules
from section11.services.office import Office

app = typer.Typer(no_args_is_help=True)
PartnershipOption = Annotated[str, typer.Option("--partnership", help="The partnership's id, if there are several.")]
MOST_LINES = 20


@app.command()
def show(partnership: PartnershipOption = "", as_json: AsJson = False) -> None:
    """Say how long each kind of data is kept, and what we suggest where no rule is switched on."""
    with telling_errors(partnership=partnership), opened_office() as office:
        years = _rules(office, partnership or only_partnership(office))
        lines = [f"{rule.value}: {_kept(years.get(rule))}. {text.why}" for rule, text in RULES.items()]
        data = {rule.value: {"years": years.get(rule), "usual_years": RULES[rule].usual_years} for rule in RULES}
        say("\n".join(lines), data, as_json=as_json)


@app.command("set")
def set_(
    rule: Annotated[Rule, typer.Argument(help="The kind of data.")],
    years: Annotated[int, typer.Argument(help="How many years it is kept; 0 switches the rule off.")],
    partnership: PartnershipOption = "",
) -> None:
    """Switch a rule on, change it, or switch it off. Nothing is deleted by this."""
    with telling_errors(partnership=partnership), opened_office() as office:
        partnership = partnership or only_partnership(office)
        before = _rules(office, partnership)
        wanted = {one: number for one, number in before.items() if one is not rule}
        set_rules(office, OPERATOR, partnership, wanted | ({rule: years} if years else {}), instead_of=before)
        say(f"{RULES[rule].title}: {_kept(years or None)}. Nothing is deleted before “retention apply --yes”.")


@app.command()
def apply(
    partnership: PartnershipOption = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go, and ask nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Delete what is due without asking.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say what is due under the rules, and delete it after the partnership's name was typed."""
    with telling_errors(partnership=partnership), opened_office() as office:
        partnership = partnership or only_partnership(office)
        if dry_run and yes:
            raise BadInputError("Choose --dry-run or --yes, not both.")
        with progress_bar() as progress:
            progress("Looking", 0.0)
            lines = preview_retention(office, OPERATOR, partnership)
        if dry_run or not any(line.due.things for line in lines):
            say("\n".join(_words(lines)), _data(lines), as_json=as_json)
            return
        typed = _name(office, partnership) if yes else _asked(lines)
        with progress_bar() as progress:
            done = apply_retention(office, OPERATOR, partnership, typed, progress)
        removed = {rule.value: number for rule, number in done.removed.items()}
        words = [f"{RULES[rule].title}: {number:,} removed." for rule, number in done.removed.items()]
        words += [f"{done.files:,} files removed from the store of evidence.", *done.faults]
        say("\n".join(words), {"removed": removed, "files": done.files, "faults": list(done.faults)}, as_json=as_json)
        if done.faults:
            raise typer.Exit(PROBLEMS)


def _rules(office: Office, partnership_id: str) -> dict[Rule, int]:
    found = list_rules(office, OPERATOR)
    if partnership_id not in found:
        raise BadInputError(f"There is no partnership “{partnership_id}”. There are: {', '.join(sorted(found))}.")
    return found[partnership_id]


def _name(office: Office, partnership_id: str) -> str:
    with office.store.reading() as work:
        return work.facts.partnerships()[partnership_id].name


def _asked(lines: list[RuleLine]) -> str:
    typer.echo("\n".join(_words(lines)), err=True)
    typed: str = typer.prompt("This cannot be undone. Type the partnership's name to delete all this", err=True)
    return typed


def _kept(years: int | None) -> str:
    return "kept for ever" if years is None else "kept for 1 year" if years == 1 else f"kept for {years} years"


def _words(lines: list[RuleLine]) -> list[str]:
    words = []
    for line in lines:
        words.append(f"{RULES[line.rule].title} ({_kept(line.years)}): {len(line.due.things):,} due")
        words += [f"  would go: {one}" for one in line.due.goes[:MOST_LINES]]
        if len(line.due.goes) > MOST_LINES:
            words.append(f"  and {len(line.due.goes) - MOST_LINES:,} more lines; --json has all of them")
        words += [f"  stays: {one}" for one in line.due.stays]
    return words


def _data(lines: list[RuleLine]) -> dict[str, Any]:
    return {
        "dry_run": True,
        "rules": [
            {
                "rule": line.rule.value,
                "years": line.years,
                "due": len(line.due.things),
                "would_go": list(line.due.goes),
                "stays": list(line.due.stays),
            }
            for line in lines
        ],
    }
