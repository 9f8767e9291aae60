"""People who leave: their roles end, their sessions end, and the account is closed and kept."""

from __future__ import annotations

from dataclasses import dataclass

from section11.domain.people import Person, User
from section11.errors import BadInputError, NotAvailableError
from section11.permissions import Right
from section11.services.accounts import person_stream
from section11.services.invitations import require_right_over
from section11.services.inviting import may_give
from section11.services.office import Office
from section11.services.places import partnerships_with
from section11.services.trail import partnership_stream, record
from section11.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Left:
    """What ending somebody's roles came to; with ``is_closed`` they held none elsewhere."""

    person: Person
    ended: int
    is_closed: bool


def end_access(office: Office, actor: User, person_id: str) -> Left:
    """End every role of a person that the actor could give, and close the account when none is left.

    Their answers, judgements and events stay theirs. Nothing is deleted; sessions and open links end at once.

    Raises:
        NotAvailableError, NotPermittedError: the actor may end none of the person's roles.
        BadInputError: the actor is the person.
    """
    now = office.clock()
    with office.store.writing() as work:
        user = work.accounts.user(person_id)
        if user is None:
            raise NotAvailableError()
        ending = sorted((grant for grant in user.grants if may_give(work, actor, grant)), key=str)
        if not ending:
            require_right_over(work, actor, person_id, Right.INVITE_COLLEAGUES)
        if actor.id == person_id:
            raise BadInputError("You cannot end your own access. Ask another person who invites people to do it.")
        for grant in ending:
            work.access.end_grant(person_id, grant, now)
            details = {"person": person_id, "role": grant.role.value, "organisation": grant.organisation_id}
            for partnership_id in _partnerships(work, grant.organisation_id, grant.partnership_id):
                record(work, partnership_stream(partnership_id), actor, "role_ended", now, **details)
        work.web_sessions.end_all_of(person_id)
        work.second_steps.end_begun_sign_ins_of(person_id)
        is_closed = len(ending) == len(user.grants)
        if is_closed:
            _close(work, office, actor, person_id)
        work.commit()
    return Left(user.person, len(ending), is_closed)


def reopen_account(office: Office, actor: User, person_id: str) -> Person:
    """Open a closed account again, without any role or password: inviting the person gives both.

    Raises:
        NotAvailableError: there is no such closed account in a place where the actor manages people.
    """
    with office.store.writing() as work:
        person = next((one for one in _leavers(work, actor) if one.id == person_id), None)
        if person is None:
            raise NotAvailableError()
        work.access.set_closed(person_id, is_closed=False)
        record(work, person_stream(person_id), actor, "account_opened_again", office.clock())
        work.commit()
    return person


def list_leavers(office: Office, user: User) -> list[Person]:
    """Return the people with a closed account who held a role where this person manages people, by name."""
    with office.store.reading() as work:
        return _leavers(work, user)


def _leavers(work: UnitOfWork, user: User) -> list[Person]:
    partnership_ids = partnerships_with(user, Right.MANAGE_PEOPLE, list(work.facts.partnerships()))
    organisation_ids = {one.organisation.id for one in work.organisations.members(partnership_ids)}
    return work.access.closed_people(partnership_ids=partnership_ids, organisation_ids=organisation_ids)


def _close(work: UnitOfWork, office: Office, actor: User, person_id: str) -> None:
    now = office.clock()
    work.access.set_closed(person_id, is_closed=True)
    work.accounts.set_password_hash(person_id, None, now)
    work.accounts.void_invitations_of(person_id, now)
    work.accounts.void_offers_to(person_id, now)
    work.second_steps.remove(person_id)
    work.access.forget_outside_accounts(person_id)
    work.sign_in_tries.forget_devices_of(person_id)
    record(work, person_stream(person_id), actor, "account_closed", now)


def _partnerships(work: UnitOfWork, organisation_id: str | None, partnership_id: str | None) -> list[str]:
    if organisation_id is not None:
        return sorted(work.organisations.partnership_ids_of(organisation_id))
    return [partnership_id] if partnership_id else []
