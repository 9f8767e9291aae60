"""What every service needs at hand: the store, the definitions and the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from section11.config import Settings, settings
from section11.definitions.frozen import thawed
from section11.definitions.library import StandardsLibrary
from section11.definitions.organisation_types import OrganisationTypes, read_organisation_types
from section11.domain.people import Role
from section11.domain.standards import StandardsSet
from section11.services.clamav import ClamAv
from section11.services.mail_setup import MailSetup, mail_setup_of
from section11.storage.evidence_files import EvidenceFiles
from section11.storage.migrations import migrate
from section11.storage.unit_of_work import Store, UnitOfWork


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Office:
    """Handed to every service. ``clock`` gives the moment in UTC; without a ``scanner`` files are not scanned.

    ``second_step_roles`` are those that may not sign in with a password alone. Without ``mail`` nobody is written to.
    """

    store: Store
    types: OrganisationTypes
    library: StandardsLibrary
    evidence_files: EvidenceFiles
    scanner: ClamAv | None = None
    clock: Callable[[], datetime] = utc_now
    second_step_roles: frozenset[Role] = frozenset()
    mail: MailSetup | None = None


def open_office(settings: Settings) -> Office:
    """Open the database named by the settings, bring its tables up to date, and read the definitions."""
    types = read_organisation_types(settings.organisation_types_file)
    evidence_files = EvidenceFiles.open(settings.address_of_evidence())
    scanner = ClamAv.at(settings.clamav) if settings.clamav else None
    store = Store.open(settings.address_of_database())
    migrate(store.engine)
    return Office(
        store=store,
        types=types,
        library=StandardsLibrary(settings.standards_dir, types.keys),
        evidence_files=evidence_files,
        scanner=scanner,
        second_step_roles=settings.roles_with_second_step(),
        mail=mail_setup_of(settings),
    )


@lru_cache(maxsize=1)
def this_office() -> Office:
    """Return the one office of this process, opened with its settings."""
    return open_office(settings())


_frozen_sets: dict[str, StandardsSet] = {}
"""Frozen sets of this process by SHA-256. The key names the content, so an entry can never be out of date."""


def frozen_set(work: UnitOfWork, sha256: str) -> StandardsSet:
    """Return a set as it was frozen when its cycle opened."""
    if sha256 not in _frozen_sets:
        content = work.standards_sets.content(sha256)
        if content is None:
            raise LookupError(f"standards set {sha256} is not in the database")
        _frozen_sets[sha256] = thawed(content)
    return _frozen_sets[sha256]
