"""Where a person is: the partnerships they have to do with, and whether this is a demo."""

from __future__ import annotations

from dataclasses import dataclass

from section11.domain.people import User
from section11.services.office import Office
from section11.services.places import partnership_ids_around
from section11.storage.facts import DEMO


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every page says about where it is."""

    partnership_names: tuple[str, ...]
    is_demo: bool


def surroundings_of(office: Office, user: User) -> Surroundings:
    """Return the names of the partnerships a person has to do with, and whether this is a demo."""
    with office.store.reading() as work:
        ids = partnership_ids_around(work, user)
        names = tuple(one.name for one in work.facts.partnerships().values() if one.id in ids)
        return Surroundings(names, work.facts.kind() == DEMO)


def database_kind(office: Office) -> str | None:
    """Return ``demo``, ``real``, or None for a database nobody has started yet."""
    with office.store.reading() as work:
        return work.facts.kind()
