"""Erasing what is kept about one person: what goes, what stays and why, and doing it."""

from __future__ import annotations

from dataclasses import dataclass

from section11.domain.people import Person, User
from section11.errors import BadInputError, NotAvailableError, NotPermittedError
from section11.permissions import Place, Right, may, require, roles_at
from section11.services.accounts import person_stream
from section11.services.erased_contents import erase_contents
from section11.services.inviting import place_of_grant
from section11.services.office import Office
from section11.services.places import partnership_place
from section11.services.sign_in_limits import account_key
from section11.services.trail import partnership_stream, record
from section11.storage.personal_data import HeldRole
from section11.storage.unit_of_work import UnitOfWork

REQUEST = "Erasure of one person's data"
FORMER = "Former member of staff"

IN_SEVERAL = (
    "This person holds or held a role in another partnership as well. Ask whoever runs the server: the command "
    "“people erase” does it for all of them."
)

_KEPT_WORDS = {
    "web_sessions": "where they are signed in",
    "invitations": "one-time links made for them",
    "known_devices": "browsers they are known by",
    "begun_sign_ins": "sign-ins they began",
    "second_steps": "their two-step sign-in",
    "recovery_codes": "their recovery codes",
    "outside_accounts": "the link to their account with another service",
    "outbox": "which e-mails were sent to them, and what still waits",
    "mail_choices": "which e-mails they chose to get",
    "query_reads": "up to where they have read questions and notes",
}


@dataclass(frozen=True, slots=True)
class ErasurePreview:
    """What erasing a person comes to, in sentences. With ``is_erased`` it was done before."""

    person: Person
    becomes: str
    goes: tuple[str, ...]
    stays: tuple[str, ...]
    is_erased: bool


def preview_erasure(office: Office, actor: User, person_id: str) -> ErasurePreview:
    """Return what would change if a person's data were erased, and what stays and why. Nothing is changed.

    Raises:
        NotAvailableError, NotPermittedError: as ``erase_person``.
    """
    with office.store.reading() as work:
        person, partnership_ids = _required(work, actor, person_id)
        is_erased = work.personal_data.erased_at(person_id) is not None
        becomes = _name_afterwards(work, person_id)
        goes = (
            ()
            if is_erased
            else (
                f"The name, the e-mail address and the post. Wherever the name stands, “{becomes}” takes its place.",
                "Their password and every role they still hold. The account is closed for good.",
                *(_KEPT_WORDS.get(table, table.replace("_", " ")) for table in work.personal_data.kept_of(person_id)),
                "How they signed in and what they were refused, in the audit trail.",
            )
        )
        return ErasurePreview(person, becomes, goes, tuple(_stays(work, person, partnership_ids)), is_erased)


def erase_person(office: Office, actor: User, person_id: str, typed_email: str) -> Person:
    """Erase what is kept about a person and return who stands in their place. Done before, nothing happens.

    Args:
        typed_email: The person's address, typed to be sure that it is meant.

    Raises:
        NotAvailableError: the actor looks after none of the places where the person holds or held a role.
        NotPermittedError: only after some of them.
        BadInputError: the address is not theirs, or the actor is the person.
    """
    with office.store.writing() as work:
        person, _ = _required(work, actor, person_id)
        if actor.id == person_id:
            raise BadInputError("You cannot erase your own account. Ask another administrator to do it.")
        if work.personal_data.erased_at(person_id) is None:
            if typed_email.strip().lower() != person.email:
                raise BadInputError(
                    f"“{typed_email.strip()}” is not the e-mail address of {person.name}. Type it as it is shown."
                )
            erase_in(work, office, actor, person, REQUEST)
            work.commit()
        erased = work.personal_data.person(person_id)
    if erased is None:
        raise NotAvailableError()
    return erased


def erase_in(work: UnitOfWork, office: Office, actor: User, person: Person, under: str) -> None:
    """Erase a person in the transaction of a service that has asked for permission already."""
    now, stream = office.clock(), person_stream(person.id)
    name = _name_afterwards(work, person.id)
    around = partnerships_around(work, work.personal_data.roles_of([person.id]).get(person.id, []))
    work.sign_in_tries.forget(account=account_key(person.email))
    work.personal_data.erase(person.id, name=name, email=f"{person.id}@erased.invalid", at=now, by=actor.id)
    # The streams in the order in which ending somebody's access takes them, so that neither waits for the other.
    for partnership_id in sorted(around):
        record(work, partnership_stream(partnership_id), actor, "person_erased", now, person=person.id, under=under)
    erase_contents(work, office, actor, stream, under, only=lambda event: bool(event.details))
    record(work, stream, actor, "personal_data_erased", now, under=under)


def partnerships_around(work: UnitOfWork, roles: list[HeldRole]) -> set[str]:
    """Return the partnerships somebody has, or had, to do with through these roles."""
    found: set[str] = set()
    for role in roles:
        if role.grant.partnership_id:
            found.add(role.grant.partnership_id)
        if role.grant.organisation_id:
            found |= work.organisations.partnership_ids_of(role.grant.organisation_id)
    return found


def handled_partnerships(work: UnitOfWork, actor: User, person_id: str) -> tuple[Person, set[str], set[str]]:
    """Return a person, the partnerships around them, and those of these in which the actor handles personal data.

    Raises:
        NotAvailableError: there is no such person, or none of the places is the actor's.
        NotPermittedError: the actor has a role in one of the places, which does not handle personal data.
    """
    person = work.personal_data.person(person_id)
    if person is None:
        raise NotAvailableError()
    roles = work.personal_data.roles_of([person_id]).get(person_id, [])
    around = partnerships_around(work, roles)
    handled = {one for one in around if may(actor, Right.HANDLE_PERSONAL_DATA, partnership_place(one))}
    if not handled and not may(actor, Right.HANDLE_PERSONAL_DATA, Place()):
        for place in (place_of_grant(work, role.grant) for role in roles):
            if roles_at(actor, place):
                require(actor, Right.HANDLE_PERSONAL_DATA, place)
        raise NotAvailableError()
    return person, around, handled


def _required(work: UnitOfWork, actor: User, person_id: str) -> tuple[Person, set[str]]:
    person, around, handled = handled_partnerships(work, actor, person_id)
    if handled != around:
        raise NotPermittedError(IN_SEVERAL)
    return person, around


def _name_afterwards(work: UnitOfWork, person_id: str) -> str:
    """Return ``Former member of staff, Riverdale Police``, after the place of the last role."""
    roles = work.personal_data.roles_of([person_id]).get(person_id, [])
    for role in reversed(roles):
        organisation = work.organisations.get(role.grant.organisation_id) if role.grant.organisation_id else None
        partnership = work.facts.partnerships().get(role.grant.partnership_id or "")
        place = organisation.name if organisation else partnership.name if partnership else ""
        if place:
            return f"{FORMER}, {place}"
    return FORMER


def _stays(work: UnitOfWork, person: Person, partnership_ids: set[str]) -> list[str]:
    done = len(work.audit_trail.of_actor(person.id))
    stays = [
        "What they wrote, judged and decided: it is the record of their organisation or partnership. "
        f"The audit trail tells of {done:,} things they did, under an id that says nothing about them."
    ]
    signed = work.personal_data.signed_by(person.id)
    if signed:
        versions = "1 signed return" if signed == 1 else f"{signed:,} signed returns"
        stays.append(
            f"The post on {versions}, or the name where no post was given: a declaration is the organisation's "
            "statutory record, and is kept as long as the return."
        )
    naming = work.personal_data.texts_naming(person.name, partnership_ids)
    if naming:
        texts = "1 text" if naming == 1 else f"{naming:,} texts"
        stays.append(f"{texts} in returns with this name in it. Ask the organisation to change what it wrote.")
    stays.append("Backups made before. They go when your own rule for backups takes them away.")
    return stays
