"""Finding the organisation a row of a file means, by its id or its name."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from section11.domain.organisations import Organisation
from section11.errors import BadInputError


class OrganisationFinder:
    """Looks among the organisations it is given and knows of no others."""

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        self._by_id = {one.id: one for one in organisations}
        self._by_name: dict[str, list[Organisation]] = {}
        for one in self._by_id.values():
            self._by_name.setdefault(one.name.casefold(), []).append(one)

    def find(self, words: str) -> Organisation:
        """Return the organisation with this id or name, in any case.

        Raises:
            BadInputError: there is none, or several have the name.
        """
        wanted = " ".join(words.split()).casefold()
        if wanted in self._by_id:
            return self._by_id[wanted]
        named = self._by_name.get(wanted, [])
        if len(named) == 1:
            return named[0]
        if named:
            ids = ", ".join(sorted(one.id for one in named))
            raise BadInputError(f'{len(named)} organisations are called "{words}". Write the id instead: {ids}.')
        near = get_close_matches(wanted, [*self._by_id, *self._by_name], n=1)
        found = self._by_id.get(near[0]) or self._by_name[near[0]][0] if near else None
        advice = (
            f'Did you mean "{found.name}" ({found.id})?' if found else "Write its id as the organisations list has it."
        )
        raise BadInputError(f'"{words}" is not an organisation here. {advice}')
