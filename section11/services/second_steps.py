"""The second step of signing in: a code from the person's phone, or one of their recovery codes."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp

from section11.domain.people import Person, User
from section11.errors import BadInputError, NotAvailableError, Section11Error
from section11.permissions import Right
from section11.services.account_mails import SECOND_STEP, mail_account_changed
from section11.services.accounts import SignedIn, begin_session, person_stream, token_hash
from section11.services.invitations import require_right_over
from section11.services.office import Office
from section11.services.passwords import Passwords
from section11.services.secret_box import SecretBox
from section11.services.sign_in_limits import Caller, forgive, may_try
from section11.services.trail import record
from section11.storage.unit_of_work import UnitOfWork

PRODUCT = "Section 11"
SECONDS_A_CODE = 30
RECOVERY_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike
_GROUPS, _LETTERS_A_GROUP = 4, 4

WRONG_CODE = (
    "That code is not right. Type the six digits your app shows now, or a recovery code you have not used. "
    "After five wrong codes each further one has to wait."
)

# As slow as for a password: a code has fewer than 112 bits.
_codes = Passwords()


class SignInTooOldError(Section11Error):
    """The first step was too long ago, or it has been used."""

    def __init__(self) -> None:
        super().__init__("You took longer than ten minutes. Sign in again from the start.")


@dataclass(frozen=True, slots=True)
class ToSetUp:
    """What the person's app needs: the address its picture holds, and the same secret to type."""

    person: Person
    uri: str
    secret: str


def begun_person(office: Office, token: str | None) -> Person:
    """Return whose sign-in waits for the second step.

    Raises:
        SignInTooOldError: nobody's.
    """
    with office.store.reading() as work:
        return _begun(work, office, token)[0].person


def finish_sign_in(office: Office, box: SecretBox, token: str | None, code: str, caller: Caller) -> SignedIn:
    """Begin the session of a sign-in that waited for this code.

    Raises:
        SignInTooOldError: there is none, or it waited too long.
        BadInputError: the code is wrong, was used before, or was tried too often.
    """
    person = begun_person(office, token)
    account = f"second step of {person.id}"
    if not may_try(office, account, person.id, caller):
        raise BadInputError(WRONG_CODE)
    with office.store.reading() as work:
        left = work.second_steps.unused_codes(person.id)
    recovery_id = _recovery_code(left, code)
    with office.store.writing() as work:
        user, way = _begun(work, office, token)
        now = office.clock()
        if recovery_id is not None:
            is_right, how = work.second_steps.use_code(recovery_id, now), "recovery_code_used"
        else:
            is_right, how = _uses(work, box, person.id, code, now), ""
        if not is_right:
            record(work, person_stream(person.id), user, "second_step_refused", now)
            work.commit()
            raise BadInputError(WRONG_CODE)
        if how:
            record(work, person_stream(person.id), user, how, now)
        forgive(work, office, account, person.id, caller)
        _end_begun(work, token, now)
        signed_in = begin_session(work, office, user.person, caller, way=f"{way} and second step")
        work.commit()
    return signed_in


def set_up_and_finish(
    office: Office, box: SecretBox, token: str | None, code: str, caller: Caller
) -> tuple[SignedIn, list[str]]:
    """Turn the second step on that the person's role asks for, and begin the session; return the recovery codes too.

    Raises:
        SignInTooOldError, BadInputError: as ``finish_sign_in``.
    """
    person = begun_person(office, token)
    codes, hashes = _new_codes()
    with office.store.writing() as work:
        user, way = _begun(work, office, token)
        now = office.clock()
        _turn_on(work, office, box, user, code, hashes)
        _end_begun(work, token, now)
        signed_in = begin_session(work, office, person, caller, way=f"{way} and second step")
        work.commit()
    return signed_in, codes


def second_step_to_set_up(office: Office, box: SecretBox, person: Person) -> ToSetUp:
    """Return what the person's app needs; the same again until a code of it was shown.

    Raises:
        BadInputError: their second step is on already.
    """
    with office.store.writing() as work:
        step = work.second_steps.of(person.id)
        if step is not None and step.is_on:
            raise BadInputError("Two-step sign-in is on already. Turn it off first to set it up with another phone.")
        secret = box.opened(step.secret) if step else None
        if secret is None:
            secret = pyotp.random_base32()
            work.second_steps.prepare(person.id, box.sealed(secret))
            work.commit()
    return ToSetUp(person, pyotp.TOTP(secret).provisioning_uri(name=person.email, issuer_name=PRODUCT), secret)


def turn_on_second_step(office: Office, box: SecretBox, person_id: str, code: str) -> list[str]:
    """Turn the second step on once the person's app shows the right code; return the recovery codes, shown once.

    Raises:
        BadInputError: the code is wrong, or nothing is set up.
    """
    codes, hashes = _new_codes()
    with office.store.writing() as work:
        _turn_on(work, office, box, _user(work, person_id), code, hashes)
        work.commit()
    return codes


def new_recovery_codes(office: Office, person_id: str) -> list[str]:
    """Put new recovery codes in place of the old ones and return them.

    Raises:
        BadInputError: the second step is not on.
    """
    codes, hashes = _new_codes()
    with office.store.writing() as work:
        user = _user(work, person_id)
        if not work.second_steps.is_on(person_id):
            raise BadInputError("Two-step sign-in is not on, so there are no recovery codes to renew.")
        work.second_steps.put_codes(person_id, hashes)
        record(work, person_stream(person_id), user, "recovery_codes_renewed", office.clock())
        work.commit()
    return codes


def turn_off_second_step(office: Office, person_id: str) -> None:
    """Turn the person's own second step off.

    Raises:
        BadInputError: one of their roles asks for it.
    """
    with office.store.writing() as work:
        user = _user(work, person_id)
        if any(grant.role in office.second_step_roles for grant in user.grants):
            raise BadInputError("Your role asks for two-step sign-in, so it stays on. You can make new recovery codes.")
        work.second_steps.remove(person_id)
        record(work, person_stream(person_id), user, "second_step_turned_off", office.clock())
        mail_account_changed(work, office, user, SECOND_STEP)
        work.commit()


def codes_left(office: Office, person_id: str) -> int | None:
    """Return how many recovery codes a person has left, or None when their second step is off."""
    with office.store.reading() as work:
        return len(work.second_steps.unused_codes(person_id)) if work.second_steps.is_on(person_id) else None


def remove_second_step(office: Office, actor: User, person_id: str) -> None:
    """Remove the second step of somebody who lost their phone and their codes, and end their sessions.

    Raises:
        NotAvailableError, NotPermittedError: the actor does not manage people in every place of the person.
    """
    with office.store.writing() as work:
        person = work.accounts.people_by_id([person_id]).get(person_id)
        if person is None:
            raise NotAvailableError()
        require_right_over(work, actor, person_id, Right.MANAGE_PEOPLE)
        work.second_steps.remove(person_id)
        work.second_steps.end_begun_sign_ins_of(person_id)
        work.web_sessions.end_all_of(person_id)
        record(work, person_stream(person_id), actor, "second_step_removed", office.clock())
        mail_account_changed(work, office, _user(work, person_id), SECOND_STEP)
        work.commit()


def _begun(work: UnitOfWork, office: Office, token: str | None) -> tuple[User, str]:
    begun = work.second_steps.begun_sign_in(token_hash(token), office.clock()) if token else None
    user = work.accounts.user(begun.person_id) if begun else None
    if begun is None or user is None:
        raise SignInTooOldError()
    return user, begun.way


def _end_begun(work: UnitOfWork, token: str | None, now: datetime) -> None:
    if not work.second_steps.end_begun_sign_in(token_hash(token or ""), now):
        raise SignInTooOldError()


def _user(work: UnitOfWork, person_id: str) -> User:
    user = work.accounts.user(person_id)
    if user is None:
        raise NotAvailableError()
    return user


def _turn_on(work: UnitOfWork, office: Office, box: SecretBox, user: User, code: str, hashes: list[str]) -> None:
    step = work.second_steps.of(user.id)
    if step is None or step.is_on:
        raise BadInputError("There is nothing to set up here. Open Your account to see how you sign in.")
    now = office.clock()
    if not _uses(work, box, user.id, code, now):
        raise BadInputError(
            "That code is not right. Type the six digits your app shows now, and check that the time of your phone "
            "is set by the network."
        )
    work.second_steps.turn_on(user.id)
    work.second_steps.put_codes(user.id, hashes)
    record(work, person_stream(user.id), user, "second_step_turned_on", now)
    mail_account_changed(work, office, user, SECOND_STEP)


def _uses(work: UnitOfWork, box: SecretBox, person_id: str, code: str, now: datetime) -> bool:
    """Use up a code of the person's app: right now, or half a minute early or late, and never twice."""
    step = work.second_steps.of(person_id)
    secret = box.opened(step.secret) if step else None
    if secret is None:
        return False
    typed = "".join(code.split()).encode()
    totp, counter = pyotp.TOTP(secret), int(now.timestamp()) // SECONDS_A_CODE
    matching = [
        one
        for one in (counter - 1, counter, counter + 1)
        if hmac.compare_digest(totp.generate_otp(one).encode(), typed)
    ]
    return any(work.second_steps.use_counter(person_id, one) for one in matching)


def _new_codes() -> tuple[list[str], list[str]]:
    """Return new recovery codes as people read them, and what is kept of each. Slow: call it outside a transaction."""
    codes = [
        "-".join("".join(secrets.choice(_LETTERS) for _ in range(_LETTERS_A_GROUP)) for _ in range(_GROUPS))
        for _ in range(RECOVERY_CODES)
    ]
    return codes, [_codes.hashed(_bare(code)) for code in codes]


def _recovery_code(hash_by_id: dict[int, str], typed: str) -> int | None:
    bare = _bare(typed)
    if len(bare) != _GROUPS * _LETTERS_A_GROUP:
        return None
    return next((number for number, kept in hash_by_id.items() if _codes.matches(kept, bare)), None)


def _bare(code: str) -> str:
    return "".join(letter for letter in code.lower() if letter.isalnum())
