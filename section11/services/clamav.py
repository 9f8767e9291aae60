"""Asking a ClamAV server whether a file is harmful, over its own protocol (INSTREAM)."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass

from section11.errors import SettingMissingError

PIECE = 64 * 1024
WAITS_SECONDS = 30.0
_LONGEST_REPLY = 4096


class ScannerSilentError(Exception):
    """The scanner cannot be reached or gave no verdict, so nothing is known of the file."""


@dataclass(frozen=True, slots=True)
class ClamAv:
    """A scanner at a Unix socket (``/run/clamav/clamd.ctl``) or at ``host:port``."""

    address: str

    @classmethod
    def at(cls, address: str) -> ClamAv:
        """Raise SettingMissingError unless this is a socket or host and port."""
        host, _, port = address.rpartition(":")
        if not address.startswith("/") and not (host and port.isdigit()):
            raise SettingMissingError(
                "SECTION11_CLAMAV is not a place to find ClamAV. Write the path of its socket, or host:port."
            )
        return cls(address)

    def is_harmless(self, content: bytes) -> bool:
        """Return the scanner's verdict.

        Raises:
            ScannerSilentError: there is none.
        """
        try:
            reply = self._reply_to(content)
        except OSError as error:
            raise ScannerSilentError(str(error)) from error
        if reply.endswith("OK"):
            return True
        if reply.endswith("FOUND"):
            return False
        raise ScannerSilentError(reply)

    def _reply_to(self, content: bytes) -> str:
        with self._connection() as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), PIECE):
                piece = content[start : start + PIECE]
                connection.sendall(struct.pack(">I", len(piece)) + piece)
            connection.sendall(struct.pack(">I", 0))
            reply = b""
            while not reply.endswith(b"\0") and len(reply) < _LONGEST_REPLY:
                piece = connection.recv(_LONGEST_REPLY)
                if not piece:
                    break
                reply += piece
        return reply.rstrip(b"\0\n").decode("utf-8", "replace")

    def _connection(self) -> socket.socket:
        if self.address.startswith("/"):
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(WAITS_SECONDS)
            try:
                connection.connect(self.address)
            except OSError:
                connection.close()
                raise
            return connection
        host, _, port = self.address.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=WAITS_SECONDS)
