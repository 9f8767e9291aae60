"""Taking the tables back to those of an earlier release, so that its program can work on the data of this one."""

from __future__ import annotations

from section11.errors import BadInputError
from section11.services.office import Office
from section11.storage.migrations import earlier_than_now, go_back


def take_tables_back(office: Office, revision: str) -> None:
    """Undo every change of the tables after ``revision``, in one transaction; what only they could hold is lost.

    Nobody may be at work: the server of this release would bring them up to date again at its next start.

    Raises:
        BadInputError: there are no earlier tables of that number; nothing was changed.
    """
    earlier = earlier_than_now()
    if revision not in earlier:
        raise BadInputError(
            f"There are no earlier tables “{revision}”. “doctor” of the release you go back to says which it had; "
            f"this one can go back to {earlier[-1]} to {earlier[0]}."
        )
    go_back(office.store.engine, revision)
