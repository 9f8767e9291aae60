"""How this installation sends mail, from its settings."""

from __future__ import annotations

from dataclasses import dataclass
from email.headerregistry import Address
from enum import StrEnum

from section11.services.secret_box import SecretBox


class MailSecurity(StrEnum):
    """How the connection to the mail server is kept from others."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True)
class MailServer:
    """An SMTP server; without a ``user`` one sends without signing in."""

    host: str
    port: int
    security: MailSecurity
    user: str = ""
    password: str = ""


@dataclass(frozen=True)
class MailSetup:
    """Where mail goes out and from whom. Links begin with ``base_url``; ``box`` seals those that work once."""

    server: MailServer
    sender: Address
    base_url: str
    box: SecretBox
