"""Inviting a person to choose a password, and accepting that invitation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from section11.domain.mail import MailKind
from section11.domain.people import Grant, Person, Role, User
from section11.errors import BadInputError, NotAvailableError, Section11Error
from section11.permissions import Place, Right, require
from section11.services.account_mails import PASSWORD, mail_account_changed, mail_link
from section11.services.accounts import new_token, person_stream, token_hash, user_for_token
from section11.services.office import Office
from section11.services.passwords import Passwords, check_new_password
from section11.services.places import partnership_place, place_of
from section11.services.trail import record
from section11.storage.unit_of_work import UnitOfWork

INVITATION_LASTS = timedelta(days=7)
RESET_LASTS = timedelta(days=1)

_passwords = Passwords()


class InvitationClosedError(Section11Error):
    """The invitation was used, has expired, or never existed."""

    def __init__(self) -> None:
        super().__init__(
            "This invitation has been used or has run out. Sign in if you have chosen a password already, "
            "or ask the person who invited you for a new one."
        )


def create_invitation(office: Office, actor: User, person_id: str) -> str:
    """Make a link with which a person chooses their password, and return its path, ``/invitation/…``.

    It is good once: for seven days, or for a day when they have a password already and start anew. Whoever opens it
    may choose the password, so the actor must have the right to invite in every place where the person holds a role.

    Raises:
        NotAvailableError: nobody of this id, or the actor has no role where the person has one.
        NotPermittedError: the actor has a role there that may not invite.
        BadInputError: the account is closed.
    """
    with office.store.writing() as work:
        person = work.accounts.people_by_id([person_id]).get(person_id)
        if person is None:
            raise NotAvailableError()
        require_right_over(work, actor, person_id, Right.INVITE_COLLEAGUES)
        if person.is_closed:
            raise BadInputError(f"The account of {person.name} is closed. Open it again before you invite them.")
        found = work.accounts.sign_in_record(person.email)
        has_password = found is not None and found.password_hash is not None
        lasts = RESET_LASTS if has_password else INVITATION_LASTS
        kind = MailKind.PASSWORD_RESET if has_password else MailKind.INVITATION
        path = issue_invitation(work, office, actor, person_id, lasts=lasts, kind=kind)
        work.commit()
    return path


def issue_invitation(
    work: UnitOfWork,
    office: Office,
    actor: User,
    person_id: str,
    *,
    lasts: timedelta = INVITATION_LASTS,
    kind: MailKind = MailKind.INVITATION,
    waiting: Iterable[Grant] = (),
) -> str:
    """Add a link, and the mail with it, to the transaction of a service that has asked for permission already.

    Returns its path. With ``waiting`` roles it sets no password: who is signed in as the person takes up those roles
    with it.
    """
    token, roles, now = new_token(), list(waiting), office.clock()
    hashed, path, good_until = token_hash(token), f"/invitation/{token}", now + lasts
    work.accounts.add_invitation(hashed, person_id, created_at=now, expires_at=good_until)
    if roles:
        work.access.let_wait(hashed, roles)
        kind = MailKind.ROLE_OFFER
    record(work, person_stream(person_id), actor, "role_offered" if roles else "invitation_created", now)
    mail_link(work, office, person_id, kind=kind, path=path, hashed=hashed, good_until=good_until, waiting=roles)
    return path


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
        before = work.accounts.sign_in_record(person.email)
        if before is not None and before.password_hash is not None:
            mail_account_changed(work, office, user, PASSWORD)
        work.accounts.set_password_hash(person.id, password_hash, now)
        work.web_sessions.end_all_of(person.id)
        work.second_steps.end_begun_sign_ins_of(person.id)
        record(work, person_stream(person.id), user, "invitation_accepted", now)
        work.commit()
    return person


@dataclass(frozen=True, slots=True)
class RoleOffer:
    """Roles that wait for a person who has an account already; each with the name of its place."""

    person: Person
    roles: tuple[tuple[Role, str], ...]


def role_offer(office: Office, token: str) -> RoleOffer | None:
    """Return what an open link offers to somebody with an account, or None when it is no such link."""
    with office.store.reading() as work:
        person_id = work.accounts.open_invitation(token_hash(token), office.clock())
        waiting = work.access.waiting(token_hash(token))
        person = work.accounts.people_by_id([person_id]).get(person_id) if person_id else None
        if person is None or not waiting:
            return None
        return RoleOffer(person, tuple((grant.role, place_name(work, grant)) for grant in waiting))


def take_up_roles(office: Office, session_token: str | None, token: str) -> None:
    """Give the roles of a link to the person it is for, who must be signed in.

    Neither who holds the link nor who holds the account can take them alone: the account may have been set up with a
    link that others held.

    Raises:
        InvitationClosedError: used, run out or unknown, or the session is somebody else's.
    """
    user, now = user_for_token(office, session_token), office.clock()
    with office.store.writing() as work:
        person_id = work.accounts.open_invitation(token_hash(token), now)
        waiting = work.access.waiting(token_hash(token))
        if user is None or user.id != person_id or not waiting:
            raise InvitationClosedError()
        if not work.accounts.use_invitation(token_hash(token), now):
            raise InvitationClosedError()
        new = [grant for grant in waiting if grant not in user.grants]
        work.accounts.add_grants((user.id, grant) for grant in new)
        work.access.end_waiting(token_hash(token))
        for grant in new:
            details = {"role": grant.role.value, "place": grant.organisation_id or grant.partnership_id}
            record(work, person_stream(user.id), user, "role_taken_up", now, **details)
        work.commit()


def place_name(work: UnitOfWork, grant: Grant) -> str:
    """Return the name of the organisation or partnership a role is for."""
    if grant.organisation_id:
        organisation = work.organisations.get(grant.organisation_id)
        return organisation.name if organisation else ""
    partnership = work.facts.partnerships().get(grant.partnership_id or "")
    return partnership.name if partnership else ""


def _invited(office: Office, work: UnitOfWork, token: str) -> User:
    person_id = work.accounts.open_invitation(token_hash(token), office.clock())
    user = work.accounts.user(person_id) if person_id else None
    if user is None or work.access.waiting(token_hash(token)):
        raise InvitationClosedError()
    return user


def require_right_over(work: UnitOfWork, actor: User, person_id: str, right: Right) -> None:
    """Raise unless the actor holds the right in every place where the person holds a role.

    A role of a partnership asks for ``MANAGE_PEOPLE`` whatever the right.
    """
    user = work.accounts.user(person_id)
    grants = user.grants if user else frozenset()
    if not grants:
        require(actor, Right.MANAGE_PEOPLE, Place())  # In no place yet: the command line alone.
    for grant in sorted(grants, key=str):
        organisation = work.organisations.get(grant.organisation_id) if grant.organisation_id else None
        if organisation is not None:
            require(actor, right, place_of(work, organisation))
        else:
            require(actor, Right.MANAGE_PEOPLE, partnership_place(grant.partnership_id or ""))
