"""How this installation sends mail, from its settings."""

from __future__ import annotations

from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr
from enum import StrEnum
from pathlib import Path

from section11.config import Settings
from section11.errors import SettingMissingError
from section11.services.secret_box import SecretBox


class MailSecurity(StrEnum):
    """How the connection to the mail server is kept from others."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


_USUAL_PORTS = {MailSecurity.STARTTLS: 587, MailSecurity.TLS: 465, MailSecurity.NONE: 25}


@dataclass(frozen=True)
class MailServer:
    """An SMTP server. Without a ``user`` one sends without signing in; ``ca_file`` is trusted besides the usual."""

    host: str
    port: int
    security: MailSecurity
    user: str = ""
    password: str = ""
    ca_file: Path | None = None

    def __repr__(self) -> str:
        return f"MailServer({self.host}:{self.port}, {self.security.value})"  # Never the password.


@dataclass(frozen=True)
class MailSetup:
    """Where mail goes out and from whom. Links begin with ``base_url``; ``box`` seals those that work once."""

    server: MailServer
    sender: Address
    base_url: str
    box: SecretBox


def mail_setup_of(settings: Settings) -> MailSetup | None:
    """Return how mail is sent, or None where no mail server is named.

    Raises:
        SettingMissingError: a setting is missing or cannot be used.
    """
    if not settings.smtp_host:
        return None
    try:
        security = MailSecurity(settings.smtp_security.strip().lower())
    except ValueError:
        raise SettingMissingError(
            "SECTION11_SMTP_SECURITY is none of: starttls, tls, none. Write one of them."
        ) from None
    password = _password(settings)
    if security is MailSecurity.NONE and password:
        raise SettingMissingError(
            "The mail server's password would travel unencrypted. Set SECTION11_SMTP_SECURITY to starttls or tls."
        )
    server = MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port or _USUAL_PORTS[security],
        security=security,
        user=settings.smtp_user,
        password=password,
        ca_file=settings.smtp_ca_file,
    )
    return MailSetup(server, _sender(settings.mail_from), settings.base_url, SecretBox(settings.signing_key()))


def _password(settings: Settings) -> str:
    if settings.smtp_password_file is None:
        return settings.smtp_password
    try:
        return settings.smtp_password_file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingMissingError(
            f"SECTION11_SMTP_PASSWORD_FILE cannot be read ({error.strerror}). Put the password there, readable for "
            "this account alone."
        ) from None


def _sender(words: str) -> Address:
    name, email = parseaddr(words)
    try:
        address = Address(display_name=name or "Section 11 audit", addr_spec=email)
    except (MessageError, ValueError, IndexError):
        address = None
    if address is None or not address.username or not address.domain:
        raise SettingMissingError(
            "SECTION11_MAIL_FROM is missing or is no address. Write who mail comes from, such as "
            "“Section 11 audit <audit@example.org>”."
        )
    return address
