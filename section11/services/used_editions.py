"""The editions of sets that cycles have used: for checking a set beside them, and for refusing one that changed."""

from __future__ import annotations

from section11.config import Settings
from section11.definitions.frozen import thawed
from section11.definitions.used_editions import UsedEdition, has_changed
from section11.domain.standards import StandardsSet
from section11.errors import BadInputError
from section11.storage.engine import has_tables
from section11.storage.unit_of_work import Store, UnitOfWork


def used_editions(settings: Settings) -> list[UsedEdition]:
    """Return the editions that cycles have used, the latest first; none where there is no database yet.

    Never makes a database, nor a folder for one.
    """
    address = settings.address_of_database(make_folder=False)
    if not has_tables(address):
        return []
    store = Store.open(address)
    try:
        with store.reading() as work:
            return [UsedEdition(cycle_name, thawed(content)) for cycle_name, content in work.standards_sets.used()]
    finally:
        store.close()


def refuse_if_changed_in_use(work: UnitOfWork, standards_set: StandardsSet) -> None:
    """Raise ``BadInputError`` when another cycle used this id and version with other content."""
    used = (thawed(content) for content in work.standards_sets.contents_of(standards_set.id))
    if has_changed(standards_set, used):
        raise BadInputError(
            f"The questions of “{standards_set.title}” have changed since an earlier cycle used them, but the set is "
            f"still called version {standards_set.version}. Ask whoever keeps the question files to raise the version "
            f"in {standards_set.id}/set.yaml, then try again."
        )
