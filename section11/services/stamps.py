"""How fresh kept figures must be: each cycle has a stamp that changes whenever one of its figures may."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from section11.domain.uk_time import uk_date
from section11.domain.workflow import RETURNED
from section11.services.office import Office

_COUNTED = sorted(status.value for status in RETURNED)


class Stamps:
    """The stamps of cycles as they were first asked for: the database names each cycle, and its members, once."""

    def __init__(self) -> None:
        self._of_cycles: dict[str, str] = {}
        self._of_members: dict[frozenset[str], str] = {}

    def of(self, office: Office, cycle_ids: Iterable[str]) -> dict[str, str]:
        """Return the stamps of these cycles by their ids; those not known yet are read at one moment."""
        wanted = list(cycle_ids)
        unknown = [one for one in wanted if one not in self._of_cycles]
        if unknown:
            self._ask(office, unknown)
        return {one: self._of_cycles[one] for one in wanted}

    def _ask(self, office: Office, cycle_ids: Iterable[str]) -> None:
        today = uk_date(office.clock())
        with office.store.reading() as work:
            for cycle_id in cycle_ids:
                cycle = work.cycles.get(cycle_id)
                run_by = cycle.partnership_ids if cycle is not None else frozenset[str]()
                if run_by not in self._of_members:
                    self._of_members[run_by] = _digest(work.stamps.of_members(run_by))
                returns = work.stamps.of_returns(cycle_id, _COUNTED)
                seen = [cycle, returns, self._of_members[run_by], work.stamps.of_survey(cycle_id), today]
                self._of_cycles[cycle_id] = _digest(repr(seen))


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def figures_stamp(office: Office, cycle_id: str) -> str:
    """Return what changes whenever a figure of the cycle may: the key of cached figures.

    Besides the returns these are the cycle, the members and their basis of duty, the staff survey, and the day. What
    people write before they submit changes no figure, so it changes no stamp.
    """
    return figures_stamps(office, [cycle_id])[cycle_id]


def figures_stamps(office: Office, cycle_ids: Iterable[str]) -> dict[str, str]:
    """Return the stamps of several cycles by their ids, all of one moment."""
    return Stamps().of(office, cycle_ids)
