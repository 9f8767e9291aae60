"""Signing in and out, and who a session belongs to."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from section11.domain.people import Person, User
from section11.errors import SignInRefusedError
from section11.services.office import Office
from section11.services.passwords import Passwords
from section11.storage.accounts import SignInRecord, WebSession

FAILED_SIGN_INS_ALLOWED = 5
LOCKED_FOR = timedelta(minutes=15)
SESSION_LASTS_IDLE = timedelta(hours=2)
SESSION_LASTS = timedelta(hours=12)
SEEN_WRITTEN_EVERY = timedelta(minutes=5)

# The same words whatever the cause, so that nobody can find out who has an account.
REFUSED = (
    "That e-mail address and password do not go together. Check both and try again. "
    f"After {FAILED_SIGN_INS_ALLOWED} wrong tries an account is locked for "
    f"{LOCKED_FOR // timedelta(minutes=1)} minutes."
)

_passwords = Passwords()


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that has just begun. ``token`` goes to the browser and is kept nowhere else."""

    token: str
    person: Person


def sign_in(office: Office, email: str, password: str) -> SignedIn:
    """Begin a session for the person with this e-mail address and password.

    Raises:
        SignInRefusedError: wrong, unknown, closed, without a password yet, or locked; always the same words.
    """
    record = _record(office, email)
    # Hashing is slow on purpose, so it happens before the database is locked for writing.
    matches = _passwords.matches(record.password_hash if record else None, password)
    if record is None:
        raise SignInRefusedError(REFUSED)
    token = new_token() if matches and not record.person.is_closed else None
    if not _try_written(office, record, token) or token is None:
        raise SignInRefusedError(REFUSED)
    return SignedIn(token, record.person)


def user_for_token(office: Office, token: str | None) -> User | None:
    """Return whose session this is, or None when there is none, it has ended, or the account is closed.

    Called on every interaction: three small reads, and one write at most every five minutes.
    """
    if not token:
        return None
    now = office.clock()
    with office.store.reading() as work:
        session = work.accounts.session(token_hash(token))
        if session is None or now >= session.expires_at or now - session.last_seen_at >= SESSION_LASTS_IDLE:
            return None
        user = work.accounts.user(session.person_id)
    if user is not None and now - session.last_seen_at >= SEEN_WRITTEN_EVERY:
        with office.store.writing() as work:
            work.accounts.touch_session(token_hash(token), now)
            work.commit()
    return user


def sign_out(office: Office, token: str | None) -> None:
    """End the session for good; nothing happens when there is none."""
    if not token:
        return
    with office.store.writing() as work:
        session = work.accounts.session(token_hash(token))
        if session is None:
            return
        work.accounts.end_session(token_hash(token))
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


def _try_written(office: Office, tried: SignInRecord, token: str | None) -> bool:
    """Write one try to sign in, a good one with its session; False when the account is locked."""
    person, now = tried.person, office.clock()
    if _is_locked(tried, now):
        return False  # Nothing is written: a locked account must not be a way to fill the audit trail.
    with office.store.writing() as work:
        # The event comes first: it locks the person's stream, so tries at the same moment are counted one by one.
        work.audit_trail.append(
            person_stream(person.id),
            at=now,
            actor=person.id if token else "unknown",
            name="signed_in" if token else "sign_in_refused",
            details={},
        )
        current = work.accounts.sign_in_record(person.email)
        if current is None or _is_locked(current, now) or current.password_hash != tried.password_hash:
            return False
        failed = 0 if token else current.failed_sign_ins + 1
        locked_until = now + LOCKED_FOR if failed >= FAILED_SIGN_INS_ALLOWED else None
        work.accounts.set_sign_in_state(
            person.id, failed_sign_ins=0 if locked_until else failed, locked_until=locked_until
        )
        if token:
            session = WebSession(person.id, created_at=now, last_seen_at=now, expires_at=now + SESSION_LASTS)
            work.accounts.forget_expired_sessions(now)
            work.accounts.add_session(token_hash(token), session)
        work.commit()
    return True


def _is_locked(record: SignInRecord, now: datetime) -> bool:
    return record.locked_until is not None and now < record.locked_until
