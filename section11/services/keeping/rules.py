"""The rules of a partnership on how long data are kept. None is switched on until an administrator does so."""

from __future__ import annotations

from collections.abc import Mapping

from section11.domain.people import User
from section11.domain.retention import Rule, check_years
from section11.errors import BadInputError, NotAvailableError
from section11.permissions import Right, require
from section11.services.office import Office
from section11.services.places import partnership_place, partnerships_with
from section11.services.trail import partnership_stream, record

CHANGED_MEANWHILE = (
    "A colleague changed these rules after you opened this page. Reload the page to see them, and change them again."
)


def list_rules(office: Office, user: User) -> dict[str, dict[Rule, int]]:
    """Return the years of each rule that is switched on, by partnership id, where this person may set them."""
    with office.store.reading() as work:
        ids = partnerships_with(user, Right.SET_RETENTION, list(work.facts.partnerships()))
        return {one: as_rules(work.retention.rules_of(one)) for one in ids}


def set_rules(
    office: Office,
    user: User,
    partnership_id: str,
    years_by_rule: Mapping[Rule, int],
    *,
    instead_of: Mapping[Rule, int] | None = None,
) -> dict[Rule, int]:
    """Write the rules of a partnership; one that is left out is switched off. Nothing is deleted by this.

    Args:
        instead_of: The rules the person had before them; None for whoever does not care.

    Raises:
        BadInputError: years that cannot be meant, or a colleague changed the rules meanwhile; nothing is saved.
        NotAvailableError, NotPermittedError: the person may not set this partnership's rules.
    """
    with office.store.writing() as work:
        require(user, Right.SET_RETENTION, partnership_place(partnership_id))
        if not work.facts.lock_partnership(partnership_id):
            raise NotAvailableError()
        wanted = {rule: check_years(years) for rule, years in years_by_rule.items()}
        stored = as_rules(work.retention.rules_of(partnership_id))
        if instead_of is not None and stored != instead_of:
            raise BadInputError(CHANGED_MEANWHILE)
        if wanted != stored:
            years = {rule.value: wanted[rule] for rule in Rule if rule in wanted}
            work.retention.put_rules(partnership_id, years)
            stream = partnership_stream(partnership_id)
            record(work, stream, user, "retention_rules_changed", office.clock(), years=years)
            work.commit()
    return wanted


def as_rules(stored: Mapping[str, int]) -> dict[Rule, int]:
    """Return stored rules in the order in which they are shown and applied."""
    return {rule: stored[rule.value] for rule in Rule if rule.value in stored}
