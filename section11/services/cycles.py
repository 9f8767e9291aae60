"""Cycles: creating, opening with frozen sets, and closing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from section11.definitions.frozen import frozen
from section11.domain.assessments import Assessment, assessment_id_for, progress_of
from section11.domain.cycles import Cycle, CycleStatus
from section11.domain.moderation_panel import MODERATOR_COUNTS
from section11.domain.organisations import readable_id
from section11.domain.people import User
from section11.domain.workflow import AssessmentStatus
from section11.errors import BadInputError, NotAvailableError
from section11.permissions import Right, may, require
from section11.services.carrying import carry_forward
from section11.services.office import Office, frozen_set
from section11.services.places import find_cycle, partnership_place
from section11.services.return_mails import mail_cycle_opened
from section11.services.trail import partnership_stream, record
from section11.services.used_editions import refuse_if_changed_in_use
from section11.storage.unit_of_work import UnitOfWork


def create_cycle(
    office: Office,
    user: User,
    *,
    name: str,
    due: date,
    set_ids_by_type: Mapping[str, str],
    partnership_ids: frozenset[str],
    cycle_id: str = "",
    audit_name: str = "Section 11 audit",
    moderators_per_return: int = 1,
) -> Cycle:
    """Prepare a cycle. Nobody sees it until it is opened.

    ``set_ids_by_type`` maps organisation types, or ``*`` for all others, to a set id or a folder. Two
    ``moderators_per_return`` judge each return without seeing each other's judgements until both are done.

    Raises:
        BadInputError: no name, an id in use, an unknown type or set, or a set that changed since it was used.
        DefinitionFaultsError: a set has faults.
    """
    name = name.strip()
    cycle_id = cycle_id or readable_id(name)
    if cycle_id != readable_id(cycle_id):
        raise BadInputError("The id of a cycle has small letters, digits and hyphens only, at most 60 of them.")
    if not cycle_id:
        raise BadInputError("A cycle needs a name, for example “2026” or “Section 11 audit 2026”.")
    if not partnership_ids:
        raise BadInputError("Choose the partnership that runs the cycle.")
    if moderators_per_return not in MODERATOR_COUNTS:
        raise BadInputError("A return has one moderator or two. Choose 1 or 2.")
    if not set_ids_by_type:
        raise BadInputError("Choose the standards set that organisations are to answer.")
    for organisation_type in set_ids_by_type.keys() - office.types.keys - {"*"}:
        raise BadInputError(f'"{organisation_type}" is not an organisation type. They are listed in orgs/types.yaml.')
    with office.store.reading() as work:
        _check_may_run(work, user, partnership_ids)
    sets = [office.library.load(set_id) for set_id in sorted(set(set_ids_by_type.values()))]
    chosen = {kind: office.library.lasting_name(set_id) for kind, set_id in set_ids_by_type.items()}
    cycle = Cycle(
        id=cycle_id,
        name=name,
        due=due,
        status=CycleStatus.PREPARING,
        partnership_ids=partnership_ids,
        set_ids_by_type=chosen,
        audit_name=audit_name.strip() or "Section 11 audit",
        moderators_per_return=moderators_per_return,
    )
    with office.store.writing() as work:
        _check_may_run(work, user, partnership_ids)
        if work.cycles.get(cycle_id) is not None:
            raise BadInputError(f'There is already a cycle "{cycle_id}". Give this one another name.')
        for standards_set in sets:
            refuse_if_changed_in_use(work, standards_set)
        work.cycles.add(cycle)
        _record(work, cycle, user, "cycle_created", office, due=due.isoformat(), sets=chosen)
        work.commit()
    return cycle


def _check_may_run(work: UnitOfWork, user: User, partnership_ids: frozenset[str]) -> None:
    for partnership_id in sorted(partnership_ids):
        require(user, Right.MANAGE_CYCLES, partnership_place(partnership_id))
        if partnership_id not in work.facts.partnerships():
            raise NotAvailableError()


def open_cycle(office: Office, user: User, cycle_id: str) -> int:
    """Freeze the cycle's sets and give every open member organisation its form.

    Returns:
        How many organisations have a form in the cycle now.

    Raises:
        BadInputError: the cycle is not being prepared, or a set changed since another cycle used it.
        DefinitionFaultsError: a set has faults.
    """
    with office.store.reading() as work:
        cycle = find_cycle(work, user, cycle_id, Right.MANAGE_CYCLES)
    opened_before = BadInputError(f"The cycle {cycle.name} was opened before. It can be opened only once.")
    if cycle.status is not CycleStatus.PREPARING:
        raise opened_before
    # Reading the files takes a second or two, in which nobody else should wait to save an answer.
    sets = {set_id: office.library.load(set_id) for set_id in sorted(set(cycle.set_ids_by_type.values()))}
    with office.store.writing() as work:
        find_cycle(work, user, cycle_id, Right.MANAGE_CYCLES)
        if not work.cycles.move_status(cycle_id, CycleStatus.PREPARING, CycleStatus.OPEN):
            raise opened_before
        hashes: dict[str, str] = {}
        for set_id, standards_set in sets.items():
            refuse_if_changed_in_use(work, standards_set)
            content, sha256 = frozen(standards_set)
            work.standards_sets.keep(sha256=sha256, set_id=standards_set.id, content=content, stored_at=office.clock())
            hashes[set_id] = sha256
        work.cycles.freeze_sets(cycle_id, hashes)
        count = _give_forms(office, work, user, cycle, hashes)
        _record(work, cycle, user, "cycle_opened", office, forms=count, sets=hashes)
        work.commit()
    return count


def add_missing_forms(office: Office, user: User, cycle_id: str) -> int:
    """Give a form to organisations that joined after the cycle opened. Returns how many were added."""
    with office.store.writing() as work:
        cycle = find_cycle(work, user, cycle_id, Right.MANAGE_CYCLES)
        if cycle.status is not CycleStatus.OPEN:
            raise BadInputError(f"The cycle {cycle.name} is not open, so no forms can be added to it.")
        count = _give_forms(office, work, user, cycle, work.cycles.frozen_set_hashes(cycle_id))
        if count:
            _record(work, cycle, user, "forms_added", office, forms=count)
        work.commit()
    return count


def close_cycle(office: Office, user: User, cycle_id: str) -> None:
    """Close a cycle. Late returns are still taken and are shown as late; nothing is locked away."""
    with office.store.writing() as work:
        cycle = find_cycle(work, user, cycle_id, Right.MANAGE_CYCLES)
        if not work.cycles.move_status(cycle_id, CycleStatus.OPEN, CycleStatus.CLOSED):
            raise BadInputError(f"The cycle {cycle.name} is not open, so it cannot be closed.")
        _record(work, cycle, user, "cycle_closed", office)
        work.commit()


def list_cycles(office: Office, user: User, right: Right) -> list[Cycle]:
    """Return the cycles in whose partnerships the person holds the right, the latest first."""
    with office.store.reading() as work:
        return [
            cycle
            for cycle in work.cycles.all()
            if any(may(user, right, partnership_place(partnership_id)) for partnership_id in cycle.partnership_ids)
        ]


def _give_forms(office: Office, work: UnitOfWork, user: User, cycle: Cycle, sha256_by_set_id: Mapping[str, str]) -> int:
    have = {row.assessment.organisation_id for row in work.assessments.in_cycle(cycle.id)}
    new, organisations = [], {}
    for member in work.organisations.members(cycle.partnership_ids):
        organisation = member.organisation
        set_id = cycle.set_id_for(organisation.type)
        if set_id is None or not organisation.is_open or organisation.id in have:
            continue
        have.add(organisation.id)
        organisations[organisation.id] = organisation
        sha256 = sha256_by_set_id[set_id]
        questions = frozen_set(work, sha256).questions_for(organisation.type)
        assessment = Assessment(
            id=assessment_id_for(cycle.id, organisation.id),
            cycle_id=cycle.id,
            organisation_id=organisation.id,
            organisation_type=organisation.type,
            status=AssessmentStatus.NOT_STARTED,
            set_sha256=sha256,
        )
        new.append((assessment, progress_of(questions, organisation.type, {})))
    work.assessments.add_all(new)
    forms = [assessment for assessment, _ in new]
    carry_forward(office, work, user, cycle, forms)
    mail_cycle_opened(work, office, cycle, forms, organisations)
    return len(new)


def _record(work: UnitOfWork, cycle: Cycle, user: User, name: str, office: Office, **details: object) -> None:
    for partnership_id in sorted(cycle.partnership_ids):
        record(work, partnership_stream(partnership_id), user, name, office.clock(), cycle=cycle.id, **details)
