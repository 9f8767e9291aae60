"""Signing in with an account of another service, matched to an account that somebody here invited."""

from __future__ import annotations

from dataclasses import dataclass

from section11.errors import SignInRefusedError
from section11.services.accounts import SecondStepWanted, SignedIn, let_in
from section11.services.office import Office
from section11.services.sign_in_limits import Caller
from section11.storage.unit_of_work import UnitOfWork

NO_ACCOUNT = (
    "You signed in there, but nobody has invited {email} here. Ask the person who invites people in your organisation, "
    "or your safeguarding partnership, for an invitation to this e-mail address."
)
NOT_VERIFIED = (
    "The sign-in service did not say that your e-mail address is checked, so we cannot know the account is yours. "
    "Sign in with your e-mail address and password, or ask your IT team."
)
ANOTHER_ACCOUNT = (
    "This e-mail address belongs to another account of the sign-in service than the one you signed in with before. "
    "Sign in with your password, or ask your administrator to close the account here and invite you anew."
)


@dataclass(frozen=True, slots=True)
class OutsideAccount:
    """What another service says of somebody who signed in there; checked by the web side, signature and all."""

    issuer: str
    subject: str
    email: str
    is_email_verified: bool
    has_second_step: bool


def sign_in_from_outside(office: Office, account: OutsideAccount, caller: Caller) -> SignedIn | SecondStepWanted:
    """Begin the session of whoever the account belongs to.

    The first time it is found by the verified e-mail address of somebody who was invited; from then on by the
    service's own number for the account, so that an address given to somebody else later opens nothing.

    Raises:
        SignInRefusedError: nobody invited has it, the address is not verified, or the account here is closed.
    """
    with office.store.writing() as work:
        person_id = work.access.person_of_outside_account(account.issuer, account.subject)
        if person_id is None:
            person_id = _first_time(work, account)
            work.access.add_outside_account(account.issuer, account.subject, person_id)
        user = work.accounts.user(person_id)
        if user is None:
            raise SignInRefusedError(NO_ACCOUNT.format(email=account.email))
        outcome = let_in(
            work, office, user.person, caller, way=account.issuer, second_step_done=account.has_second_step
        )
        work.commit()
    return outcome


def _first_time(work: UnitOfWork, account: OutsideAccount) -> str:
    if not account.is_email_verified:
        raise SignInRefusedError(NOT_VERIFIED)
    person = work.accounts.person_by_email(account.email) if account.email.isprintable() else None
    if person is None or person.is_closed:
        raise SignInRefusedError(NO_ACCOUNT.format(email=account.email))
    if work.access.has_outside_account(account.issuer, person.id):
        raise SignInRefusedError(ANOTHER_ACCOUNT)
    return person.id
