"""While a page is drawn, the figures it keeps are checked against the database once, not once for each part of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from section11.services.office import Office
from section11.services.stamps import Stamps, figures_stamps
from section11.storage.unit_of_work import writings_begun

_stamps_of_run: ContextVar[dict[int, Stamps] | None] = ContextVar("stamps_of_this_run", default=None)
"""By how many units of work that may change things had begun: what the run writes itself is not overlooked."""


@contextmanager
def one_run() -> Iterator[None]:
    """Draw a page: what is kept is at least as fresh as when it was first asked for here.

    Outside of it each stamp is asked for anew.
    """
    token = _stamps_of_run.set({})
    try:
        yield
    finally:
        _stamps_of_run.reset(token)


def stamps_of(office: Office, cycle_ids: Iterable[str]) -> dict[str, str]:
    """Return the stamps of the figures of these cycles by their ids."""
    known = _stamps_of_run.get()
    if known is None:
        return figures_stamps(office, cycle_ids)
    return known.setdefault(writings_begun(), Stamps()).of(office, cycle_ids)


def stamp_of(office: Office, cycle_id: str) -> str:
    """Return the stamp of the figures of one cycle."""
    return stamps_of(office, [cycle_id])[cycle_id]
