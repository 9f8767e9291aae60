"""Who comes in a benchmark, what they may change, and what they lived through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

TEXTS = ("evidence", "impact")
"""The text fields of a question that people fill in."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many people come, for how many seconds they are measured, and how many seconds they think on average."""

    people: int
    seconds: float
    think: float = 3.0
    seed: int = 11
    changes_pages: bool = True
    """Whether people also go on to other standards; the plain form has only one page."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page with fields of its own: its address, and the keys of the fields a person may change there."""

    query: Mapping[str, str]
    rating_keys: tuple[str, ...]
    text_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Where one person goes. Without an e-mail address nobody asks them to sign in."""

    number: int
    page_name: str
    places: tuple[Place, ...]
    ratings: tuple[str, ...]
    """The choices of a rating field that the person picks from."""
    email: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One change the server confirmed. ``sent_at`` counts in seconds from the start of the measurement."""

    sent_at: float
    seconds: float


@dataclass
class Outcome:
    """What a crowd lived through. Changes before the measurement are saved and checked but not counted."""

    changes: list[Change] = field(default_factory=list)
    sign_ins: list[float] = field(default_factory=list)
    openings: list[float] = field(default_factory=list)
    """Seconds from asking for the form until the server had sent all of it, of everybody as they arrived."""
    page_changes: list[float] = field(default_factory=list)
    """The same for going on to another standard, while it was measured."""
    bytes_received: int = 0
    """Of the replies to the changes that count."""
    errors: list[str] = field(default_factory=list)
    saved: dict[tuple[int, str], str] = field(default_factory=dict)
    """The last value each person was told is saved, by person and field key."""
