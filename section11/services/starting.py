"""Starting a database: a real partnership with its first administrator."""

from __future__ import annotations

from dataclasses import dataclass

from section11.domain.organisations import Partnership, readable_id
from section11.domain.people import OPERATOR, ROLE_TITLES, Person, Role
from section11.errors import BadInputError
from section11.services.inviting import (
    checked_email,
    checked_name,
    give_access,
    grant_for,
    new_person_id,
    record_invited,
)
from section11.services.office import Office
from section11.services.trail import partnership_stream, record
from section11.storage.facts import DEMO, REAL
from section11.storage.unit_of_work import UnitOfWork


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
    post = ROLE_TITLES[Role.ADMINISTRATOR]
    person = Person(new_person_id(), checked_email(admin_email), checked_name(admin_name or post), post)
    grant = grant_for(Role.ADMINISTRATOR, None, partnership.id)
    now = office.clock()
    with office.store.writing() as work:
        _check_new(work, partnership)
        if work.facts.kind() is None:
            work.facts.set_kind(REAL)
        work.facts.add_partnership(partnership)
        record(work, partnership_stream(partnership.id), OPERATOR, "partnership_started", now, title=name)
        access = give_access(work, office, OPERATOR, person, [grant])
        record_invited(work, OPERATOR, [partnership.id], access.person, grant, now)
        work.commit()
    return StartedPartnership(partnership, access.path)


def _check_new(work: UnitOfWork, partnership: Partnership) -> None:
    if work.facts.kind() == DEMO:
        raise BadInputError(
            "This database holds the demo and stays a demo. Point SECTION11_DATA_DIR or SECTION11_DATABASE_URL "
            "at a new place, then start the real partnership there."
        )
    if partnership.id in work.facts.partnerships():
        raise BadInputError(f"{partnership.name} is already in this database. Sign in as its administrator instead.")
