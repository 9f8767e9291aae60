"""Sending what no browser would send, and reading what comes back."""

from __future__ import annotations

import http.client
import re
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode

WITHIN_SECONDS = 20.0


@dataclass(frozen=True)
class Answer:
    """A status (0: the connection was closed without one), headers in small letters, and the body."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def form_token(self) -> str:
        found = re.search(r'name="form_token" value="([^"]+)"', self.text)
        return found[1] if found else ""


NOTHING = Answer(0)


class Wire:
    """One connection to the server, opened again whenever the server closes it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WITHIN_SECONDS)

    def ask(
        self,
        method: str,
        path: str,
        *,
        cookies: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a request as it stands: nothing is quoted or put right."""
        sent = {"Host": f"localhost:{self.port}", **(headers or {})}
        if cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        if isinstance(body, Mapping):
            sent.setdefault("Content-Type", "application/x-www-form-urlencoded")
            body = urlencode(body).encode()
        for _ in range(2):
            try:
                self._connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
                for name, value in sent.items():
                    self._connection.putheader(name, value)
                if body is not None:
                    self._connection.putheader("Content-Length", str(len(body)))
                self._connection.endheaders(body)
                return _read(self._connection.getresponse())
            except (http.client.HTTPException, OSError):
                self._connection.close()
        return NOTHING

    def close(self) -> None:
        self._connection.close()

    def raw(self, data: bytes, *, shut: bool = False) -> Answer:
        """Send bytes on a connection of their own and return the first answer; ``shut`` sends no more after them."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
            with suppress(OSError):
                connection.sendall(data)
                if shut:
                    connection.shutdown(socket.SHUT_WR)
            answer = http.client.HTTPResponse(connection)
            with suppress(http.client.HTTPException, ValueError):
                answer.begin()
                return _read(answer)
        return NOTHING


def _read(answer: http.client.HTTPResponse) -> Answer:
    headers = {name.lower(): value for name, value in answer.getheaders()}
    cookies = {}
    for name, value in answer.getheaders():
        if name.lower() == "set-cookie":
            key, _, rest = value.partition("=")
            cookies[key] = rest.partition(";")[0].strip('"')
    return Answer(answer.status, headers, answer.read(), cookies)
