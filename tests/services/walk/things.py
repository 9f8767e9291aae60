"""Who asks in the tables of permissions, and the things they ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from section11.domain.people import Person, User
from section11.services import anchors
from section11.services.office import Office
from tests.services.builders import (
    PARTNERSHIP,
    POLICE,
)

ANCHOR = anchors.Anchor(datetime(2026, 3, 2, tzinfo=UTC), {})
PEOPLE = ("c", "a", "pc", "pa", "oc", "oa", "s", "b", "m", "ec", "ea", "es", "eb", "em", "n", "op")
"""Contributor and approver of the police (c, a), of their parent (pc, pa), of another organisation (oc, oa); scrutiny
lead, board viewer and administrator of the partnership (s, b, m); the same five of another partnership (ec … em);
somebody without any role (n); the operator on the command line (op)."""


@dataclass(frozen=True)
class Things:
    """What is asked for: things of the police and of Riverdale, or things that do not exist."""

    being_written: str = f"2026.{POLICE}"
    to_sign: str = f"2024.{POLICE}"
    returned: str = f"2022.{POLICE}"
    """Judged by Riverdale's scrutiny lead alone, but not finished."""
    released: str = f"2020.{POLICE}"
    packed_cycle: str = "2020"
    """It has a final board pack."""
    open_cycle: str = "2026"
    new_cycle: str = "2028"
    partnership: str = PARTNERSHIP
    organisation: str = POLICE
    colleague: str = ""
    lead: str = ""
    leaver: str = ""
    """Was a contributor of the police."""
    draft_evidence: str = f"{POLICE}.e1"
    returned_evidence: str = f"{POLICE}.e2"
    link: str = f"{POLICE}.e3"
    file: bytes = b""
    open_action: int = 10**6
    done_action: int = 10**6
    counted: Any = None
    """The figures of ``packed_cycle``."""
    token: str = "nothing"
    survey: str = "nothing"
    lost_mail: int = 10**6
    """Could not be delivered."""
    waiting_link: str = "nothing"
    """Offers Riverdale's scrutiny lead a role of the police."""


MADE_UP = Things(
    "2026.x", "2024.x", "2022.x", "2020.x", "1999", "1999", "1999", "nowhere", "nobody", "nobody", "nobody", "nobody",
    "nobody.e1", "nobody.e2", "nobody.e3",
)  # fmt: skip

NOBODY = User(Person("nobody", "nobody@example.org", "Nobody"), frozenset())
ORGANISATIONS = b"name,type\nNew Club,out-of-school\n"
PEOPLE_FILE = b"email,name,role\nnew@riverdale.example,New Person,board viewer\n"
SURVEY = b"organisation,question,agree,responses\nriverdale-fire,S1.1,6,12\n"
RESULTS = b"organisation,question,rating\nriverdale-fire,S1.1,Fully met\n"

Call = Callable[[Office, User, Things], Any]
Y, P, _ = "allowed", "not permitted", "not available"
