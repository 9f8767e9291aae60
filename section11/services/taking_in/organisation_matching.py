"""Matching what a file says with the organisations that are stored: which is which, and what each becomes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from section11.definitions.organisation_types import OrganisationTypes
from section11.domain.organisations import Organisation, readable_id
from section11.domain.people import User
from section11.errors import Problem
from section11.permissions import Right, may
from section11.services.places import partnership_place
from section11.services.taking_in.gias import TRUST_TYPE, GiasExtract
from section11.services.taking_in.wanted_organisations import WantedOrganisation
from section11.storage.organisations import Membership
from section11.storage.unit_of_work import UnitOfWork

ELSEWHERE = "Belongs to another partnership; ask the operator of this server to add it here"
CLOSED = "Closed"


class Directory:
    """The stored organisations as one importer may use them for one partnership.

    An organisation that only belongs to partnerships the importer does not manage is *elsewhere*: taking it in
    would open its returns to this partnership, so it can be neither joined, nor changed, nor used as a parent.
    """

    def __init__(self, work: UnitOfWork, user: User, types: OrganisationTypes, partnership_id: str) -> None:
        self._work, self._user, self._types = work, user, types
        self._partnership_id = partnership_id
        self.stored = work.organisations.all_by_id()
        self.here = {one.organisation.id: one for one in work.organisations.members([partnership_id])}
        organisations = [one.organisation for one in self.here.values()]
        self.id_by_urn = {one.urn: one.id for one in organisations if one.urn}
        self._id_by_ods_code = {one.ods_code: one.id for one in organisations if one.ods_code}

    def is_elsewhere(self, organisation_id: str) -> bool:
        if organisation_id not in self.stored or organisation_id in self.here:
            return False
        partnership_ids = self._work.organisations.partnership_ids_of(organisation_id)
        return not all(may(self._user, Right.MANAGE_ORGANISATIONS, partnership_place(one)) for one in partnership_ids)

    def known_id(self, wanted: WantedOrganisation) -> str | None:
        """Return the id of the member that has this URN or ODS code."""
        return self.id_by_urn.get(wanted.urn) or self._id_by_ods_code.get(wanted.ods_code)

    def is_same_member(self, organisation_id: str, name: str) -> bool:
        member = self.here.get(organisation_id)
        return member is not None and member.organisation.name.casefold() == name.casefold()

    def merged(self, organisation_id: str, wanted: WantedOrganisation) -> Membership:
        """Return the organisation as it is after the import: what the file leaves out stays."""
        stored = self.stored.get(organisation_id, Organisation(organisation_id, wanted.name, wanted.type))
        merged = replace(
            stored,
            name=wanted.name,
            type=wanted.type,
            urn=wanted.urn or stored.urn,
            ods_code=wanted.ods_code or stored.ods_code,
            parent_id=wanted.parent_id or stored.parent_id,
            is_open=stored.is_open if wanted.is_open is None else wanted.is_open,
        )
        member = self.here.get(organisation_id)
        duty = member.duty if member else wanted.duty or self._types[wanted.type].usual_duty
        return Membership(merged, self._partnership_id, duty)


def match_own_layout(
    directory: Directory, wanted: Sequence[WantedOrganisation]
) -> tuple[list[Membership], list[Problem]]:
    """Return every organisation of the file as it will be, and what stands against it."""
    problems: list[Problem] = []
    ids = _ids(directory, wanted, problems)
    place_by_id: dict[str, str] = {}
    place_by_urn: dict[str, str] = {}
    for organisation_id, one in zip(ids, wanted, strict=True):
        if organisation_id in place_by_id:
            message = f'The organisation "{organisation_id}" stands in {place_by_id[organisation_id]} already.'
            problems.append(Problem(one.place, f"{message} Keep one of the two."))
        elif one.urn and one.urn in place_by_urn:
            message = f"The URN {one.urn} stands in {place_by_urn[one.urn]} already. Keep one of the two."
            problems.append(Problem(one.place, message))
        elif directory.is_elsewhere(organisation_id):
            message = f'The id "{organisation_id}" is taken. Leave the id empty to get a new one.'
            problems.append(Problem(one.place, message))
        else:
            problems += _clashes(directory, organisation_id, one)
        place_by_id.setdefault(organisation_id, one.place)
        place_by_urn.setdefault(one.urn, one.place)
    memberships = [directory.merged(organisation_id, one) for organisation_id, one in zip(ids, wanted, strict=True)]
    problems += _parent_problems(directory, wanted, memberships)
    return memberships, problems


def match_gias(directory: Directory, extract: GiasExtract) -> tuple[list[Membership], Counter[str]]:
    """Return the schools and trusts as they will be, and what is left out, by reason.

    A member that the extract says is closed is closed; a school that left its trust loses it as its parent.
    """
    skipped = Counter(extract.skipped)
    memberships = []
    for one in (*extract.trusts, *extract.schools):
        organisation_id = directory.id_by_urn.get(one.urn, one.id)
        if directory.is_elsewhere(organisation_id):
            skipped[ELSEWHERE] += 1
            continue
        merged = directory.merged(organisation_id, one)
        if one.type != TRUST_TYPE:
            stored = directory.stored.get(organisation_id)
            parent_id = _parent_in_gias(directory, one.parent_id, stored.parent_id if stored else None)
            merged = replace(merged, organisation=replace(merged.organisation, parent_id=parent_id))
        memberships.append(merged)
    for urn in sorted(extract.closed_urns):
        member = directory.here.get(directory.id_by_urn.get(urn, ""))
        if member is not None and member.organisation.is_open:
            memberships.append(replace(member, organisation=replace(member.organisation, is_open=False)))
        else:
            skipped[CLOSED] += 1
    return memberships, skipped


def _ids(directory: Directory, wanted: Sequence[WantedOrganisation], problems: list[Problem]) -> list[str]:
    taken = {one.id for one in wanted if one.id}
    ids = []
    for one in wanted:
        organisation_id = one.id or directory.known_id(one)
        if not organisation_id:
            base = readable_id(one.name)
            if one.name and not base:
                message = "No id can be made from this name. Write one in the id column, with letters a to z."
                problems.append(Problem(one.place, message))
            organisation_id = _free_id(directory, base or one.place, one.name, taken)
        taken.add(organisation_id)
        ids.append(organisation_id)
    return ids


def _free_id(directory: Directory, base: str, name: str, taken: set[str]) -> str:
    """Return the member that has this id and name already, or the first id nobody has: base, base-2, base-3 …"""
    candidate, number = base, 1
    while candidate in taken or (candidate in directory.stored and not directory.is_same_member(candidate, name)):
        number += 1
        candidate = f"{base}-{number}"
    return candidate


def _clashes(directory: Directory, organisation_id: str, one: WantedOrganisation) -> list[Problem]:
    problems = []
    owner = directory.id_by_urn.get(one.urn)
    if owner is not None and owner != organisation_id:
        message = f'The URN {one.urn} belongs to "{owner}" already. Use that id, or put the URN right.'
        problems.append(Problem(one.place, message))
    member = directory.here.get(organisation_id)
    if member is not None and one.duty is not None and one.duty != member.duty:
        message = (
            f'The duty of "{organisation_id}" is stored as "{member.duty.value}" and a file does not change it. '
            "Leave the duty empty in this row."
        )
        problems.append(Problem(one.place, message))
    return problems


def _parent_problems(
    directory: Directory, wanted: Sequence[WantedOrganisation], memberships: Sequence[Membership]
) -> list[Problem]:
    problems = []
    parents: dict[str, str | None] = {one.id: one.parent_id for one in directory.stored.values()}
    parents.update({one.organisation.id: one.organisation.parent_id for one in memberships})
    for one, membership in zip(wanted, memberships, strict=True):
        if not one.parent_id:
            continue
        if one.parent_id not in parents or directory.is_elsewhere(one.parent_id):
            message = (
                f'The parent "{one.parent_id}" is not known. Write the id of an organisation here or in this file.'
            )
            problems.append(Problem(one.place, message))
        elif membership.organisation.id in _ancestors(membership.organisation.id, parents):
            problems.append(Problem(one.place, "This organisation would be its own parent. Put the parent right."))
    return problems


def _ancestors(organisation_id: str, parents: Mapping[str, str | None]) -> set[str]:
    found: set[str] = set()
    current = parents.get(organisation_id)
    while current is not None and current not in found:
        found.add(current)
        current = parents.get(current)
    return found


def _parent_in_gias(directory: Directory, trust_id: str, stored_parent_id: str | None) -> str | None:
    if trust_id == stored_parent_id or (trust_id and not directory.is_elsewhere(trust_id)):
        return trust_id
    stored_parent = directory.stored.get(stored_parent_id or "")
    left_a_trust = stored_parent is not None and stored_parent.type == TRUST_TYPE
    return None if left_a_trust else stored_parent_id
