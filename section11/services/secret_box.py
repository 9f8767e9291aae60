"""Sealing what must be kept and read again: a copy of the database alone gives none of it away."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken


class SecretBox:
    """Seals with a key made of the one that signs forms, so that every process of one installation can open it."""

    def __init__(self, signing_key: str) -> None:
        key = hashlib.blake2b(signing_key.encode(), digest_size=32, person=b"section11 seal").digest()
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def sealed(self, secret: str) -> str:
        return self._fernet.encrypt(secret.encode()).decode()

    def opened(self, sealed: str) -> str | None:
        """Return the secret, or None when it was sealed with another key."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None
