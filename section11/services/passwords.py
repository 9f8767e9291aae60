"""Passwords: which ones may be chosen, and how they are kept."""

from __future__ import annotations

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from section11.errors import BadInputError
from section11.services.common_passwords import is_common

MINIMUM_CHARACTERS = 12
MAXIMUM_CHARACTERS = 200

# The hash of a random password nobody knows, with the usual parameters: checking it takes as long as a real one.
_NOBODYS_HASH = "$argon2id$v=19$m=19456,t=2,p=1$cWd1JEplxQkZEPCaqOCS1Q$64T+m1oHiAJQWSKs2sHR5vz+/vaVwD5snswwfZ5rbJU"


class Passwords:
    """Hashes and checks passwords with argon2id.

    The defaults are OWASP's. Seeding a demo with hundreds of accounts may ask for less;
    a hash carries its own parameters, so any instance can check it.
    """

    def __init__(self, *, memory_kib: int = 19_456, passes: int = 2) -> None:
        self._hasher = PasswordHasher(memory_cost=memory_kib, time_cost=passes, parallelism=1)

    def hashed(self, password: str) -> str:
        """Return the hash to keep; it holds its own salt and parameters."""
        return self._hasher.hash(_same_on_every_keyboard(password))

    def matches(self, password_hash: str | None, password: str) -> bool:
        """Return whether the password belongs to the hash.

        Without a hash the answer is no, after as much work, so that the time taken does not tell who has an account.
        """
        try:
            self._hasher.verify(password_hash or _NOBODYS_HASH, _same_on_every_keyboard(password))
        except (VerificationError, InvalidHashError):
            return False
        return password_hash is not None


def check_new_password(password: str, *, email: str) -> None:
    """Raise unless the password may be chosen by the person with this e-mail address.

    Length and not being easily guessed are all that is asked: no rule about capitals or digits.

    Raises:
        BadInputError: the message says what to choose instead.

    Source: NCSC, "Password administration for system owners".
    """
    if len(password) < MINIMUM_CHARACTERS:
        raise BadInputError(
            f"This password is too short. Use at least {MINIMUM_CHARACTERS} characters; "
            "three random words make a good password."
        )
    if len(password) > MAXIMUM_CHARACTERS:
        raise BadInputError(f"This password is too long. Use at most {MAXIMUM_CHARACTERS} characters.")
    plain = password.casefold().strip()
    if is_common(password):
        raise BadInputError("This password is one that many people use. Choose three random words instead.")
    if plain in {email.casefold(), email.casefold().partition("@")[0]}:
        raise BadInputError("This password is your e-mail address. Choose three random words instead.")


def _same_on_every_keyboard(password: str) -> str:
    # An accented letter can be typed as one character or two; both must open the same account.
    return unicodedata.normalize("NFKC", password)
