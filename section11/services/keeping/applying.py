"""Applying a partnership's rules: a dry run that changes nothing, and taking away what is due, one thing after another.

Each thing goes in a transaction of its own, with the event that tells of it, after it was looked at once more. So a
run that is killed leaves nothing half-done, and the next one goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from section11.domain.people import User
from section11.domain.retention import RULES, Rule
from section11.errors import BadInputError, NotAvailableError
from section11.permissions import Right, require
from section11.services.erased_contents import TrailDamagedError
from section11.services.keeping import evidence, leavers, readings, returns, sign_ins
from section11.services.keeping.looking import Due, Kind, Look
from section11.services.office import Office
from section11.services.places import partnership_place
from section11.services.trail import partnership_stream, record
from section11.storage.unit_of_work import UnitOfWork

KINDS: dict[Rule, Kind] = {
    Rule.RETURNS: returns.KIND,
    Rule.EVIDENCE: evidence.KIND,
    Rule.LEAVERS: leavers.KIND,
    Rule.SIGN_INS: sign_ins.KIND,
    Rule.READINGS: readings.KIND,
}
JUST_SENT_IN = timedelta(hours=1)
"""A file nobody needs yet may be one that is being sent in at this moment."""

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule with what is due under it; ``years`` is None while it is switched off."""

    rule: Rule
    years: int | None
    due: Due


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying came to: how many things went under each rule, and sentences about what did not."""

    removed: dict[Rule, int]
    files: int
    faults: tuple[str, ...]


def preview_retention(office: Office, user: User, partnership_id: str) -> list[RuleLine]:
    """Return what applying the rules now would take away. Nothing is changed.

    Raises:
        NotAvailableError, NotPermittedError: the person may not apply this partnership's rules.
    """
    with office.store.reading() as work:
        _name_of(work, user, partnership_id)
        look = Look(work, partnership_id, office.clock())
        years = {rule: look.years(rule, [partnership_id]) for rule in RULES}
        return [
            RuleLine(rule, years[rule], KINDS[rule].due(look) if years[rule] is not None else Due()) for rule in RULES
        ]


def apply_retention(
    office: Office, user: User, partnership_id: str, typed_name: str, progress: Progress | None = None
) -> Applied:
    """Take away what is due under a partnership's rules.

    Args:
        typed_name: The partnership's name, typed to be sure that it is meant.
        progress: Called with what is being done and the share done, 0 to 1.

    Raises:
        NotAvailableError, NotPermittedError: as ``preview_retention``.
        BadInputError: the name is another; nothing is taken away.
    """
    with office.store.reading() as work:
        name = _name_of(work, user, partnership_id)
    if " ".join(typed_name.split()).casefold() != " ".join(name.split()).casefold():
        raise BadInputError(f"Type the partnership's name, {name}, to delete what is due. Nothing was deleted.")
    applied = Applied({}, 0, ())
    for rule in RULES:
        applied = _applied(office, user, partnership_id, rule, applied, progress)
    if Rule.EVIDENCE in applied.removed or Rule.RETURNS in applied.removed:
        applied = replace(applied, files=clear_files(office))
    if any(applied.removed.values()):
        with office.store.writing() as work:
            counts = {rule.value: number for rule, number in applied.removed.items() if number}
            record(work, partnership_stream(partnership_id), user, "retention_applied", office.clock(), removed=counts)
            work.commit()
    return applied


def clear_files(office: Office) -> int:
    """Remove the stored files that no piece of evidence has, whosever it was, and return how many.

    Listed before it is asked what is needed, so that a file that comes in meanwhile is not among them.
    """
    files = office.evidence_files
    # By the clock of the machine, as the times of its files are.
    moment = datetime.now(UTC) - JUST_SENT_IN
    files.settle_leftovers(moment)
    listed = files.listed()
    with office.store.reading() as work:
        needed = work.retention.needed_files()
    return sum(files.remove_older(one, moment) for one in listed if one not in needed)


def _applied(
    office: Office, user: User, partnership_id: str, rule: Rule, applied: Applied, progress: Progress | None
) -> Applied:
    with office.store.reading() as work:
        look = Look(work, partnership_id, office.clock())
        if look.years(rule, [partnership_id]) is None:
            return applied
        things = KINDS[rule].due(look).things
    removed, faults = 0, []
    for done, thing in enumerate(things, start=1):
        try:
            removed += KINDS[rule].remove(office, user, partnership_id, thing)
        except TrailDamagedError as error:
            faults.append(error.user_message)
        if progress:
            progress(RULES[rule].title, done / len(things))
    return Applied(applied.removed | {rule: removed}, applied.files, (*applied.faults, *faults))


def _name_of(work: UnitOfWork, user: User, partnership_id: str) -> str:
    require(user, Right.SET_RETENTION, partnership_place(partnership_id))
    partnership = work.facts.partnerships().get(partnership_id)
    if partnership is None:
        raise NotAvailableError()
    return partnership.name
