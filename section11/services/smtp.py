"""Talking to the mail server: a connection, and handing over one message with a verdict."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from section11.domain.mail import without_addresses
from section11.services.mail_setup import MailSecurity, MailServer

WAITS_SECONDS = 20.0
LONGEST_REPLY = 200


class MailServerError(Exception):
    """Nothing can be sent at the moment; the words say why, and hold no address or password."""


class MailRefusedError(Exception):
    """The server did not take this message. ``for_good`` when it never will."""

    def __init__(self, words: str, *, for_good: bool) -> None:
        super().__init__(words)
        self.for_good = for_good


class Postman:
    """A connection to the mail server; it is made again when the server has closed it."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._connection = _opened(server)

    def check(self) -> None:
        """Ask whether the server listens.

        Raises:
            MailServerError: it does not.
        """
        with _faults_in_words(self._server):
            code, reply = self._connection.noop()
            if code >= 400:
                raise smtplib.SMTPResponseException(code, reply)

    def hand_over(self, message: EmailMessage, *, sender: str, recipient: str) -> None:
        """Give one message to the server.

        Raises:
            MailRefusedError: it does not take this one.
            MailServerError: it takes none at the moment.
        """
        if self._connection.sock is None:
            self._connection = _opened(self._server)
        try:
            self._connection.send_message(message, from_addr=sender, to_addrs=[recipient])
        except smtplib.SMTPRecipientsRefused as error:
            code, reply = next(iter(error.recipients.values()))
            raise _refused(code, reply) from None
        except smtplib.SMTPNotSupportedError:
            raise MailRefusedError(
                "The mail server does not take addresses with such letters.", for_good=True
            ) from None
        except smtplib.SMTPDataError as error:
            raise _refused(error.smtp_code, error.smtp_error) from None
        except smtplib.SMTPServerDisconnected:
            self._connection.close()
            raise MailRefusedError("The mail server closed the connection.", for_good=False) from None
        except (smtplib.SMTPException, OSError) as error:
            self._connection.close()
            raise MailServerError(_in_words(self._server, error)) from None

    def close(self) -> None:
        try:
            self._connection.quit()
        except (smtplib.SMTPException, OSError):
            self._connection.close()


@contextmanager
def postman_for(server: MailServer) -> Iterator[Postman]:
    """Give a connection and close it afterwards.

    Raises:
        MailServerError: there is none to be had.
    """
    postman = Postman(server)
    try:
        yield postman
    finally:
        postman.close()


def _opened(server: MailServer) -> smtplib.SMTP:
    with _faults_in_words(server):
        if server.security is MailSecurity.TLS:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=WAITS_SECONDS, context=_trusting(server)
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=WAITS_SECONDS)
        try:
            if server.security is MailSecurity.STARTTLS:
                connection.starttls(context=_trusting(server))
            if server.user:
                connection.login(server.user, server.password)
        except (smtplib.SMTPException, OSError):
            connection.close()
            raise
        return connection


def _trusting(server: MailServer) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if server.ca_file is not None:
        context.load_verify_locations(cafile=server.ca_file)
    return context


@contextmanager
def _faults_in_words(server: MailServer) -> Iterator[None]:
    try:
        yield
    except (smtplib.SMTPException, OSError) as error:
        raise MailServerError(_in_words(server, error)) from None


def _in_words(server: MailServer, error: Exception) -> str:
    place = f"{server.host}, port {server.port}"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"The mail server at {place} does not take the user and password. Check SECTION11_SMTP_USER."
    if isinstance(error, smtplib.SMTPSenderRefused):
        return f"The mail server at {place} does not take mail from our address: {_said(error.smtp_error)}"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return f"The mail server at {place} does not offer what is set. Check SECTION11_SMTP_SECURITY."
    if isinstance(error, ssl.SSLError):
        return f"The mail server at {place} cannot be trusted, or does not speak TLS. Check SECTION11_SMTP_SECURITY."
    if isinstance(error, smtplib.SMTPResponseException):
        return f"The mail server at {place} says: {_said(error.smtp_error)}"
    return f"The mail server at {place} does not answer. Check SECTION11_SMTP_HOST and whether it runs."


def _refused(code: int, reply: bytes | str) -> MailRefusedError:
    return MailRefusedError(f"The mail server says: {_said(reply)}", for_good=500 <= code < 600)


def _said(reply: bytes | str) -> str:
    words = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
    return without_addresses(" ".join(words.split()))[:LONGEST_REPLY]
