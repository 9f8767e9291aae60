"""Builders for the tests of evidence: a file or link of the police, and a virus scanner on a socket of its own."""

from __future__ import annotations

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from section11.domain.evidence import Description, EvidenceItem
from section11.domain.people import User
from section11.services.attaching import QuestionPlace
from section11.services.evidence import add_file, add_link
from section11.services.office import Office
from tests.services.builders import POLICE, POLICE_RETURN
from tests.small_files import a_pdf

HARMFUL_MARK = b"EICAR"
S1_1 = QuestionPlace(POLICE_RETURN, "S1.1")
POLICY = Description("Safeguarding policy", date(2026, 1, 15), date(2027, 1, 15))


def a_file(
    office: Office,
    user: User,
    *,
    content: bytes | None = None,
    name: str = "policy.pdf",
    about: Description = POLICY,
    attach_to: QuestionPlace | None = S1_1,
    organisation_id: str = POLICE,
) -> EvidenceItem:
    """Keep a small PDF as evidence; unless told otherwise, attached to S1.1 of the police's return."""
    kept = a_pdf() if content is None else content
    return add_file(office, user, organisation_id, about, name, kept, attach_to=attach_to)


def a_link(office: Office, user: User, *, attach_to: QuestionPlace | None = S1_1) -> EvidenceItem:
    about = Description("Training record")
    return add_link(office, user, POLICE, about, "https://intranet.example/training", attach_to=attach_to)


@dataclass
class ScannerDesk:
    """What a stand-in for clamd heard, and where it listens. ``answer`` replaces its usual verdict."""

    address: str
    heard: list[bytes] = field(default_factory=list)
    answer: bytes = b""


@contextmanager
def a_scanner(place: Path | None = None) -> Iterator[ScannerDesk]:
    """Listen like clamd, on a Unix socket at ``place`` or on a port of this machine.

    It finds harm in whatever holds ``HARMFUL_MARK``.
    """
    desk = ScannerDesk("")

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            command = self.rfile.read(len(b"zINSTREAM\0"))
            content = b""
            while size := struct.unpack(">I", self.rfile.read(4))[0]:
                content += self.rfile.read(size)
            desk.heard.append(command + content)
            verdict = b"stream: Eicar-Signature FOUND\0" if HARMFUL_MARK in content else b"stream: OK\0"
            self.wfile.write(desk.answer or verdict)

    server: socketserver.BaseServer
    if place is None:
        server = socketserver.TCPServer(("127.0.0.1", 0), Handler)
        desk.address = f"127.0.0.1:{server.socket.getsockname()[1]}"
    else:
        server = socketserver.UnixStreamServer(str(place), Handler)
        desk.address = str(place)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield desk
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def nobody_listens() -> str:
    """Return host and port of this machine where nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{taken.getsockname()[1]}"
