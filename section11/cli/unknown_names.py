"""Which id on the command line belongs to nothing, and which was probably meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from section11.domain.people import OPERATOR
from section11.permissions import Right
from section11.services.cycles import list_cycles
from section11.services.directory import managed_partnerships
from section11.services.office import Office
from section11.services.scrutiny import list_returns

_MOST_NAMED = 12


Named = Mapping[str, str | Sequence[str] | None]


def unknown_name(office: Office, named: Named) -> str:
    """Return a sentence for the first id that belongs to nothing; ``named`` has one or more by what they name."""
    partnerships = [one.id for one in managed_partnerships(office, OPERATOR, Right.MANAGE_CYCLES)]
    for partnership in _given(named, "partnership"):
        if partnership not in partnerships:
            return f'There is no partnership "{partnership}"{_instead(partnership, partnerships)}'
    cycles = [one.id for one in list_cycles(office, OPERATOR, Right.MANAGE_CYCLES)]
    for cycle in _given(named, "cycle"):
        if not cycles:
            return f'There is no cycle "{cycle}", and none at all yet. Create one with: cycles create'
        if cycle not in cycles:
            return f'There is no cycle "{cycle}"{_instead(cycle, cycles)}'
        returns = [line.organisation.id for line in list_returns(office, OPERATOR, cycle).lines]
        for organisation in _given(named, "organisation"):
            if organisation not in returns:
                words = f'In the cycle {cycle} there is no return of an organisation "{organisation}"'
                return f"{words}{_instead(organisation, returns)}"
    return "There is nothing that goes by these ids. Check each of them."


def _given(named: Named, name: str) -> Sequence[str]:
    value = named.get(name) or ()
    return [value] if isinstance(value, str) else list(value)


def _instead(wrong: str, known: Sequence[str]) -> str:
    close = get_close_matches(wrong, known, n=1)
    if close:
        return f". Did you mean {close[0]}?"
    if len(known) > _MOST_NAMED:
        return '. Every id stands in the sheet "Organisations" of the partnership workbook.'
    return f". There is: {', '.join(known)}." if known else ", and none at all yet."
