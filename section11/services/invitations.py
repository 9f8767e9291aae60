"""Inviting a person to choose a password, and accepting that invitation."""

from __future__ import annotations

from datetime import datetime, timedelta

from section11.domain.people import Person, User
from section11.errors import BadInputError, NotAvailableError, Section11Error
from section11.permissions import Place, Right, require
from section11.services.accounts import new_token, person_stream, token_hash
from section11.services.office import Office
from section11.services.passwords import Passwords, check_new_password
from section11.services.places import partnership_place, place_of
from section11.services.trail import record
from section11.storage.unit_of_work import UnitOfWork

INVITATION_LASTS = timedelta(days=7)

_passwords = Passwords()


class InvitationClosedError(Section11Error):
    """The invitation was used, has expired, or never existed."""

    def __init__(self) -> None:
        super().__init__(
            "This invitation has been used or has run out. Sign in if you have chosen a password already, "
            "or ask the person who invited you for a new one."
        )


def create_invitation(office: Office, actor: User, person_id: str) -> str:
    """Make an invitation that is good for seven days, and return its path, ``/invitation/…``.

    Whoever opens the path may choose the person's password, so the actor must have the right in
    every place where the person holds a role. For somebody who has a password already it is a new
    start after forgetting it, and only those who manage people may give that.

    Raises:
        NotAvailableError: nobody of this id, or the actor has no role where the person has one.
        NotPermittedError: the actor has a role there that may not invite.
        BadInputError: the account is closed.
    """
    with office.store.writing() as work:
        person = work.accounts.people_by_id([person_id]).get(person_id)
        if person is None:
            raise NotAvailableError()
        found = work.accounts.sign_in_record(person.email)
        has_password = found is not None and found.password_hash is not None
        _require_may_invite(work, actor, person, Right.MANAGE_PEOPLE if has_password else Right.INVITE_COLLEAGUES)
        if person.is_closed:
            raise BadInputError(f"The account of {person.name} is closed. Open it again before you invite them.")
        path = issue_invitation(work, actor, person_id, office.clock())
        work.commit()
    return path


def issue_invitation(work: UnitOfWork, actor: User, person_id: str, now: datetime) -> str:
    """Add an invitation to the transaction of a service that has asked for permission already; return its path."""
    token = new_token()
    work.accounts.add_invitation(token_hash(token), person_id, created_at=now, expires_at=now + INVITATION_LASTS)
    record(work, person_stream(person_id), actor, "invitation_created", now)
    return f"/invitation/{token}"


def invitation_for(office: Office, token: str) -> Person:
    """Return the person an open invitation is for.

    Raises:
        InvitationClosedError: used, run out or unknown.
    """
    with office.store.reading() as work:
        return _invited(office, work, token).person


def accept_invitation(office: Office, token: str, password: str) -> Person:
    """Set the person's password, use the invitation up, and end every session they had.

    Raises:
        InvitationClosedError: used, run out or unknown; also when somebody was quicker.
        BadInputError: the password may not be chosen; the invitation stays open.
    """
    person = invitation_for(office, token)
    check_new_password(password, email=person.email)
    # Hashing is slow on purpose, so it happens before the database is locked for writing.
    password_hash = _passwords.hashed(password)
    now = office.clock()
    with office.store.writing() as work:
        user = _invited(office, work, token)
        if not work.accounts.use_invitation(token_hash(token), now):
            raise InvitationClosedError()
        work.accounts.void_invitations_of(person.id, now)
        work.accounts.set_password_hash(person.id, password_hash)
        work.accounts.end_sessions_of(person.id)
        record(work, person_stream(person.id), user, "invitation_accepted", now)
        work.commit()
    return person


def _invited(office: Office, work: UnitOfWork, token: str) -> User:
    person_id = work.accounts.open_invitation(token_hash(token), office.clock())
    user = work.accounts.user(person_id) if person_id else None
    if user is None:
        raise InvitationClosedError()
    return user


def _require_may_invite(work: UnitOfWork, actor: User, person: Person, right: Right) -> None:
    invited = work.accounts.user(person.id)
    grants = invited.grants if invited else frozenset()
    if not grants:
        require(actor, Right.MANAGE_PEOPLE, Place())  # In no place yet: the command line alone.
    for grant in grants:
        organisation = work.organisations.get(grant.organisation_id) if grant.organisation_id else None
        if organisation is not None:
            require(actor, right, place_of(work, organisation))
        else:
            require(actor, Right.MANAGE_PEOPLE, partnership_place(grant.partnership_id or ""))
