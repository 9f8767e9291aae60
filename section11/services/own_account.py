"""A person's own account: how they sign in, where they are signed in, and ending that.

Everything here is asked with the session's token: it is about whoever holds the session, and nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from section11.domain.people import User
from section11.errors import BadInputError, NotSignedInError
from section11.services.account_mails import PASSWORD, mail_account_changed
from section11.services.accounts import (
    SESSION_LASTS_IDLE,
    SignedIn,
    begin_session,
    person_stream,
    token_hash,
    user_for_token,
)
from section11.services.office import Office
from section11.services.passwords import Passwords, check_new_password
from section11.services.sign_in_limits import Caller, forgive, may_try
from section11.services.trail import record
from section11.storage.web_sessions import WebSession

_passwords = Passwords()


class WrongPasswordError(BadInputError):
    """What was typed is not the person's password now, or too many wrong ones were."""

    def __init__(self) -> None:
        super().__init__(
            "That is not your password now. Type the one you signed in with. "
            "After five wrong tries each further one has to wait."
        )


@dataclass(frozen=True, slots=True)
class AccountView:
    """What "Your account" shows. ``codes_left`` is None while the second step is off."""

    user: User
    sessions: tuple[WebSession, ...]
    this_session: str
    has_password: bool
    password_set_at: datetime | None
    codes_left: int | None
    must_have_second_step: bool


def view_account(office: Office, token: str | None) -> AccountView:
    """Return the account of the session.

    Raises:
        NotSignedInError: there is no session.
    """
    user, hashed, now = _signed_in(office, token), token_hash(token or ""), office.clock()
    with office.store.reading() as work:
        found = work.accounts.sign_in_record(user.person.email)
        is_on = work.second_steps.is_on(user.id)
        open_ones = (
            one
            for one in work.web_sessions.of_person(user.id)
            if now < one.expires_at and now - one.last_seen_at < SESSION_LASTS_IDLE
        )
        return AccountView(
            user,
            tuple(open_ones),
            hashed,
            has_password=found is not None and found.password_hash is not None,
            password_set_at=work.accounts.password_set_at(user.id),
            codes_left=len(work.second_steps.unused_codes(user.id)) if is_on else None,
            must_have_second_step=any(grant.role in office.second_step_roles for grant in user.grants),
        )


def end_own_session(office: Office, token: str | None, hashed: str) -> None:
    """End one of the person's own sessions, named by its hash; nothing happens when it is not theirs.

    Raises:
        NotSignedInError: there is no session to ask with.
    """
    user = _signed_in(office, token)
    with office.store.writing() as work:
        session = work.web_sessions.get(hashed)
        if session is None or session.person_id != user.id:
            return
        work.web_sessions.end(hashed)
        record(work, person_stream(user.id), user, "session_ended", office.clock())
        work.commit()


def sign_out_everywhere(office: Office, token: str | None) -> None:
    """End every session of the person, this one too, and know none of their browsers any more.

    Raises:
        NotSignedInError: there is no session to ask with.
    """
    user = _signed_in(office, token)
    with office.store.writing() as work:
        work.web_sessions.end_all_of(user.id)
        work.second_steps.end_begun_sign_ins_of(user.id)
        work.sign_in_tries.forget_devices_of(user.id)
        record(work, person_stream(user.id), user, "signed_out_everywhere", office.clock())
        work.commit()


def change_own_password(office: Office, token: str | None, current: str, new: str, caller: Caller) -> SignedIn:
    """Set a new password, end every session, and begin a new one for this browser.

    Raises:
        NotSignedInError: there is no session.
        WrongPasswordError: the password now is wrong.
        BadInputError: the new one may not be chosen. Nothing is changed in either case.
    """
    user = confirm_password(office, token, current, caller)
    check_new_password(new, email=user.person.email)
    # Hashing is slow on purpose, so it happens before the database is locked for writing.
    password_hash, now = _passwords.hashed(new), office.clock()
    with office.store.writing() as work:
        record(work, person_stream(user.id), user, "password_changed", now)
        mail_account_changed(work, office, user, PASSWORD)
        work.accounts.set_password_hash(user.id, password_hash, now)
        work.web_sessions.end_all_of(user.id)
        work.accounts.void_invitations_of(user.id, now)
        work.second_steps.end_begun_sign_ins_of(user.id)
        signed_in = begin_session(work, office, user.person, caller, way="password changed")
        work.commit()
    return signed_in


def confirm_password(office: Office, token: str | None, password: str, caller: Caller) -> User:
    """Return the person of the session when this is their password: asked before anything that matters.

    Raises:
        NotSignedInError: there is no session.
        WrongPasswordError: it is not, or was tried too often.
    """
    user = _signed_in(office, token)
    account = f"password of {user.id}"
    if not may_try(office, account, user.id, caller):
        raise WrongPasswordError()
    with office.store.reading() as work:
        found = work.accounts.sign_in_record(user.person.email)
    if not _passwords.matches(found.password_hash if found else None, password):
        raise WrongPasswordError()
    with office.store.writing() as work:
        forgive(work, office, account, user.id, caller)
        work.commit()
    return user


def remember_browser(office: Office, person_id: str, device: str) -> None:
    """Know a browser by its cookie from now on, for somebody who has shown who they are with a one-time link."""
    with office.store.writing() as work:
        work.sign_in_tries.remember_device(token_hash(device), person_id, office.clock())
        work.commit()


def _signed_in(office: Office, token: str | None) -> User:
    user = user_for_token(office, token)
    if user is None:
        raise NotSignedInError()
    return user
