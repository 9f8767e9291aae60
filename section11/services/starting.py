"""Starting a database: a real partnership with its first administrator."""

from __future__ import annotations

from dataclasses import dataclass

from section11.domain.organisations import Partnership, readable_id
from section11.domain.people import OPERATOR, ROLE_TITLES, Role
from section11.errors import BadInputError
from section11.services.inviting import invite_person
from section11.services.office import Office
from section11.services.trail import partnership_stream, record
from section11.storage.facts import DEMO, REAL


@dataclass(frozen=True, slots=True)
class StartedPartnership:
    partnership: Partnership
    invitation_path: str
    """Where the administrator chooses a password, below the base address."""


def start_partnership(office: Office, *, name: str, admin_email: str, admin_name: str = "") -> StartedPartnership:
    """Add a partnership and invite its administrator; the first one makes the database a real one.

    Raises:
        BadInputError: the database holds a demo, or the partnership is already there.
    """
    name = name.strip()
    partnership = Partnership(readable_id(name), name)
    if not partnership.id:
        raise BadInputError("A partnership needs a name with letters in it. Write --partnership “Riverdale …”.")
    with office.store.writing() as work:
        if work.facts.kind() == DEMO:
            raise BadInputError(
                "This database holds the demo and stays a demo. Point SECTION11_DATA_DIR or SECTION11_DATABASE_URL "
                "at a new place, then start the real partnership there."
            )
        if partnership.id in work.facts.partnerships():
            raise BadInputError(f"{name} is already in this database. Sign in as its administrator instead.")
        if work.facts.kind() is None:
            work.facts.set_kind(REAL)
        work.facts.add_partnership(partnership)
        record(work, partnership_stream(partnership.id), OPERATOR, "partnership_started", office.clock(), title=name)
        work.commit()
    path = invite_person(
        office,
        OPERATOR,
        email=admin_email,
        name=admin_name or ROLE_TITLES[Role.ADMINISTRATOR],
        post=ROLE_TITLES[Role.ADMINISTRATOR],
        role=Role.ADMINISTRATOR,
        partnership_id=partnership.id,
    )
    return StartedPartnership(partnership, path)
