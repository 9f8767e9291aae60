"""Signing in and out, and who a session belongs to."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from section11.domain.people import Person, User
from section11.domain.sign_in_limits import FREE_TRIES, LONGEST_WAIT
from section11.errors import SignInRefusedError
from section11.services.office import Office
from section11.services.passwords import Passwords
from section11.services.sign_in_limits import Caller, forgive, may_try
from section11.storage.accounts import SignInRecord
from section11.storage.unit_of_work import UnitOfWork
from section11.storage.web_sessions import SessionTimes, WebSession

SESSION_LASTS_IDLE = timedelta(hours=2)
SESSION_LASTS = timedelta(hours=12)
SEEN_WRITTEN_EVERY = timedelta(minutes=5)
LONGEST_DEVICE = 100
NOBODY = Caller()

SECOND_STEP_WITHIN = timedelta(minutes=10)

# The same words whatever the cause, so that nobody can find out who has an account.
REFUSED = (
    "That e-mail address and password do not go together. Check both and try again. "
    f"After {FREE_TRIES} wrong tries each further one has to wait, up to "
    f"{LONGEST_WAIT // timedelta(minutes=1)} minutes, whatever is typed."
)

_passwords = Passwords()


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that has just begun. ``token`` goes to the browser and is kept nowhere else.

    So does ``device``, by which the same browser is known next time; it opens nothing.
    """

    token: str
    person: Person
    device: str = ""


@dataclass(frozen=True, slots=True)
class SecondStepWanted:
    """The password was right and a code is still wanted; ``token`` goes to the browser for the next form.

    With ``must_set_up`` the person's role asks for a second step they do not have yet.
    """

    token: str
    person: Person
    must_set_up: bool


def sign_in(office: Office, email: str, password: str, caller: Caller = NOBODY) -> SignedIn | SecondStepWanted:
    """Begin a session for the person with this e-mail address and password, or ask for the second step.

    Raises:
        SignInRefusedError: wrong, unknown, closed, without a password yet, or tried too often; always the same words.
    """
    record = _record(office, email)
    if not may_try(office, email, record.person.id if record else None, caller):
        raise SignInRefusedError(REFUSED)  # Nothing is written: this must not be a way to fill the audit trail.
    # Hashing is slow on purpose, so it happens before the database is locked for writing.
    matches = _passwords.matches(record.password_hash if record else None, password)
    if record is None:
        raise SignInRefusedError(REFUSED)
    is_right = matches and not record.person.is_closed
    with office.store.writing() as work:
        if not is_right:
            _note(work, office, record.person.id, "sign_in_refused", actor="unknown")
            work.commit()
            raise SignInRefusedError(REFUSED)
        current = work.accounts.sign_in_record(email)
        if current is None or current.password_hash != record.password_hash or current.person.is_closed:
            raise SignInRefusedError(REFUSED)
        forgive(work, office, email, current.person.id, caller)
        outcome = let_in(work, office, current.person, caller, way="password")
        work.commit()
    return outcome


def let_in(
    work: UnitOfWork, office: Office, person: Person, caller: Caller, *, way: str, second_step_done: bool = False
) -> SignedIn | SecondStepWanted:
    """Begin a session for somebody who has shown who they are, or ask for the second step where there is one."""
    user = work.accounts.user(person.id)
    if user is None:
        raise SignInRefusedError(REFUSED)
    has_step = work.second_steps.is_on(person.id)
    must_have_step = any(grant.role in office.second_step_roles for grant in user.grants)
    if second_step_done or not (has_step or must_have_step):
        return begin_session(work, office, person, caller, way=way)
    token = new_token()
    _note(work, office, person.id, "sign_in_begun", way=way)
    expires_at = office.clock() + SECOND_STEP_WITHIN
    work.second_steps.begin_sign_in(token_hash(token), person.id, way, expires_at=expires_at)
    return SecondStepWanted(token, person, must_set_up=not has_step)


def begin_session(work: UnitOfWork, office: Office, person: Person, caller: Caller, *, way: str) -> SignedIn:
    """Begin a session in the transaction of whoever has made sure of the person; always with a new token."""
    token, now = new_token(), office.clock()
    _note(work, office, person.id, "signed_in", way=way)
    session = WebSession(
        person.id, created_at=now, last_seen_at=now, expires_at=now + SESSION_LASTS, browser=caller.browser
    )
    work.web_sessions.forget_expired(now)
    work.web_sessions.add(token_hash(token), session)
    # One browser may be used by several people, and each of them is known by the same cookie.
    device = caller.device if caller.device and len(caller.device) <= LONGEST_DEVICE else new_token()
    work.sign_in_tries.remember_device(token_hash(device), person.id, now)
    return SignedIn(token, person, device)


def user_for_token(office: Office, token: str | None) -> User | None:
    """Return whose session this is, or None when there is none, it has ended, or the account is closed.

    Called whenever a page is drawn: one small read, and one write at most every five minutes.
    """
    if not token:
        return None
    now = office.clock()
    with office.store.asking() as work:
        found = work.web_sessions.user_of(token_hash(token))
    if found is None or not _lasts(found[1], now):
        return None
    user, times = found
    if now - times.last_seen_at >= SEEN_WRITTEN_EVERY:
        with office.store.writing() as work:
            work.web_sessions.touch(token_hash(token), now)
            work.commit()
    return user


def session_lasts(office: Office, token: str | None) -> bool:
    """Return whether ``user_for_token`` would find somebody, at less cost; nothing is written."""
    if not token:
        return False
    now = office.clock()
    with office.store.asking() as work:
        times = work.web_sessions.times(token_hash(token))
    return times is not None and _lasts(times, now)


def _lasts(times: SessionTimes, now: datetime) -> bool:
    return now < times.expires_at and now - times.last_seen_at < SESSION_LASTS_IDLE


def sign_out(office: Office, token: str | None) -> None:
    """End the session for good; nothing happens when there is none."""
    if not token:
        return
    with office.store.writing() as work:
        session = work.web_sessions.get(token_hash(token))
        if session is None:
            return
        work.web_sessions.end(token_hash(token))
        work.audit_trail.append(
            person_stream(session.person_id),
            at=office.clock(),
            actor=session.person_id,
            name="signed_out",
            details={},
        )
        work.commit()


def new_token() -> str:
    """Return 256 random bits as text that is safe in an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return what the database keeps of a token. A token is random, so one round of SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def person_stream(person_id: str) -> str:
    """Return the name of the stream of events about one person's account."""
    return f"person:{person_id}"


def _record(office: Office, email: str) -> SignInRecord | None:
    if not email.isprintable():
        return None  # PostgreSQL refuses a zero byte in a text, and no address holds one.
    with office.store.reading() as work:
        return work.accounts.sign_in_record(email)


def _note(work: UnitOfWork, office: Office, person_id: str, name: str, *, actor: str = "", **details: str) -> None:
    stream = person_stream(person_id)
    work.audit_trail.append(stream, at=office.clock(), actor=actor or person_id, name=name, details=details)
